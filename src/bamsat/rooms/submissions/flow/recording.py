# SPDX-License-Identifier: Apache-2.0
"""From the cells of approved returns to entries of the ledger, for many returns at once.

What is prepared asks the ledger nothing but which series there are; what is written is written in one short
transaction. Cells that say what stands already write nothing; others replace it and say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, NamedTuple

from bamsat.core.forms.checks import Remark as Found
from bamsat.core.forms.definition import Column, Row, period_of
from bamsat.core.forms.sheet import Pick, Sheet
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import unit_scale
from bamsat.rooms.figures import ledger as lines_of_the_ledger
from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.figures.intake.batches import Ledger, Outcome, key_of, outcome
from bamsat.rooms.figures.intake.bulk import Standing, Written
from bamsat.rooms.figures.intake.heads import VINTAGE_OF_KIND, Head
from bamsat.rooms.figures.intake.known import ALWAYS, Life
from bamsat.rooms.figures.intake.lines import Line, LineKey
from bamsat.rooms.figures.ledger import MOST
from bamsat.rooms.figures.models import Entry, EntryKind, Intake, IntakeState, Latest, Withdrawal
from bamsat.rooms.figures.origins import FORM
from bamsat.rooms.submissions.flow.recorded_cells import Value, values_of, values_on
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.known import base_of, subject_of
from bamsat.rooms.submissions.models import Return

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_MOST_CELL = 80


@dataclass(slots=True)
class Prepared:
    """A return with the lines that its approval would write, and those of its earlier approval that are gone."""

    sent: Return
    lines: list[Line]
    troubles: list[Found]
    gone: list[Line] = field(default_factory=list)
    mine: frozenset[int] = frozenset()  # the intakes of its earlier approvals
    reason: str = ""

    @property
    def keys(self) -> set[tuple[object, ...]]:
        return {_ledger_key(line) for line in self.lines}


class Recorded(NamedTuple):
    """What was written for some returns: the intake of each, how many entries, and their digest."""

    intakes: Mapping[int, Intake]
    written: int
    replaced: int
    unchanged: int
    withdrawn: int
    sha256: str


class _Told(NamedTuple):
    """What the cells of one row and column are in the ledger, whatever the place."""

    indicator: Indicator
    segment: str
    measure: str
    unit: str
    price_basis: str
    provider: str
    kind: str
    vintage: str
    factor: int
    scale: int


class Recorder:
    """Prepares and writes; what it learned of forms, units and series serves all returns after."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, str, str], _Told | None] = {}
        self._indicators: dict[str, Indicator | None] = {}
        self._scales: dict[str, int] = {}
        self._heads: dict[tuple[object, ...], Head] = {}
        self._of_cells: dict[tuple[int, int, str], Head | None] = {}  # by version, place and cell

    # Preparing.

    def prepare(
        self, returns: Sequence[Return], before: Mapping[int, Mapping[str, str]] | None = None,
        reasons: Mapping[int, str] | None = None,
    ) -> list[Prepared]:  # fmt: skip
        """`before` are the texts of each return's earlier approval, `reasons` why it was opened again, by its key."""
        values = [(sent, values_of(sent)) for sent in returns]
        olds = [(sent, _old_values(sent, (before or {}).get(sent.pk))) for sent in returns]
        Ledger().learn({head for sent, told in (*values, *olds) for head in self._heads_of(sent, told)})
        prepared = [self._prepared(sent, told) for sent, told in values]
        for each, (sent, told) in zip(prepared, olds, strict=True):
            each.reason = (reasons or {}).get(sent.pk, "")
            if told:
                each.mine = earlier_intakes(sent)
                kept = each.keys
                each.gone = [line for line in self._prepared(sent, told).lines if not kept & {_ledger_key(line)}]
        return prepared

    def troubles(self, sent: Return, sheet: Sheet) -> list[Found]:
        """Numbers that the ledger could not keep as they are; told before a return is sent."""
        return self._prepared(sent, values_on(sheet, sent.texts)).troubles

    def _heads_of(self, sent: Return, values: Iterable[Value]) -> Iterable[Head]:
        return (head for value in values if (head := self._head(sent, value)))

    def _prepared(self, sent: Return, values: Sequence[Value]) -> Prepared:
        lines: list[Line] = []
        troubles: list[Found] = []
        said: dict[tuple[object, ...], Line] = {}
        for value in values:
            head, period = self._head(sent, value), period_of(value.column.period, sent.span)
            if head is None or period is None:
                continue
            line = _line(value, head, period, base_of(value.column, sent.span))
            if line is None:
                troubles.append(_not_exact(value, head))
                continue
            first = said.setdefault(_ledger_key(line), line)
            if first is line:
                lines.append(line)
            elif first.value != line.value:
                troubles.append(_twice(value, first))
        return Prepared(sent, lines, troubles)

    def _head(self, sent: Return, value: Value) -> Head | None:
        at = (sent.version_id, sent.place_id, value.key)
        try:
            return self._of_cells[at]
        except KeyError:
            head = self._of_cells[at] = self._find_head(sent, value)
            return head

    def _find_head(self, sent: Return, value: Value) -> Head | None:
        told = self._told_of(sent, value.row, value.column)
        if told is None:
            return None
        key = (
            told.indicator.pk, sent.place_id, told.segment, told.measure, told.unit, told.price_basis, told.provider,
        )  # fmt: skip
        head = self._heads.get((key, told.kind, told.factor))
        if head is None:
            life = Life(sent.place_id, "", -ALWAYS, ALWAYS, None, None)
            head = Head(told.indicator, key, told.kind, told.vintage, told.scale, told.factor, life)
            self._heads[key, told.kind, told.factor] = head
        return head

    def _told_of(self, sent: Return, row: Row, column: Column) -> _Told | None:
        key = (sent.version_id, row.code, column.code)
        if key not in self._told:
            self._told[key] = self._find(sent, row, column)
        return self._told[key]

    def _find(self, sent: Return, row: Row, column: Column) -> _Told | None:
        subject = subject_of(definition_of(sent.version), row, column)
        if subject.indicator not in self._indicators:
            self._indicators[subject.indicator] = Indicator.objects.filter(code=subject.indicator).first()
        indicator = self._indicators[subject.indicator]
        if indicator is None:
            return None
        unit = subject.unit.code
        if unit not in self._scales:
            self._scales[unit] = unit_scale(unit)
        return _Told(
            indicator, subject.segment, subject.measure, unit, subject.price_basis or indicator.price_basis,
            subject.provider, column.kind, VINTAGE_OF_KIND[EntryKind(column.kind)], int(subject.unit.scale),
            self._scales[unit],
        )  # fmt: skip

    # Writing; inside a transaction that has locked the returns.

    def write(self, prepared: Sequence[Prepared], by: User, now: datetime, digests: Mapping[int, str]) -> Recorded:
        """Entries, an intake for each return, and withdrawals; no two of the returns may say the same key."""
        ledger = Ledger()
        try:
            return self._write(ledger, prepared, by, now, digests)
        except BaseException:
            ledger.forget()  # series that this made are not there once it is taken back
            raise

    def _write(
        self, ledger: Ledger, prepared: Sequence[Prepared], by: User, now: datetime, digests: Mapping[int, str]
    ) -> Recorded:
        lines = [line for each in prepared for line in each.lines]
        gone = [line for each in prepared for line in each.gone if line.head.series]
        ledger.intern(lines, just_asked=True)
        bulk.hold(line.head.series for line in (*lines, *gone))
        there = ledger.standing([*lines, *gone])
        chosen = [(each, _changed(each, there)) for each in prepared]
        made = {each.sent.pk: _intake(each, by, now, digests[each.sent.pk], len(written)) for each, written in chosen}
        bulk.insert(list(made.values()))
        rows = [row for _each, written in chosen for row in written]
        intakes = [made[each.sent.pk].pk for each, written in chosen for _row in written]
        digest = bulk.write(rows, intakes, by.pk, now)
        withdrawn = sum(_withdraw(each, there, by) for each in prepared)
        replaced = sum(bool(row.replaces and row.replaces.entry) for row in rows)
        return Recorded(made, len(rows), replaced, len(lines) - len(rows), withdrawn, digest)


