# SPDX-License-Identifier: Apache-2.0
"""What the check says of the relations that a person worked out among the figures of the five articles.

The articles and the relations lie beside the repository (../shared). All five are read and checked together, as
`bamsat check` does; a relation's figures are those that the reader found at the annotated places. Each relation is

  covers    answered by one finding that names all of its figures
  together  answered by several that name them all between them
  part      answered by findings that name some of them: shown, not counted
  missed    not answered

and a bound counts only when every interval of the hand's computation is among the bounds found in its document,
whichever figures they were worked out from. `-v` shows all.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bamsat.core.check.model import Bound, Finding, Report
from bamsat.core.read.reader import read
from bench import ROOT
from bench.check_mistakes import checked

SHARED = ROOT.parent / "shared"
RELATIONS = SHARED / "eval/articles_crosscheck.jsonl"
OUTCOMES = ("holds", "bound", "fails", "cannot_tell", "must_not_flag")
COUNTED = ("covers", "together")
# Bounds that the hand gives as points, not as intervals.
POINTS = {"X12b": ("158.962", "43.44", "23.00", "33.55")}
# A bound that is open below.
AT_MOST = {"X32": ("200",)}
_NUMBER = r"([+-]?\d[\d,]*(?:\.\d+)?)%?"
_INTERVAL = re.compile(rf"\[{_NUMBER}; {_NUMBER}\]")
# What a printed number may be in base units: itself, thousands, millions ..., or a ratio told as per cent.
_SCALES = tuple(Decimal(10) ** power for power in (0, 2, 3, 6, 9, 12))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with the keys of its figures as the check knows them; `lost` are figures that were not read."""

    row: dict[str, Any]
    keys: frozenset[str]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a relation was answered, and by which findings."""

    relation: Relation
    how: str
    findings: tuple[Finding, ...]
    note: str = ""

    @property
    def counts(self) -> bool:
        return self.how in COUNTED


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "eval" / name).read_text(encoding="utf-8").splitlines()]


def relations(report: Report) -> Iterator[Relation]:
    """The relations in scope, their figures found by place."""
    gold = {row["id"]: row for row in rows("articles_figures.jsonl")}

    def key(row: dict[str, Any]) -> str | None:
        places = (one for one in report.stated if one.figure.doc == row["doc"])
        return next(
            (one.key for one in places if one.figure.start < row["end"] and row["start"] < one.figure.end), None
        )

    for row in rows(RELATIONS.name):
        if row["outcome"] != "out_of_scope":
            found = {name: key(gold[name]) for name in row["figures"]}
            lost = tuple(name for name, at in found.items() if at is None)
            yield Relation(row, frozenset(at for at in found.values() if at), lost)


def named(relation: Relation, findings: list[Finding]) -> Answer:
    """Whether findings name the figures of a relation: a finding that speaks of only one of several others does not."""
    keys = relation.keys
    whole = [one for one in findings if keys <= set(one.figures)]
    if whole and not relation.lost:
        return Answer(relation, "covers", tuple(whole))
    some = [one for one in findings if _about(keys, one)]
    told = {key for one in some for key in one.figures}
    if some and keys <= told and not relation.lost:
        return Answer(relation, "together", tuple(some))
    return Answer(relation, "part" if some else "missed", tuple(some))


def _about(keys: frozenset[str], finding: Finding) -> bool:
    told = set(finding.figures)
    return bool(told) and (told <= keys or len(told & keys) > 1)


def holds(relation: Relation, report: Report) -> Answer:
    return named(relation, [one for one in report.findings if one.outcome == "holds"])


def fails(relation: Relation, report: Report) -> Answer:
    answer = named(relation, [one for one in report.findings if one.outcome == "fails"])
    if answer.how == "part":
        enough = [one for one in answer.findings if len(relation.keys.intersection(one.figures)) > 1]
        return Answer(relation, "together" if enough else "part", tuple(enough or answer.findings))
    asked = named(relation, [one for one in report.findings if one.severity == "question"])
    return answer if answer.counts or asked.how == "missed" else Answer(relation, "part", asked.findings, "only asked")


def cannot_tell(relation: Relation, report: Report) -> Answer:
    return named(relation, [one for one in report.findings if one.outcome == "cannot_tell"])


def must_not_flag(relation: Relation, report: Report) -> Answer:
    """Answered well when no failure and no question is about just these figures, or all of them."""
    keys = relation.keys
    loud = [one for one in report.findings if one.outcome == "fails" or one.severity == "question"]
    about = [one for one in loud if len(keys) > 1 and (keys <= set(one.figures) or set(one.figures) <= keys)]
    if not keys:  # a notation: no failure but those that a person found
        ours = [one.keys for one in relations(report) if one.row["outcome"] == "fails"]
        about = [one for one in loud if one.outcome == "fails" and not any(_about(keys, one) for keys in ours)]
    return Answer(relation, "flagged" if about else "covers", tuple(about))


def bound(relation: Relation, report: Report) -> Answer:
    doc_of = {one.key: one.figure.doc for one in report.stated}
    docs = {doc_of[key] for key in relation.keys}
    near = [one for one in report.findings if one.outcome == "holds" and one.bounds]
    near = [one for one in near if docs.intersection(doc_of[key] for key in one.figures)]
    bounds = [one for finding in near for one in finding.bounds]
    code = relation.row["id"]
    wanted: list[Callable[[Bound], bool]] = [_interval(*found) for found in intervals(relation.row["computation"])]
    wanted += [_point(point) for point in POINTS.get(code, ())] + [_at_most(point) for point in AT_MOST.get(code, ())]
    met = sum(any(meets(one) for one in bounds) for meets in wanted)
    note = f"{met} of {len(wanted)} intervals"
    how = "covers" if wanted and met == len(wanted) else "part" if met else "missed"
    return Answer(relation, how, tuple(near), note)


def intervals(computation: str) -> list[tuple[Decimal, Decimal, Decimal]]:
    """The printed intervals [low; high] of a computation, each with the worth of its last digit."""
    found = []
    for low, high in _INTERVAL.findall(computation):
        lowest, highest = Decimal(low.replace(",", "")), Decimal(high.replace(",", ""))
        found.append((lowest, highest, Decimal(1).scaleb(min(_exponent(lowest), _exponent(highest)))))
    return found


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _interval(low: Decimal, high: Decimal, last: Decimal) -> Callable[[Bound], bool]:
    """A bound is that interval up to the last digit printed by hand, and a little of outward rounding."""
    slack = max(last * Decimal("1.1"), (high - low) * Decimal("0.15"))

    def met(one: Bound) -> bool:
        if one.low is None or one.high is None:
            return False
        ends = [(one.low / scale, one.high / scale) for scale in _SCALES]
        ends += [((one.low + 100) / 100, (one.high + 100) / 100)]
        return any(abs(at_low - low) <= slack and abs(at_high - high) <= slack for at_low, at_high in ends)

    return met


def _point(text: str) -> Callable[[Bound], bool]:
    point, last = Decimal(text), Decimal(1).scaleb(_exponent(Decimal(text)))

    def met(one: Bound) -> bool:
        if one.low is None or one.high is None or one.high - one.low > abs(one.high) / 100:
            return False
        return any(one.low / scale - last <= point <= one.high / scale + last for scale in _SCALES)

    return met


def _at_most(text: str) -> Callable[[Bound], bool]:
    return lambda one: one.high is not None and any(one.high / scale == Decimal(text) for scale in _SCALES)


JUDGES = {"holds": holds, "bound": bound, "fails": fails, "cannot_tell": cannot_tell, "must_not_flag": must_not_flag}


def answers() -> list[Answer]:
    report = checked([read(path, path.name) for path in sorted((SHARED / "articles").glob("*.txt"))])
    return [JUDGES[relation.row["outcome"]](relation, report) for relation in relations(report)]


def show(answer: Answer) -> None:
    row = answer.relation.row
    lost = f" (not read: {', '.join(answer.relation.lost)})" if answer.relation.lost else ""
    print(f"{row['id']:<5} {row['outcome']:<14} {answer.how:<9} {answer.note:<18} {row['relation']}{lost}")
    if "-v" in sys.argv[1:]:
        for finding in answer.findings:
            print(f"        {finding.outcome} {finding.rule}: {finding.vi}")


def main() -> int:
    if not RELATIONS.exists():
        print(
            f"Không có quan hệ chấm tay / no relations here: {RELATIONS.relative_to(ROOT.parent)}; nothing was scored."
        )
        return 0
    floors = tomllib.loads((ROOT / "bench/floors.toml").read_text(encoding="utf-8")).get("relations", {})
    found = answers()
    for answer in found:
        if not answer.counts or "-v" in sys.argv[1:]:
            show(answer)
    failed = False
    for outcome in OUTCOMES:
        of_it = [answer for answer in found if answer.relation.row["outcome"] == outcome]
        value = sum(answer.counts for answer in of_it) / len(of_it)
        low = value < floors.get(outcome, 0)
        failed |= low
        said = f"{sum(answer.counts for answer in of_it)} of {len(of_it)}"
        floor = f">= {floors[outcome]:.2f}" if outcome in floors else ""
        ways = ", ".join(f"{how} {n}" for how in ("covers", "together") if (n := sum(a.how == how for a in of_it)))
        print(f"relations {outcome:<14} {value:.4f}  {said:<9} {floor:<8} {'FAIL' if low else 'pass'}  {ways}".rstrip())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
