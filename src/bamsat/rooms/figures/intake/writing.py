# SPDX-License-Identifier: Apache-2.0
"""Writing an import into the ledger: batch after batch, each in one short transaction with the count of rows done."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.figures.intake.batches import Choice, Ledger, Outcome, decide
from bamsat.rooms.figures.intake.fields import Row, Source
from bamsat.rooms.figures.intake.heads import Heads, Options
from bamsat.rooms.figures.intake.known import Known
from bamsat.rooms.figures.intake.lines import Line, Lines
from bamsat.rooms.figures.ledger_tasks import check_intake_later
from bamsat.rooms.figures.models import Intake, IntakeState

TRIES = 6
_SHORT = 0.08  # seconds that a batch may keep the one writer's place of SQLite
_SMALLEST, _FIRST, _LARGEST = 200, 2_000, 20_000


class Overtaken(Exception):
    """Another worker has written this batch; it goes on, we stop."""


@dataclass(slots=True)
class Counts:
    """Rows of a batch by what became of them."""

    rows: int = 0
    written: int = 0
    replaced: int = 0
    unchanged: int = 0
    left: int = 0


@dataclass(slots=True)
class Writer:
    """One import on its way into the ledger."""

    intake: Intake
    source: Source
    read: int
    batch: int = field(default_factory=lambda: _FIRST)
    ledger: Ledger = field(default_factory=Ledger)
    on_batch: Callable[[Counts], None] | None = None
    by: User = field(init=False)

    def __post_init__(self) -> None:
        """Entries are those of who had the import written; its sender, where that was handed on, may be another."""
        writer = self.intake.options.get("writer", self.intake.by_id)
        self.by = User.objects.get(pk=writer)

    def run(self) -> None:
        """Everything that is not done yet; again after any interruption gives the same ledger."""
        options, report = self.intake.options, self.intake.report
        heads = Heads(Known(self.intake.by), options_of(self.intake))
        lines = Lines(heads, report.get("style", "vi"))
        twice = frozenset(report.get("twice", ()))
        choice = Choice(
            options.get("on_conflict", "keep"), options.get("reason", ""), report.get("mark", 0), self.intake.pk
        )
        rows = enumerate(itertools.islice(self.source.rows(), self.read, None), self.read + 1)
        while taken := list(itertools.islice(rows, self.batch)):
            self._write([line for line in _lines(lines, taken, twice) if line], len(taken), choice)
            heads.trim()
        self._finish()

    def _write(self, lines: list[Line], rows: int, choice: Choice) -> None:
        for attempt in range(1, TRIES + 1):
            started = time.monotonic()
            try:
                counts = self._once(lines, rows, choice)
            except (IntegrityError, OperationalError):
                # Somebody wrote the same line first, or waited for us as we did for them: look again.
                self.ledger.forget()
                if attempt == TRIES:
                    raise
                time.sleep(0.05 * attempt)
            except BaseException:
                self.ledger.forget()
                raise
            else:
                break
        self.ledger.settle()
        self.read += rows
        self._adapt(time.monotonic() - started)
        if self.on_batch:
            self.on_batch(counts)

    def _adapt(self, took: float) -> None:
        wanted = self.batch * _SHORT / max(took, 0.001)
        # Smaller at once, larger step by step: a machine that is busy for a moment must not be taken for a slow one.
        self.batch = int(min(max(min(wanted, self.batch * 1.2), _SMALLEST), _LARGEST))

    @transaction.atomic
    def _once(self, lines: list[Line], rows: int, choice: Choice) -> Counts:
        mine = Intake.objects.filter(pk=self.intake.pk, state=IntakeState.WRITING, read=self.read)
        if not mine.update(read=self.read + rows):  # holds the row: one worker at a time
            raise Overtaken
        self.ledger.intern(lines)
        bulk.hold(line.head.series for line in lines)
        written, rest = decide(lines, self.ledger.standing(lines), choice)
        digest = bulk.write(written, self.intake.pk, self.by.pk, timezone.now())
        counts = Counts(rows, len(written), sum(bool(each.replaces) for each in written))
        counts.unchanged = sum(was is Outcome.UNCHANGED for _, was in rest)
        counts.left = rows - counts.written - counts.unchanged
        Intake.objects.filter(pk=self.intake.pk).update(
            written=F("written") + counts.written, unchanged=F("unchanged") + counts.unchanged,
            left=F("left") + counts.left,
        )  # fmt: skip
        audit.record(
            self.by, "figures.intake.batch", self.intake, choice.reason if counts.replaced else "",
            intake=str(self.intake.uuid), after=self.read, rows=rows, written=counts.written,
            replaced=counts.replaced, unchanged=counts.unchanged, left=counts.left, sha256=digest,
        )  # fmt: skip
        return counts

    @transaction.atomic
    def _finish(self) -> None:
        done = Intake.objects.filter(pk=self.intake.pk, state=IntakeState.WRITING, read=self.read)
        if not done.update(state=IntakeState.DONE, finished_at=timezone.now()):
            raise Overtaken
        self.intake.refresh_from_db()
        audit.record(
            self.by, "figures.intake.done", self.intake, self.intake.options.get("reason", ""),
            written=self.intake.written, unchanged=self.intake.unchanged, left=self.intake.left,
        )  # fmt: skip
        if self.intake.written:
            check_intake_later(self.intake)


def _lines(lines: Lines, taken: list[tuple[int, Row]], twice: frozenset[int]) -> Iterator[Line | None]:
    of = lines.of
    for ordinal, row in taken:
        if ordinal not in twice:
            yield of(ordinal, row)


def options_of(intake: Intake) -> Options:
    """What was said of the whole file."""
    said = {name: intake.options[name] for name in Options.__slots__ if intake.options.get(name)}
    return Options(**said)
