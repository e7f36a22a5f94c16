# SPDX-License-Identifier: Apache-2.0
"""The dry run: every row of a file beside the ledger, with nothing written to it."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TextIO

from django.db.models import Max

from bamsat.rooms.figures.intake.amounts import Evidence
from bamsat.rooms.figures.intake.batches import Ledger, Outcome, key_of, outcome
from bamsat.rooms.figures.intake.fields import CELL, VALUE, Source
from bamsat.rooms.figures.intake.findings import Finding, Weight
from bamsat.rooms.figures.intake.heads import Heads, Options
from bamsat.rooms.figures.intake.known import Known
from bamsat.rooms.figures.intake.lines import Line, Lines, shown
from bamsat.rooms.figures.models import Entry

SHOWN, SHOWN_A_KIND = 2_000, 400
MOST_TOLD = 500_000
MOST_TWICE = 50_000
_BATCH = 2_000
_PARTS = 64
_AGAIN, _BLANK, _LEFT = 7, 8, 9


class TooManyTwice(Exception):
    """So many rows repeat others that the file as a whole is wrong."""


@dataclass(slots=True)
class Report:
    """What the dry run says: findings by kind, the first of them in full, and what would become of the rows."""

    out: TextIO
    counts: Counter[str] = field(default_factory=Counter)
    first: list[list[Any]] = field(default_factory=list)
    told: int = 0
    errors: int = 0

    def tell(self, finding: Finding) -> None:
        kind = finding.kind
        self.counts[kind] += 1
        self.errors += finding.weight is Weight.ERROR
        if self.told < MOST_TOLD:
            self.told += 1
            self.out.write(json.dumps(finding.as_json(), ensure_ascii=False) + "\n")
        if self.counts[kind] <= SHOWN_A_KIND and len(self.first) < SHOWN:
            self.first.append(finding.as_json())


class Check:
    """One dry run; `run` gives the report as JSON can hold it."""

    def __init__(self, known: Known, options: Options, source: Source, out: TextIO) -> None:
        self.source, self.report, self.ledger = source, Report(out), Ledger()
        self.heads = Heads(known, options)
        self.style = ""
        self.became = bytearray()
        self._parts = [(array("q"), array("q")) for _ in range(_PARTS)]  # digests of keys, and their rows

    def run(self, progress: Callable[[int, int], None] = lambda read, rows: None) -> dict[str, Any]:
        mark = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
        rows = self._look(progress)
        lines = Lines(self.heads, self.style, self.report.tell)
        self._check(lines, rows, progress)
        twice = self._find_twice()
        self._mixed_prices()
        for part in self.source.unread:
            self.report.tell(Finding(part.kind, part.cell, {"text": part.said}))
        tally = Counter(self.became)
        return {
            "rows": rows, "style": self.style, "mark": mark, "twice": twice,
            "new": tally[Outcome.NEW], "unchanged": tally[Outcome.UNCHANGED], "conflict": tally[Outcome.CONFLICT],
            "blank": tally[_BLANK], "again": tally[_AGAIN], "left": tally[_LEFT], "counts": dict(self.report.counts),
            "first": self.report.first, "told": self.report.told, "found": sum(self.report.counts.values()),
        }  # fmt: skip

    def _look(self, progress: Callable[[int, int], None]) -> int:
        """How its numbers are written, which only the whole file can tell; and how many rows there are."""
        evidence, rows = Evidence(), 0
        note = evidence.note
        for row in self.source.rows():
            rows += 1
            note(row[VALUE])
        self.style = evidence.style
        progress(0, rows)
        return rows

    def _check(self, lines: Lines, rows: int, progress: Callable[[int, int], None]) -> None:
        batch: list[Line] = []
        of, became, report = lines.of, self.became, self.report
        for ordinal, row in enumerate(self.source.rows(), 1):
            errors = report.errors
            line = of(ordinal, row)
            if line is None:
                became.append(_LEFT if report.errors > errors else _BLANK)
                continue
            became.append(Outcome.NEW)
            self._remember(line)
            batch.append(line)
            if len(batch) >= _BATCH:
                self._compare(batch)
                batch = []
                self.heads.trim()
                progress(ordinal, rows)
        self._compare(batch)

    def _remember(self, line: Line) -> None:
        said = hash((line.head.key, line.head.kind, line.head.vintage, line.first, line.last, line.base))
        digests, ordinals = self._parts[said % _PARTS]
        digests.append(said)
        ordinals.append(line.ordinal)

    def _compare(self, batch: list[Line]) -> None:
        self.ledger.find(batch)
        there = self.ledger.standing(batch)
        if not there:
            return
        for line in batch:
            found = there.get(key_of(line))
            was = outcome(line, found)
            self.became[line.ordinal - 1] = was
            if was is Outcome.CONFLICT and found:
                said = {"text": shown(line.value, line.head), "near": shown(found.value, line.head)}
                self.report.tell(Finding("conflict", line.cell, said))

    # Rows that say the same thing twice.

    def _find_twice(self) -> list[int]:
        """Ordinals of the rows that repeat an earlier one; the first stays."""
        digests: set[int] = set()
        for part, _ in self._parts:
            seen: set[int] = set()
            for said in part:
                if said in seen:
                    digests.add(said)
                seen.add(said)
        if len(digests) > MOST_TWICE:
            raise TooManyTwice
        suspects = sorted(
            ordinal for part, rows in self._parts for said, ordinal in zip(part, rows, strict=True) if said in digests
        )
        self._parts = []
        return self._tell_twice(suspects) if suspects else []

    def _tell_twice(self, suspects: list[int]) -> list[int]:
        wanted, at, twice = suspects, 0, []
        firsts: dict[tuple[Any, ...], Line] = {}
        lines = Lines(self.heads, self.style)
        for ordinal, row in enumerate(self.source.rows(), 1):
            if at == len(wanted):
                break
            if ordinal != wanted[at]:
                continue
            at += 1
            line = lines.of(ordinal, row)
            assert line is not None
            head = line.head
            key = (head.key, head.kind, head.vintage, line.first, line.last, line.base)
            first = firsts.setdefault(key, line)
            if first is not line:
                twice.append(ordinal)
                self._tell_pair(first, line, row[CELL])
                if len(twice) > MOST_TWICE:
                    raise TooManyTwice
        return twice

    def _tell_pair(self, first: Line, line: Line, cell: str) -> None:
        same = first.value == line.value
        said = {"first": first.cell, "near": shown(first.value, first.head), "text": shown(line.value, line.head)}
        self.report.tell(Finding("again" if same else "twice", cell, said))
        self.became[line.ordinal - 1] = _AGAIN if same else _LEFT

    def _mixed_prices(self) -> None:
        for pk, bases in self.heads.price_bases.items():
            if len(bases) > 1 and "" in bases:
                name = self.heads.known.indicators.all[pk].name_vi
                self.report.tell(
                    Finding("price_mixed", "", {"indicator": name, "near": ", ".join(sorted(bases - {""}))})
                )
