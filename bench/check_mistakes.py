# SPDX-License-Identifier: Apache-2.0
"""Sixty mistakes put into realistic reports: how many the check finds, and how often it cries where all is well.

A mistake is said to fail when a failure names the wrong figure; one copied from the report before, which is checked
with it, also when a question does. It is found when a failure or a question names the wrong figure: both wait in the
inbox. So do alarms: a clean report is said to fail, or is asked about. `python -m bench.check_mistakes` prints all of
the first set; the disagreements on the two others must not reach whoever writes the grammar or the ties.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bamsat.core.check.checking import check
from bamsat.core.check.model import Finding, Report, Stated
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read
from bamsat.core.terms.figure import Figure, Reading
from bench import ROOT, Line

DATA = ROOT / "bench/mistakes"
UNSEEN = DATA / "unseen"
FRESH = DATA / "fresh"
KINDS = {
    "scale": "scale",
    "sign": "sign",
    "base": "base",
    "copied": "copied from the report before",
    "total": "total not updated",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mistake: the findings that name the wrong figure, and the first of them that counts."""

    row: dict[str, Any]
    read: Figure | None
    true: Figure | None
    report: Report
    naming: tuple[Finding, ...]
    found: Finding | None

    @property
    def first(self) -> bool:
        """Whether the first repair of the finding is of the wrong figure."""
        return bool(self.found and self.found.repairs) and self._repaired == self.read

    @property
    def mended(self) -> bool:
        """Whether the first repair is of the wrong figure and holds the true value."""
        if not self.first or self.found is None or self.true is None:
            return False
        repair, true = self.found.repairs[0], self.true
        if repair.value is not None and true.lower <= repair.value <= true.upper:
            return True
        low, high = repair.low, repair.high
        return low is not None and high is not None and low <= _told(true) <= high

    @property
    def _repaired(self) -> Figure | None:
        assert self.found is not None
        by_key = {one.key: one.figure for one in self.report.stated}
        return by_key[self.found.repairs[0].figure]


def _told(figure: Figure) -> Decimal:
    return figure.value


def checked(readings: Iterable[Reading]) -> Report:
    """The documents checked together, as `bamsat check` does."""
    stated: list[Stated] = []
    statements = []
    for reading in readings:
        stated += stated_of(reading)
        statements += reading.statements
    return check(stated, statements)


def spoiled(row: dict[str, Any], folder: Path = DATA) -> str:
    text = (folder / "reports" / row["report"]).read_text(encoding="utf-8")
    assert text[row["start"] : row["end"]] == row["was"], row["id"]
    return text[: row["start"]] + row["now"] + text[row["end"] :]


def before(name: str, folder: Path = DATA) -> list[Reading]:
    path = folder / "before" / name
    return [read(path, f"before-{name}")] if path.exists() else []


def at(reading: Reading, start: int, end: int) -> Figure | None:
    """The figure that was read at some place of the text."""
    return next((figure for figure in reading.figures if figure.start < end and start < figure.end), None)


def verdict(row: dict[str, Any], folder: Path = DATA) -> Verdict:
    clean = read(folder / "reports" / row["report"], row["report"])
    wrong = read(spoiled(row, folder).encode(), row["report"])
    report = checked([wrong, *(before(row["report"], folder) if row["with_before"] else ())])
    figure = at(wrong, *row["figure"])
    true = at(clean, row["true_start"], row["true_start"] + len(row["number"]))
    keys = {one.key for one in report.stated if one.figure is figure}
    naming = tuple(finding for finding in report.findings if keys.intersection(finding.figures) and finding.needs_look)
    counting = [one for one in naming if one.outcome == "fails" or row["with_before"]]
    return Verdict(row, figure, true, report, naming, counting[0] if counting else None)


def rows(folder: Path = DATA) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "mistakes.jsonl").read_text(encoding="utf-8").splitlines()]


def clean(folder: Path = DATA) -> Iterator[tuple[Path, bool, Report]]:
    """Every clean report alone, and those that come each month or quarter with the one before."""
    for path in sorted((folder / "reports").glob("*.txt")):
        reading = read(path, path.name)
        yield path, False, checked([reading])
        if old := before(path.name, folder):
            yield path, True, checked([reading, *old])


def measure() -> Iterator[Line]:
    verdicts = [verdict(row) for row in rows()]
    yield from of_mistakes(verdicts, 6)
    for kind, name in KINDS.items():
        missed = [one for one in verdicts if one.found is None and one.row["kind"] == kind]
        asked = f"{sum(bool(one.naming) for one in missed)} of them asked about"
        yield Line(f"  {name}, of 12", len(missed), None, "mistakes", asked)
    yield from of_repairs(verdicts)
    yield from of_clean(DATA, 1)
    for folder, where in ((UNSEEN, " in unseen styles"), (FRESH, " in fresh styles")):
        yield from of_mistakes([verdict(row, folder) for row in rows(folder)], None, where)
        yield from of_clean(folder, None, where)


def of_mistakes(verdicts: list[Verdict], most: int | None, where: str = "") -> Iterator[Line]:
    every = len(verdicts)
    silent = sum(not one.naming for one in verdicts)
    yield Line(f"mistakes{where} not found, of {every}", silent, most, "mistakes")
    unfailed = sum(one.found is None for one in verdicts)
    yield Line(f"mistakes{where} not said to fail, of {every}", unfailed, most, "mistakes")


def of_repairs(verdicts: list[Verdict]) -> Iterator[Line]:
    failed = [one for one in verdicts if one.found is not None]
    other = sum(not one.first for one in failed)
    yield Line(f"wrong figures not mended first, of {len(failed)}", other, None, "mistakes")
    yield Line(
        "  first, but not by the true value", sum(one.first and not one.mended for one in failed), None, "mistakes"
    )


def of_clean(folder: Path, most: int | None, where: str = "") -> Iterator[Line]:
    reports = list(clean(folder))
    for together, name in ((False, "clean reports"), (True, "clean reports with the ones before")):
        of_them = [report for _, with_old, report in reports if with_old == together]
        alarming = sum(any(one.needs_look for one in report.findings) for report in of_them)
        yield Line(f"{name}{where} said to fail, of {len(of_them)}", sum(one.fails for one in of_them), most, "reports")
        yield Line(f"  or asked about, of {len(of_them)}", alarming, most, "reports")


def main() -> None:
    for one in map(verdict, rows()):
        row, figure = one.row, one.read
        said = f"{one.found.outcome} {one.found.rule}" if one.found else "MISSED"
        ways = " first" * one.first + " mended" * one.mended
        change = f"{row['was'].strip()} → {row['now'].strip()} ({row['number']})"
        print(f"{row['id']} {row['report']} {row['kind']:<6} {change}: {said}{ways}")
        if one.found is None:
            names = ("number", "indicator", "segment", "measure", "period", "base", "status", "doubt")
            print("    read as", {name: getattr(figure, name) for name in names} if figure else None)
            for finding in one.naming:
                print(f"    {finding.severity} {finding.rule}: {finding.vi}")
    for path, together, report in clean():
        for finding in report.findings:
            if finding.needs_look:
                print(f"{path.name}{' +before' * together} {finding.severity} {finding.rule}: {finding.vi}")


if __name__ == "__main__":
    main()
