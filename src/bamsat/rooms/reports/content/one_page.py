# SPDX-License-Identifier: Apache-2.0
"""The parts of the one page for who leads: a headline, the indicators, the worst gaps, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import ceil

from bamsat.core.report.amounts import written_unit
from bamsat.core.report.charts import WIDTH
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Block, Cell, Chart, Column, Lacking, Paragraph, Piece, Row, Table, Told, Words
from bamsat.core.report.wording import Setting, cell, period_words, plain, sentence, summary
from bamsat.rooms.catalogue.models import SetMember
from bamsat.rooms.reports.content.ledger import Ledger
from bamsat.rooms.reports.content.pictures import growth_chart, plan_chart
from bamsat.rooms.reports.content.quoted import Quoted, new_note, quoted
from bamsat.rooms.scoreboard.board import MAIN
from bamsat.rooms.scoreboard.rows import held_against_plan
from bamsat.rooms.situation.models import Note

MOST_GAPS = 3
_ALL_OF_IT = 100
# Millimetres of a page: what is left between frame and signature, and what things take of it.
_ROOM, _LINE, _BETWEEN, _TABLE_LINE, _CAPTION = 160.0, 6.3, 2.2, 5.4, 8.0
_CHARACTERS = 79  # of a line
_NUMBER, _PERCENT, _STATE, _LETTER = 19.0, 17.0, 28.0, 2.2  # widths of columns, and of a letter in the column of names
_MM = 160 / WIDTH
_WATCHED, _ASKED = Words("Cần chú ý: ", strong=True), Words("Kiến nghị: ", strong=True)
_PROPOSING = ("đề nghị", "kiến nghị", "đề xuất", "xin ý kiến", "xin chủ trương")


@dataclass(frozen=True, slots=True)
class _Number:
    """A column of numbers; it stands only where any indicator fills it."""

    head: str
    take: Callable[[Topic], Fact | None]
    percent: bool = False


def _numbers() -> list[_Number]:
    return [
        _Number("Kế hoạch", _plan),
        _Number("Thực hiện", lambda topic: _so_far(topic).level),
        _Number("Tăng, giảm (%)", lambda topic: _so_far(topic).growth, percent=True),
        _Number("% kế hoạch", _ratio, percent=True),
    ]


@dataclass(frozen=True, slots=True)
class _Size:
    """How much of everything is told."""

    rows: int
    longest: int  # characters of a quotation
    asked: int
    bars: int
    sentences: int = 2  # of the headline


# From all that is wanted to what any page holds.
_SIZES = (
    _Size(8, 200, 3, 5), _Size(8, 160, 2, 4), _Size(8, 140, 2, 3), _Size(8, 120, 1, 2), _Size(8, 100, 1, 2, 1),
    _Size(7, 90, 1, 2, 1), _Size(6, 80, 1, 2, 1), _Size(5, 60, 1, 2, 1), _Size(4, 60, 1, 2, 1), _Size(3, 60, 1, 2, 1),
    _Size(3, 40, 1, 2, 1), _Size(3, 30, 1, 2, 1),
)  # fmt: skip


@dataclass
class OnePage:
    """What the parts are made of; `lacking` takes what a part would say and cannot."""

    topics: Sequence[Topic]
    ledger: Ledger
    setting: Setting
    quoted: Quoted
    lacking: list[Lacking]
    given: Sequence[Block] = ()  # what the office was given to do, in a paragraph

    def part(self, name: str) -> list[Block]:
        """Together the parts fit between the frame and the signature of one page: what is told gives way in turn."""
        return self._parts[name]

    @cached_property
    def _parts(self) -> dict[str, list[Block]]:
        gaps = [(topic, self._noted(topic)) for topic in worst(self.topics)[:MOST_GAPS]]
        asked = self.quoted.saying(("planned", "difficulty", "risk", "solution"), _PROPOSING)
        self._note_lacks(gaps, asked)
        made: dict[str, list[Block]] = {}
        for size in _SIZES:
            made = {
                "headline": list(self._headline(size)),
                "board": list(self._board(size, [topic for topic, _note in gaps])),
                "gaps": list(self._gaps(gaps, size)),
                "tasks": list(self.given),
                "asked": [_said(note, size.longest) for note in asked[: size.asked]],
            }
            if _taken(made) <= _ROOM:
                break
        return made

    def _noted(self, topic: Topic) -> Note | None:
        rows = SetMember.objects.filter(indicator__code=topic.indicator)
        fields = set(rows.exclude(set__code=MAIN).values_list("set__code", flat=True))
        return self.quoted.noted(("cause", "difficulty"), topic.indicator, fields)

    def _note_lacks(self, gaps: Sequence[tuple[Topic, Note | None]], asked: Sequence[Note]) -> None:
        place, period = self.ledger.place, self.setting.period
        for topic, note in gaps:
            if note is None:
                text = f"{topic.name}: chưa có nhận định nào về nguyên nhân."
                self.lacking.append(Lacking(text, "note", new_note(place, period, "cause")))
        if not asked:
            address = new_note(place, period, "planned")
            self.lacking.append(Lacking("Chưa ghi nhận kiến nghị, đề xuất nào.", "note", address))

    def _headline(self, size: _Size) -> Iterator[Block]:
        told = [_so_far(topic) for topic in self.topics]
        period = next((topic.period for topic in told if topic.facts()), self.setting.period)
        pieces = _first_sentences(summary(told, replace(self.setting, period=period)), size.sentences)
        if not pieces and told:
            pieces = sentence(replace(told[0], parts=()), self.setting)
        if pieces:
            yield Paragraph(pieces)

    def _board(self, size: _Size, gaps: Sequence[Topic]) -> Iterator[Block]:
        """Where there is no room for every row, what lies behind keeps its own."""
        first = [*gaps, *(topic for topic in self.topics if all(topic is not one for one in gaps))][: size.rows]
        topics = [topic for topic in self.topics if any(topic is one for one in first)]
        if not topics:
            return
        period = next((_so_far(topic).period for topic in topics), self.setting.period)
        numbers = [one for one in _numbers() if any(one.take(topic) for topic in topics)]
        heads = (
            Column(("Chỉ tiêu",), code="name"),
            *(Column((one.head,), _PERCENT if one.percent else _NUMBER, number=True) for one in numbers),
            Column(("Đánh giá",), _STATE),
        )  # fmt: skip
        rows = tuple(self._row(topic, numbers) for topic in topics)
        yield Table(f"Chỉ tiêu chủ yếu {period_words(period)}", heads, rows)
        if chart := _chart(topics, size.bars):
            yield chart

    def _row(self, topic: Topic, numbers: Sequence[_Number]) -> Row:
        first = _so_far(topic).level or _plan(topic)
        unit = written_unit(first)[0] if first else "%"
        cells = [Cell((Words(f"{topic.name} ({unit})" if first else topic.name),))]
        for one in numbers:
            fact = one.take(topic)
            cells.append(cell(fact) if fact is None or one.percent else cell(fact, unit))
        return Row((*cells, Cell((Words(self._state(topic)),))))

    def _state(self, topic: Topic) -> str:
        held = next(iter(self.ledger.of(topic.indicator)), None)
        if held is None:
            return ""
        return str(held.shelf.state(held_against_plan(held.shelf, self.ledger.span)).label)

    def _gaps(self, gaps: Sequence[tuple[Topic, Note | None]], size: _Size) -> Iterator[Block]:
        for at, (topic, note) in enumerate(gaps):
            pieces = sentence(_one_measure(topic), self.setting)
            noted = (Words(" Ghi nhận: "), quoted(note, size.longest), Words(".")) if note else ()
            yield Paragraph((*(() if at else (_WATCHED,)), *pieces, *noted), style="item")
        if not gaps and any(_ratio(topic) or _so_far(topic).growth for topic in self.topics):
            words = "Trong các chỉ tiêu trên, không có chỉ tiêu nào hụt kế hoạch hoặc giảm so với cùng kỳ."
            yield Paragraph((Words(words),))


def _one_measure(topic: Topic) -> Topic:
    """What makes it a gap; the rest stands in the table."""
    now, ratio = _so_far(topic), _ratio(topic)
    behind = ratio if ratio and ratio.value < _ALL_OF_IT else None
    return Topic(
        topic.indicator, topic.name, now.period, growth=None if behind else now.growth, plan_ratio=behind,
        adds_up=topic.adds_up, good=topic.good,
    )  # fmt: skip


def _said(note: Note, longest: int) -> Paragraph:
    return Paragraph((_ASKED, quoted(note, longest), Words(".")), style="item")


def _chart(topics: Sequence[Topic], bars: int) -> Chart | None:
    """One, of what there is more to see of; where there is no room for all, of the farthest from the plan or from
    last year."""
    planned = _farthest([(abs(one.value - _ALL_OF_IT), topic) for topic in topics if (one := _ratio(topic))], bars)
    grown = _farthest([(abs(one.growth.value), one) for one in map(_so_far, topics) if one.growth], bars)
    found = plan_chart(planned, "So với kế hoạch năm") if len(planned) >= min(3, len(grown)) else None
    return found or growth_chart(grown, "So với cùng kỳ năm trước")


def _farthest(found: Sequence[tuple[Decimal, Topic]], most: int) -> list[Topic]:
    """In the order in which they stand."""
    kept = {id(topic) for _far, topic in sorted(found, key=lambda one: -one[0])[:most]}
    return [topic for _far, topic in found if id(topic) in kept]


def _taken(parts: Mapping[str, Sequence[Block]]) -> float:
    """About how many millimetres of a page these parts take."""
    return sum(_tall(block) for blocks in parts.values() for block in blocks)


def _tall(block: Block) -> float:
    match block:
        case Paragraph():
            return ceil((len(plain(block.pieces)) + 5) / _CHARACTERS) * _LINE + _BETWEEN
        case Table():
            letters = (160 - sum(column.width for column in block.columns)) / _LETTER
            lines = 3 + sum(ceil(len(row.cells[0].text) / letters) for row in block.rows)
            return lines * _TABLE_LINE + _CAPTION
        case Chart():
            padding = block.spec.get("padding", {})
            pixels = block.spec.get("height", 0) + padding.get("top", 0) + padding.get("bottom", 0)
            return float(pixels) * _MM + _CAPTION
        case _:
            return 0.0


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
