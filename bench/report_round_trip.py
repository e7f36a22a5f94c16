# SPDX-License-Identifier: Apache-2.0
"""What is written reads back: random reports as Word, PDF and page, without tags, to the same figures; lint finds
nothing in them, and every number, unit or direction word that is changed afterwards.

`BAMSAT_BENCH_REPORTS=100` makes fewer reports than the 2,000 of the claim.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random

from bamsat.core.read.reader import read
from bamsat.core.report.docx.document import to_docx
from bamsat.core.report.docx.tags import tags_in, without_tags
from bamsat.core.report.lint import Known, Remark, lint
from bamsat.core.report.pdf import to_pdf
from bamsat.core.report.web import to_html
from bench import Line
from bench.reports import changes, held, ledger, made

REPORTS = int(os.environ.get("BAMSAT_BENCH_REPORTS", "2000"))
MUTATIONS = 200
MEDIA = ("docx", "pdf", "html")
_SHOWN = 8


@dataclass(slots=True)
class Outcome:
    """What came of some reports."""

    figures: int = 0
    wrong: Counter[str] = field(default_factory=Counter)  # reports by medium that did not read back
    remarks: int = 0  # of lint, on reports as they were written
    shown: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        self.figures += other.figures
        self.wrong += other.wrong
        self.remarks += other.remarks
        self.shown = [*self.shown, *other.shown][:_SHOWN]


def written(one: made.Made, tagged: bytes) -> Iterator[tuple[str, bytes]]:
    """The report in every medium, without what a reader could not see."""
    yield "docx", without_tags(tagged)
    yield "pdf", to_pdf(one.report)
    page = to_html(one.report, lambda entry: f"/so-lieu/{entry}/", lambda _chart, number: f"/bieu-do/{number}.svg")
    yield "html", f'<!doctype html><html lang="vi"><meta charset="utf-8"><body>{page}</body></html>'.encode()


def of_one(seed: int) -> Outcome:
    """One report written, read and held against what it tells."""
    outcome = Outcome()
    one = made.report(seed)
    wanted = held.told(one.report)
    outcome.figures = len(wanted)
    tagged = to_docx(one.report)
    for medium, data in written(one, tagged):
        found = [held.of_read(figure.as_json()) for figure in read(data, f"bao-cao.{medium}").figures]
        for sign, key in held.differences(wanted, found):
            outcome.wrong[medium] = 1
            outcome.shown.append(f"  report {seed}, {medium}: {sign} {tuple(map(str, key))}")
    for remark in remarks(tagged, ledger.known(one)):
        outcome.remarks += 1
        outcome.shown.append(f"  report {seed}, lint: {remark.kind} {remark.words} ({remark.at})")
    return outcome


def remarks(data: bytes, known: Known) -> list[Remark]:
    reading = read(data, "bao-cao.docx")
    found = lint(reading.document, reading, tags_in(data), known)
    return [remark for remark in found if remark.severity != "information"]


def caught(number: int) -> str:
    """Nothing where lint sees the mistake put into a report, with its tags or without; else what it did not see."""
    draw = Random(f"mistake {number}")
    kind = changes.KINDS[number % len(changes.KINDS)]
    seed, change = 100_000 + number * 1_000, None
    while change is None:
        seed += 1
        one = made.report(seed)
        change = changes.changed(to_docx(one.report), kind, draw)
    data = without_tags(change.data) if number % 2 else change.data
    if remarks(data, ledger.known(one)):
        return ""
    return f"  mistake {number}, report {seed}, {kind}: {change.was!r} -> {change.now!r}"


def measure() -> Iterator[Line]:
    outcome, missed = Outcome(), []
    with ProcessPoolExecutor(2) as workers:
        for each in workers.map(of_one, range(REPORTS), chunksize=20):
            outcome.add(each)
        for each in workers.map(caught, range(MUTATIONS), chunksize=10):
            missed += [each] if each else []
    for line in [*outcome.shown[:_SHOWN], *missed[:_SHOWN]]:
        print(line, file=sys.stderr)
    yield Line(
        "random reports written and read back, with figures", outcome.figures, None, "figures", f"{REPORTS} reports"
    )
    for medium in MEDIA:
        yield Line(f"reports that do not read back from {medium}, of {REPORTS}", outcome.wrong[medium], 0, "reports")
    yield Line("remarks of lint on reports as written", outcome.remarks, 0, "remarks")
    yield Line(f"changed numbers, units, directions not caught, of {MUTATIONS}", len(missed), 0, "changes")