def earlier_intakes(sent: Return) -> frozenset[int]:
    """The keys of all intakes that approvals of a return made: the last one knows those before it."""
    if sent.intake is None:
        return frozenset()
    return frozenset({sent.intake.pk, *sent.intake.options.get("before", ())})


def _old_values(sent: Return, texts: Mapping[str, str] | None) -> list[Value]:
    """What an earlier approval recorded; rows added then may be gone now, so they are told from the keys."""
    if not texts:
        return []
    codes = {key.rpartition(".")[0] for key in texts if "~" in key}
    picks = tuple(Pick(parts[0], tuple(parts[1:])) for parts in (code.split("~") for code in sorted(codes)))
    return values_of(sent, texts, picks)


def _ledger_key(line: Line) -> tuple[object, ...]:
    return (line.head.key, line.head.kind, line.head.vintage, line.period, line.base)


# Numbers.


def _line(value: Value, head: Head, period: Period, base: str) -> Line | None:
    """The line of a value; None where the ledger cannot keep it to the last digit. A computed value is rounded."""
    number, places = _digits(value.value)
    times, by, half = head.step(places)
    stored, rest = divmod(number * times, by)
    if rest:
        if not value.computed:
            return None
        stored = int((Decimal(number * times) / by).to_integral_value(ROUND_HALF_EVEN))
        half = max(half, 1)
    if abs(stored) > MOST:
        return None
    lower, upper = max(stored - half, -MOST), min(stored + half, MOST)
    return Line(
        0, value.key[:_MOST_CELL], head, period.code, period.first, period.last, base, stored, lower, upper, "", False
    )  # fmt: skip


