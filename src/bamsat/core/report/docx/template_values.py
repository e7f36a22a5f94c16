# SPDX-License-Identifier: Apache-2.0
"""What the names in a template stand for while a report is written: words, and slots that numbers and blocks fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from markupsafe import Markup

from bamsat.core.report.amounts import cell, hedged, written_unit
from bamsat.core.report.clauses import Manner, clause
from bamsat.core.report.docx.letterhead import day_words, listed
from bamsat.core.report.docx.template_topics import section
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Block, Chart, Frame, Paragraph, Piece, Report, Table, Words
from bamsat.core.report.period_words import period_words
from bamsat.core.report.wording import Setting, sentence
from bamsat.core.terms.errors import BamsatError

SLOT = "bamsat-slot-"
APPENDICES = Markup('<w:p><w:pPr><w:pStyle w:val="bamsat-slot-appendices"/></w:pPr></w:p>')
NOTHING = "chưa có số"
_OPEN = "\u00a0" * 8
MOST_STEPS = 20_000  # of all loops together
MOST_SLOTS = 20_000
MOST_BLOCKS = 5_000
MOST_LETTERS = 60_000_000  # of the filled text, marks of XML included


class TemplateUnfit(BamsatError):
    """A template that cannot be filled: it asks for too much, or is no template any more."""


def _too_much() -> TemplateUnfit:
    return TemplateUnfit(
        vi="Mẫu đòi ghi quá nhiều (vòng lặp hoặc nội dung lặp lại quá dài). Hãy bớt vòng lặp trong mẫu.",
        en="The template asks for too much (its loops are too long). Use fewer loops.",
    )


@dataclass(slots=True)
class Slots:
    """What is to stand where the template left room, counted so that no template makes a machine write for ever."""

    looks: list[Any]  # settings of letters, by the number that a mark carries
    runs: list[Sequence[Piece]] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    blocks: list[tuple[Block, ...]] = field(default_factory=list)
    steps: int = 0
    written: int = 0
    letters: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _too_much()

    def step_of_text(self, letters: int) -> None:
        self.letters += letters
        if self.letters > MOST_LETTERS:
            raise _too_much()

    def run(self, pieces: Sequence[Piece], style: int) -> Markup:
        if len(self.runs) >= MOST_SLOTS:
            raise _too_much()
        self.runs.append(pieces)
        self.styles.append(style)
        name = f"{SLOT}{len(self.runs) - 1}"
        return Markup('<w:r><w:rPr><w:rStyle w:val="{}"/></w:rPr></w:r>').format(name)

    def block(self, blocks: tuple[Block, ...]) -> Markup:
        self.written += len(blocks) + 1
        if self.written > MOST_BLOCKS:
            raise _too_much()
        self.blocks.append(blocks)
        name = f"{SLOT}{len(self.blocks) - 1}"
        return Markup('<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>').format(name)

    def settings(self, slot: int) -> str:
        """How the letters of a slot's mark look, which its words and numbers take over."""
        style = self.styles[slot]
        looks = self.looks[style] if 0 <= style < len(self.looks) else None
        return "" if looks is None else "".join(etree.tostring(each, encoding="unicode") for each in looks)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Words and numbers that a mark stands for; the filter that every number mark carries gives them room."""

    pieces: Sequence[Piece]


def _or_nothing(pieces: Sequence[Piece]) -> Pieces:
    return Pieces(pieces or (Words(NOTHING),))


def _amount(fact: Fact | None) -> Sequence[Piece]:
    if fact is None:
        return ()
    return (Words("ước "), *hedged(fact)) if fact.status == "estimate" else hedged(fact)


def _clause(fact: Fact | None) -> Sequence[Piece]:
    """A clause that goes on from words of the template, and need not name what it is held against."""
    return clause(fact, Manner(announced=fact.status, said=fact.base)) if fact is not None else ()


def _alone(fact: Fact | None, sign: bool = False) -> Sequence[Piece]:
    return cell(fact, sign=sign).pieces if fact is not None else ()


_NUMBERS: dict[str, Callable[[Topic], Sequence[Piece]]] = {
    "so": lambda topic: _amount(topic.level),
    "dat": lambda topic: _clause(topic.level),
    "gia_tri": lambda topic: _alone(topic.level),
    "tang": lambda topic: _clause(topic.growth),
    "toc_do": lambda topic: _alone(topic.growth, sign=True),
    "tang_ky_truoc": lambda topic: _clause(topic.growth_on_last),
    "ke_hoach": lambda topic: _clause(topic.plan_ratio),
    "ty_le": lambda topic: _alone(topic.plan_ratio),
    "giao": lambda topic: hedged(topic.plan) if topic.plan else (),
    "ty_trong": lambda topic: _clause(topic.share),
    "luy_ke": lambda topic: _amount(topic.to_date.level if topic.to_date else None),
    "tang_luy_ke": lambda topic: _clause(topic.to_date.growth if topic.to_date else None),
}


def _told(topic: Topic | None, name: str, setting: Setting) -> Pieces:
    if topic is None:
        return _or_nothing(())
    if name == "cau":
        return _or_nothing(sentence(topic, setting) if topic.facts() or topic.to_date else ())
    return _or_nothing(_NUMBERS[name](topic))


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator in a loop: the template's `ct.name` is asked of `value`, never of Python."""

    topic: Topic
    slots: Slots
    setting: Setting

    def value(self, name: str) -> Any:
        """What `ct.name` stands for; only names of ours lead anywhere."""
        match name:
            case "ten":
                return self.topic.name
            case "ma":
                return self.topic.indicator
            case "don_vi":
                return written_unit(self.topic.level)[0] if self.topic.level else ""
            case "phan":
                return counted([Item(part, self.slots, self.setting) for part in self.topic.parts], self.slots)
        return _told(self.topic, name, self.setting)


