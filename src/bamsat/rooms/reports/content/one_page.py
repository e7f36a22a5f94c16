# SPDX-License-Identifier: Apache-2.0
"""The parts of the one page for who leads: a headline, the indicators, the worst gaps, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bamsat.core.report.amounts import written_unit
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Block, Cell, Chart, Column, Lacking, Paragraph, Piece, Row, Table, Told, Words
from bamsat.core.report.wording import Setting, cell, period_words, sentence, summary
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import SetMember
from bamsat.rooms.reports.content.ledger import Ledger
from bamsat.rooms.reports.content.pictures import growth_chart, plan_chart
from bamsat.rooms.reports.content.quoted import Quoted, new_note
from bamsat.rooms.scoreboard.rows import held_against_plan

MOST_ROWS, MOST_GAPS, MOST_ASKED, MOST_BARS = 8, 3, 3, 5
LONGEST = 200  # characters of a quotation
_ALL_OF_IT = 100
_PROPOSING = ("đề nghị", "kiến nghị", "đề xuất", "xin ý kiến", "xin chủ trương")


@dataclass(frozen=True, slots=True)
class _Number:
    """A column of numbers; it stands only where any indicator fills it."""

    head: str
    take: Callable[[Topic], Fact | None]
    percent: bool = False


def _numbers(period: Period) -> list[_Number]:
    return [
        _Number(f"Kế hoạch năm {period.end_year}", _plan),
        _Number("Thực hiện", lambda topic: _so_far(topic).level),
        _Number("Tăng, giảm (%)", lambda topic: _so_far(topic).growth, percent=True),
        _Number("So với kế hoạch (%)", _ratio, percent=True),
    ]


@dataclass
class OnePage:
    """What the parts are made of; `lacking` takes what a part would say and cannot."""

    topics: Sequence[Topic]
    ledger: Ledger
    setting: Setting
    quoted: Quoted
    lacking: list[Lacking]

    def part(self, name: str) -> Iterator[Block]:
        match name:
            case "headline":
                yield from self._headline()
            case "board":
                yield from self._board()
            case "gaps":
                yield from self._gaps()
            case "asked":
                yield from self._asked()

    def _headline(self) -> Iterator[Block]:
        told = [_so_far(topic) for topic in self.topics]
        period = next((topic.period for topic in told if topic.facts()), self.setting.period)
        pieces = _first_sentences(summary(told, replace(self.setting, period=period)), 2)
        if not pieces and told:
            pieces = sentence(told[0], self.setting)
        if pieces:
            yield Paragraph(tuple(_strong(piece) for piece in pieces))

    def _board(self) -> Iterator[Block]:
        topics = self.topics[:MOST_ROWS]
        if not topics:
            return
        period = next((_so_far(topic).period for topic in topics), self.setting.period)
        numbers = [one for one in _numbers(period) if any(one.take(topic) for topic in topics)]
        heads = (
            Column(("TT",), 10), Column(("Chỉ tiêu",)), Column(("Đơn vị tính",), 20),
            *(Column((one.head,), 22, number=True) for one in numbers), Column(("Đánh giá",), 26),
        )  # fmt: skip
        rows = tuple(self._row(at, topic, numbers) for at, topic in enumerate(topics, start=1))
        yield Table(f"Chỉ tiêu chủ yếu {period_words(period)}", heads, rows)
        if chart := self._chart(topics):
            yield chart

    def _row(self, at: int, topic: Topic, numbers: Sequence[_Number]) -> Row:
        first = _so_far(topic).level or _plan(topic)
        unit = written_unit(first)[0] if first else "%"
        cells = [Cell((Words(text),)) for text in (str(at), topic.name, unit)]
        for one in numbers:
            fact = one.take(topic)
            cells.append(cell(fact) if fact is None or one.percent else cell(fact, unit))
        return Row((*cells, Cell((Words(self._state(topic)),))))

    def _state(self, topic: Topic) -> str:
        held = next((one for one in self.ledger.of(topic.indicator)), None)
        if held is None:
            return ""
        return str(held.shelf.state(held_against_plan(held.shelf, self.ledger.span)).label)

    def _chart(self, topics: Sequence[Topic]) -> Chart | None:
        """One, of what there is more to see of."""
        planned = [topic for topic in topics if _ratio(topic)][:MOST_BARS]
        grown = [one for one in map(_so_far, topics) if one.growth][:MOST_BARS]
        found = plan_chart(planned, "So với kế hoạch năm") if len(planned) >= min(3, len(grown)) else None
        return found or growth_chart(grown, "So với cùng kỳ năm trước")

    def _gaps(self) -> Iterator[Block]:
        found = worst(self.topics)
        for topic in found[:MOST_GAPS]:
            pieces = sentence(replace(_so_far(topic), parts=(), plan=None, to_date=None, lacking=()), self.setting)
            noted = self.quoted.first(("cause", "difficulty"), _sets_of(topic.indicator), {topic.indicator}, LONGEST)
            if noted:
                pieces = (*pieces, Words(" Đã ghi nhận: "), *noted)
            else:
                self._note_lacks(topic)
            yield Paragraph(pieces, style="item")
        if not found and any(_ratio(topic) or _so_far(topic).growth for topic in self.topics):
            words = "Trong các chỉ tiêu trên, không có chỉ tiêu nào hụt kế hoạch hoặc giảm so với cùng kỳ."
            yield Paragraph((Words(words),))

    def _note_lacks(self, topic: Topic) -> None:
        place, period = self.ledger.place, self.setting.period
        text = f"{topic.name}: chưa có nhận định nào về nguyên nhân."
        self.lacking.append(Lacking(text, "note", new_note(place, period, "cause")))

    def _asked(self) -> Iterator[Block]:
        found = self.quoted.saying(("planned", "difficulty", "risk", "solution"), _PROPOSING, MOST_ASKED, LONGEST)
        for pieces in found:
            yield Paragraph(pieces, style="item")
        if not found:
            address = new_note(self.ledger.place, self.setting.period, "planned")
            self.lacking.append(Lacking("Chưa ghi nhận kiến nghị, đề xuất nào.", "note", address))


def worst(topics: Sequence[Topic]) -> list[Topic]:
    """First what is furthest behind its plan, then what fell most, of what is to rise."""
    behind = [(ratio.value, topic) for topic in topics if (ratio := _ratio(topic)) and ratio.value < _ALL_OF_IT]
    fell = [
        (growth.value, topic) for topic in topics
        if (growth := _so_far(topic).growth) and growth.value < 0 and topic.good == "up"
        and all(topic is not one for _value, one in behind)
    ]  # fmt: skip
    return [topic for group in (behind, fell) for _value, topic in sorted(group, key=lambda one: one[0])]


def _so_far(topic: Topic) -> Topic:
    return topic.to_date or topic


def _plan(topic: Topic) -> Fact | None:
    return topic.plan or _so_far(topic).plan


def _ratio(topic: Topic) -> Fact | None:
    return topic.plan_ratio or _so_far(topic).plan_ratio


def _sets_of(code: str) -> Collection[str]:
    return set(SetMember.objects.filter(indicator__code=code).values_list("set__code", flat=True))


def _strong(piece: Piece) -> Piece:
    return replace(piece, strong=True) if isinstance(piece, Words) else piece


def _first_sentences(pieces: Sequence[Piece], most: int) -> tuple[Piece, ...]:
    """As many whole sentences as a headline has room for."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Told):
            made.append(piece)
            continue
        parts = piece.text.split(". ")
        while len(parts) > 1 and most > 1:
            most -= 1
            made.append(Words(f"{parts.pop(0)}. "))
        if len(parts) > 1:
            return (*made, Words(f"{parts[0]}."))
        made.append(Words(parts[0]))
    return tuple(made)