def _digits(value: Decimal) -> tuple[int, int]:
    """A number as an integer and its count of decimals: 12,50 is (1250, 2)."""
    whole, _, rest = format(value, "f").partition(".")
    return int(whole + rest), len(rest)


def _not_exact(value: Value, head: Head) -> Found:
    return Found(
        value.key, "error", "not_exact",
        f"Sổ không giữ được số này chính xác: nhiều nhất {head.scale} chữ số thập phân theo đơn vị gốc, không quá 18 "
        "chữ số. Hãy làm tròn, hoặc xem lại đơn vị tính.",
        f"The ledger cannot keep this number exactly: {head.scale} decimals of the base unit at most, and 18 digits. "
        "Round it, or check the unit.",
    )  # fmt: skip


def _twice(value: Value, first: Line) -> Found:
    return Found(
        value.key, "error", "twice",
        f"Ô này và ô {first.cell} là cùng một số liệu trong sổ mà ghi khác nhau. Hãy ghi cùng một số.",
        f"This cell and {first.cell} are one figure of the ledger but differ. Enter the same number in both.",
    )  # fmt: skip


# What is written.


def _changed(each: Prepared, there: Mapping[LineKey, Standing]) -> list[Written]:
    """The lines that say something else than what stands, each after what stood."""
    written = []
    for line in each.lines:
        key = key_of(line)
        found = there.get(key)
        was = outcome(line, found)
        if was is not Outcome.UNCHANGED:
            reason = (each.reason or _by_return(each.sent)) if found else ""
            written.append(Written(line, key[0], key[4], found, reason))
    return written


def _by_return(sent: Return) -> str:
    return f"Theo phiếu đã duyệt: {title_of(sent)}"


def title_of(sent: Return) -> str:
    """What a return is called in the ledger: form, place, period."""
    return f"{sent.form.name_vi}, {sent.place}, {sent.period}"


def _intake(each: Prepared, by: User, now: datetime, sha256: str, written: int) -> Intake:
    sent, count = each.sent, len(each.lines)
    before = sorted(earlier_intakes(sent))
    return Intake(
        name=title_of(sent)[:255], sha256=sha256, format=FORM, size=sum(len(text) for text in sent.texts.values()),
        state=IntakeState.DONE, options={"return": str(sent.uuid), "before": before}, rows=count, read=count,
        written=written, unchanged=count - written, by=by, finished_at=now, report={},
    )  # fmt: skip


def _withdraw(each: Prepared, there: Mapping[LineKey, Standing], by: User) -> int:
    """Take back the entries of cells that are blank now; what stood before the return's own entries stands again."""
    count = 0
    for line in each.gone:
        found = there.get(key_of(line)) if line.head.series else None
        entry = Entry.objects.get(pk=found.entry) if found and found.entry and found.intake in each.mine else None
        while entry is not None:
            Withdrawal.objects.create(entry=entry, by=by, reason=each.reason or _by_return(each.sent))
            count += 1
            again = lines_of_the_ledger.stand_after_withdrawal(entry)
            entry = again if again and again.intake_id in each.mine else None
    return count


def entries_of(sent: Return) -> dict[str, Entry]:
    """The entries that stand in the ledger from this return, by cell."""
    mine = earlier_intakes(sent)
    if not mine:
        return {}
    definition = definition_of(sent.version)
    spans = {period_of(column.period, sent.span) for column in definition.columns}
    indicators = {row.indicator for row in definition.rows} | {column.indicator for column in definition.columns}
    rows = Latest.objects.filter(
        series__place=sent.place_id, series__indicator__code__in=indicators,
        period__in=[span.code for span in spans if span], entry__intake__in=mine,
    ).select_related("entry")  # fmt: skip
    return {row.entry.cell: row.entry for row in rows}