def counted(items: Sequence[Any], slots: Slots) -> Iterator[Any]:
    """The items of a loop, each a step."""
    for item in items:
        slots.step()
        yield item


@dataclass(frozen=True, slots=True)
class Number:
    """A function of a template: so("exports"). `so` alone is the number of the document."""

    name: str
    topics: Mapping[str, Topic]
    setting: Setting
    text: str = ""

    def __call__(self, code: str, segment: str = "") -> Pieces:
        topic = self.topics.get(code)
        if segment and topic is not None:
            topic = next((part for part in topic.parts if part.segment == segment), None)
        return _told(topic, self.name, self.setting)

    def __str__(self) -> str:
        """The number of the document, with a nought before one figure; open until the register gives it."""
        return f"0{self.text}" if self.text.isdigit() and len(self.text) == 1 else self.text or _OPEN

    def __bool__(self) -> bool:
        return bool(self.text)


def values(
    report: Report, sections: Mapping[str, tuple[Block, ...]], topics: Mapping[str, Topic], setting: Setting,
    sets: Mapping[str, Sequence[str]], slots: Slots,
) -> dict[str, Any]:  # fmt: skip
    """Every name of a template with what it stands for in this report."""
    frame = report.frame

    def indicators(code: str = "") -> Iterator[Item]:
        wanted = sets.get(code, ()) if code else tuple(topics)
        return counted([Item(topics[each], slots, setting) for each in wanted if each in topics], slots)

    def blocks(kinds: tuple[type, ...] | None) -> Callable[[str], Markup]:
        def found(code: str) -> Markup:
            own = tuple(each for each in section(sections, code) if kinds is None or isinstance(each, kinds))
            return slots.block(own or (Paragraph((Words("Chưa có số liệu."),)),))

        return found

    def holds(code: str) -> bool:
        topic = topics.get(code)
        return bool(section(sections, code) or (topic and (topic.facts() or topic.to_date or topic.parts)))

    return {
        **{name: str(text) for name, text in _texts(frame, setting).items()},
        **{name: Number(name, topics, setting, frame.number if name == "so" else "") for name in [*_NUMBERS, "cau"]},
        "kinh_gui": list(frame.addressee),
        "can_cu": listed(frame.bases),
        "noi_nhan": listed(frame.recipients),
        "noi_dung": _Room(slots, report.blocks),
        "phu_luc": APPENDICES,
        "phan": blocks(None),
        "bang": blocks((Table,)),
        "bieu_do": blocks((Chart,)),
        "chi_tieu": indicators,
        "co": holds,
    }


@dataclass(frozen=True, slots=True)
class _Room:
    """{{p noi_dung }}: a name, not a call, that makes room where it stands."""

    slots: Slots
    blocks: tuple[Block, ...]

    def __html__(self) -> str:
        return str(self.slots.block(self.blocks))


def _texts(frame: Frame, setting: Setting) -> dict[str, str]:
    return {
        "co_quan_cap_tren": frame.parent,
        "co_quan": frame.organ,
        "ky_hieu": frame.symbol,
        "dia_danh": frame.place,
        "ngay": day_words(frame.day),
        "loai": frame.kind,
        "trich_yeu": frame.subject,
        "ky": period_words(setting.period),
        "dia_ban": setting.area,
        "noi_gui": "; ".join(text.strip().rstrip(".;") for text in frame.addressee),
        "tham_quyen": frame.authority,
        "chuc_vu": frame.post,
        "nguoi_ky": frame.signer,
    }
