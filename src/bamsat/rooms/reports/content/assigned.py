# SPDX-License-Identifier: Apache-2.0
"""The tasks that the office was given, in its report: the four states with their denominators, what is overdue, what
was done and by which document it was answered.

Counts are in no entry of the ledger: each carries the key by which lint counts it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bamsat.core.act.deadlines import Timeliness
from bamsat.core.act.tasks import State
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Block, Cell, Column, Paragraph, Piece, Row, Table, Told, Words
from bamsat.core.terms.numbers import read_number
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.stood import UNIT, Span, Stood, counted, may_count, stood

_SOURCE = "sổ nhiệm vụ"
_HOW = "đếm trong sổ nhiệm vụ"
_DEFINED = "Nhiệm vụ đến hạn gồm nhiệm vụ đã hoàn thành và nhiệm vụ quá hạn chưa hoàn thành."
_NAMES = {
    "given": "nhiệm vụ được giao", "carried": "nhiệm vụ chuyển sang", "done": "nhiệm vụ đã hoàn thành",
    "done_on_time": "nhiệm vụ hoàn thành đúng hạn", "done_late": "nhiệm vụ hoàn thành quá hạn",
    "running": "nhiệm vụ đang thực hiện", "running_within": "nhiệm vụ trong hạn",
    "running_overdue": "nhiệm vụ quá hạn", "without_deadline": "nhiệm vụ không có thời hạn",
    "cancelled": "nhiệm vụ thôi thực hiện", "fell_due": "nhiệm vụ đến hạn",
    "fell_due_rate": "tỷ lệ hoàn thành nhiệm vụ đến hạn",
}  # fmt: skip


@dataclass
class Assigned:
    """The tasks of the place of a report: of a short period since the year began, of more years since the first."""

    user: User | AnonymousUser
    asked: Asked
    after: Period
    office: str

    @cached_property
    def span(self) -> Span:
        period = self.asked.period
        known = timezone.localdate(self.asked.known) if self.asked.known else timezone.localdate()
        return Span(self.asked.place, date(period.start_year, 1, 1), min(end_of(period), known))

    @cached_property
    def _stood(self) -> list[Stood]:
        return stood(self.span) if may_count(self.user, self.asked.place) else []

    @cached_property
    def _seen(self) -> set[int]:
        """Each may be counted for who writes for the office; its words only for who may open it."""
        rows = seen_tasks(self.user).filter(place=self.asked.place)
        return set(rows.order_by().values_list("pk", flat=True))

    def blocks(self, parts: Sequence[str]) -> Iterator[Block]:
        """Nothing where nothing was given."""
        if not self._stood:
            return
        for part in parts:
            yield from {
                "counts": self._counts, "overdue": self._overdue, "done": self._done, "ahead": self._ahead,
            }[part]()  # fmt: skip

    def brief(self) -> list[Block]:
        """One paragraph, for the page of who leads."""
        told = list(self._sentences())
        return (
            [Paragraph((Words("Nhiệm vụ được giao: ", strong=True), *(p for one in told[:2] for p in one)))]
            if told
            else []
        )

    # The four states.

    def _counts(self) -> Iterator[Block]:
        for pieces in self._sentences():
            yield Paragraph(pieces)
        if "fell_due" in self._words:
            yield Paragraph((Words(_DEFINED),), style="note")

    @cached_property
    def _words(self) -> dict[str, str]:
        return counted(self._stood, self.span.first)

    def _is_none(self, name: str) -> bool:
        return self._words[name].split()[0] == "0"

    def _sentences(self) -> Iterator[tuple[Piece, ...]]:
        said = self._said
        if not self._stood:
            return
        if not self._is_none("given"):
            yield (*self._opening(), Words(". Đã hoàn thành "), said("done"), *self._of_done(),
                   Words("; đang thực hiện "), said("running"), *self._of_running(), Words(". "))  # fmt: skip
        if "fell_due" in self._words:
            yield (Words("Tỷ lệ hoàn thành nhiệm vụ đến hạn: "), said("fell_due"), Words(", đạt "),
                   said("fell_due_rate"), Words("."))  # fmt: skip
        if not self._is_none("without_deadline"):
            first = f"Từ ngày {self._since}, {self.office} có " if self._is_none("given") else "Ngoài ra có "
            yield (Words(first), said("without_deadline"),
                   Words(" thường xuyên hoặc không ghi thời hạn, không tính vào tỷ lệ."))  # fmt: skip
        if not self._is_none("cancelled"):
            yield (Words("Cấp có thẩm quyền cho thôi thực hiện "), said("cancelled"), Words("."))

    def _opening(self) -> tuple[Piece, ...]:
        opening = Words(f"Từ ngày {self._since}, {self.office} có ")
        made: tuple[Piece, ...] = (opening, self._said("given"), Words(" được giao có thời hạn"))
        if self._is_none("carried"):
            return made
        return (*made, Words(", trong đó "), self._said("carried"), Words(" từ trước chuyển sang"))

    @property
    def _since(self) -> str:
        return f"{self.span.first:%d/%m/%Y} đến ngày {self.span.last:%d/%m/%Y}"

    def _of_done(self) -> tuple[Piece, ...]:
        if self._is_none("done"):
            return ()
        said = self._said
        return (Words(" (đúng hạn "), said("done_on_time"), Words(", quá hạn "), said("done_late"), Words(")"))

    def _of_running(self) -> tuple[Piece, ...]:
        if self._is_none("running"):
            return ()
        said = self._said
        return (Words(" (trong hạn "), said("running_within"), Words(", quá hạn "), said("running_overdue"), Words(")"))

    def _said(self, name: str) -> Told:
        """A count in its words, with the key by which it is counted again."""
        text = self._words[name]
        number, _slash, of = text.removesuffix("%").removesuffix(UNIT).strip().partition("/")
        percent = text.endswith("%")
        return Told(text, Fact(
            f"other:{_NAMES[name]}", "share" if percent else "ratio" if of else "level", _number(number),
            "%" if percent else UNIT, self.asked.period, of=_number(of) if of else None, area=self.asked.place.name,
            derived=True, how=_HOW, source=_SOURCE, counted=self.span.key(name),
        ))  # fmt: skip

    # The tasks themselves: their words are somebody's, so they are quoted.

    def _overdue(self) -> Iterator[Block]:
        rows = [one for one in self._shown() if one.standing.timeliness is Timeliness.OVERDUE]
        columns = (
            _LEAD,
            _Column("Hạn", 24, lambda one: _day(one.standing.due)),
            _Column("Văn bản giao", 38, _given_by),
        )
        yield from _table("Nhiệm vụ quá hạn chưa hoàn thành", rows, columns)

    def _done(self) -> Iterator[Block]:
        first = date(self.asked.period.start_year, self.asked.period.first % 12 + 1, 1)
        rows = [
            one for one in self._shown()
            if one.standing.state is State.DONE and one.standing.finished_on and one.standing.finished_on >= first
        ]  # fmt: skip
        columns = (
            _LEAD, _Column("Ngày hoàn thành", 24, lambda one: _day(one.standing.finished_on)),
            _Column("Văn bản, kết quả", 34, lambda one: one.answer),
        )  # fmt: skip
        yield from _table("Nhiệm vụ hoàn thành trong kỳ", rows, columns)

    def _ahead(self) -> Iterator[Block]:
        until = end_of(self.after)
        rows = [
            one for one in self._shown()
            if one.standing.state.is_open and one.standing.due and self.span.last < one.standing.due <= until
        ]  # fmt: skip
        columns = (_LEAD, _Column("Hạn", 24, lambda one: _day(one.standing.due)))
        yield from _table("Nhiệm vụ đến hạn kỳ tới", rows, columns)

    def _shown(self) -> Iterator[Stood]:
        return (one for one in self._stood if one.task.pk in self._seen)


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: float
    take: Callable[[Stood], str]


_LEAD = _Column("Đơn vị chủ trì", 32, lambda one: one.task.lead.name if one.task.lead else "chưa giao")


def _table(caption: str, rows: Iterable[Stood], columns: Sequence[_Column]) -> Iterator[Table]:
    told = [
        Row(
            (
                Cell((Words(str(at)),)),
                Cell((Words(one.task.what, quoted=True),)),
                *(_cell(each.take(one)) for each in columns),
            )
        )
        for at, one in enumerate(rows, start=1)
    ]
    if told:
        heads = (
            Column(("TT",), 10),
            Column(("Nội dung được giao",)),
            *(Column((one.head,), one.width) for one in columns),
        )
        yield Table(caption, heads, tuple(told))


def _cell(words: str) -> Cell:
    return Cell((Words(words or "–"),))


def _given_by(one: Stood) -> str:
    return str(one.task.record) if one.task.record else one.task.assigner


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _number(text: str) -> Decimal:
    read = read_number(text)
    return read.value if read else Decimal(0)
