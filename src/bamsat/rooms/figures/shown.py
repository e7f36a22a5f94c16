# SPDX-License-Identifier: Apache-2.0
"""Figures as a page shows them: name, value and facts in words, the state as a shape, the order by doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, ReadStatement
from bamsat.rooms.figures.noting import note_address
from bamsat.ui import words
from bamsat.ui.paper import Mark, merged

KIND = {
    FigureState.DOUBT: "doubt", FigureState.EDITING: "half", FigureState.WAITING: "wait", FigureState.ACCEPTED: "good",
    FigureState.REJECTED: "none", FigureState.CHECKED: "half", FigureState.RETURNED: "bad",
}  # fmt: skip
ORDER = (
    FigureState.RETURNED, FigureState.DOUBT, FigureState.EDITING, FigureState.WAITING, FigureState.CHECKED,
    FigureState.ACCEPTED, FigureState.REJECTED,
)  # fmt: skip
LISTED = 400  # of a state, at once
LEFT = (FigureState.RETURNED, FigureState.DOUBT, FigureState.EDITING, FigureState.WAITING)
OPEN = (*LEFT, FigureState.CHECKED)
ASKED = (FigureState.WAITING, FigureState.EDITING, FigureState.DOUBT, FigureState.CHECKED)
NOTES = {
    FigureState.RETURNED: gettext_lazy("người duyệt trả lại"),
    FigureState.CHECKED: gettext_lazy("đã kiểm tra, chưa vào sổ"),
    FigureState.DOUBT: gettext_lazy("máy chưa chắc"),
    FigureState.EDITING: gettext_lazy("đang sửa dở"),
    FigureState.WAITING: gettext_lazy("không có nghi ngờ"),
}
SIGNS = {
    "+": ("↗", gettext_lazy("tăng")), "-": ("↘", gettext_lazy("giảm")), "0": ("→", gettext_lazy("giữ mức")),
    "plan>100": ("↗", gettext_lazy("vượt kế hoạch")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure in words."""

    figure: ReadFigure
    name: str
    details: str
    value: str
    unit: str
    own_words: bool = False  # the name is the document's, which has no English
    loud: str = ""  # "error" or "question": what an open finding says of it

    @property
    def ordinal(self) -> int:
        return self.figure.ordinal

    @property
    def kind(self) -> str:
        return kind_of(self.figure, self.loud)

    @property
    def state_word(self) -> str:
        return word_of(self.figure, self.loud)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one state, or those that an open finding says cannot all be true; of very many the first are listed,
    and the one that is open."""

    state: FigureState
    figures: list[Shown]
    count: int = 0
    conflicting: bool = False

    @property
    def code(self) -> str:
        return "conflict" if self.conflicting else self.state.value

    @property
    def label(self) -> str:
        return _("Mâu thuẫn") if self.conflicting else str(self.state.label)

    @property
    def more(self) -> int:
        return self.count - len(self.figures)

    @property
    def kind(self) -> str:
        return "bad" if self.conflicting else KIND[self.state]

    @property
    def note(self) -> str:
        if self.conflicting:
            return _("không thể cùng đúng")
        return str(NOTES.get(self.state, ""))

    @property
    def folded(self) -> bool:
        """What is done is put away, one click off."""
        return self.state not in OPEN


@dataclass(frozen=True, slots=True)
class MarkShown:
    """A mark in the document: its letters, and the state that most wants a look of all figures it tells."""

    ordinals: tuple[int, ...]
    text: str
    kind: str
    state_word: str
    current: bool = False

    @property
    def first(self) -> int:
        return self.ordinals[0]

    @property
    def others(self) -> tuple[int, ...]:
        return self.ordinals[1:]

    @property
    def told(self) -> str:
        return " ".join(str(ordinal) for ordinal in self.ordinals)

    @property
    def numbers(self) -> str:
        return ", ".join(str(ordinal) for ordinal in self.ordinals)

    @property
    def short(self) -> bool:
        return len(self.text) <= 32


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the open card; `inferred` when the sentence itself does not say it."""

    word: str
    value: str
    inferred: bool = False
    source: bool = False  # the document's own words
    vietnamese: bool = False  # a name of the document's


@dataclass(frozen=True, slots=True)
class StatementShown:
    statement: ReadStatement
    arrow: str
    word: str
    details: str
    note: str = ""  # where it becomes a note on the situation


# ---- one figure


def names_for(figures: Iterable[ReadFigure]) -> dict[str, Indicator]:
    codes = {figure.indicator for figure in figures}
    return {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=codes)}


def kind_of(figure: ReadFigure, loud: str = "") -> str:
    """The shape of a figure: what an open finding says of it speaks louder than its state."""
    if loud == "error" and figure.state != FigureState.REJECTED:
        return "bad"
    if loud == "question" and figure.state in ASKED:
        return "doubt"
    return KIND[FigureState(figure.state)]


def word_of(figure: ReadFigure, loud: str = "") -> str:
    state = str(figure.get_state_display())
    if loud == "error" and figure.state != FigureState.REJECTED:
        return _("Mâu thuẫn") if figure.state in LEFT else _("%(state)s, mâu thuẫn") % {"state": state}
    return _("%(state)s, đáng hỏi") % {"state": state} if loud == "question" and figure.state in ASKED else state


def conflicts(figure: ReadFigure, loud: Mapping[int, str]) -> bool:
    """Whether the figure stands among those that cannot all be true: nobody has said yet what becomes of it."""
    return figure.state in LEFT and loud.get(figure.pk) == "error"


def shown(figure: ReadFigure, names: Mapping[str, Indicator], loud: Mapping[int, str] | None = None) -> Shown:
    value, unit = value_and_unit(figure)
    indicator = names.get(figure.indicator)
    own_words = indicator is None or not indicator.name_en
    said = (loud or {}).get(figure.pk, "")
    return Shown(figure, name_of(figure, names), _details(figure), value, unit, own_words=own_words, loud=said)


def name_of(figure: ReadFigure, names: Mapping[str, Indicator]) -> str:
    """The catalogue's name; of what the catalogue does not have, the words of the document."""
    indicator = names.get(figure.indicator)
    subject = figure.indicator.partition(":")[2].replace("_", " ")
    name = indicator.name if indicator else words.capital(figure.label or subject or figure.indicator)
    return f"{name}, {figure.segment}" if figure.segment and indicator else name


def _details(figure: ReadFigure) -> str:
    told = [words.capital(words.measure(figure.measure))]
    if figure.measure == "growth" and figure.base:
        told.append(_("so với %(period)s") % {"period": words.period(figure.base)})
    elif figure.period:
        told.append(words.period(figure.period))
    if figure.status != "actual":
        told.append(words.status(figure.status))
    return " · ".join(told)


def value_and_unit(figure: ReadFigure) -> tuple[str, str]:
    """Number and unit for two columns, with sign, range and hedge; never rounded."""
    if figure.of:
        return f"{words.number(figure.value_text)}/{words.number(figure.of)}", words.unit_name(figure.unit)
    number, unit = words.in_unit(figure.value, figure.unit, figure.number)
    if words.carries_sign(figure.measure) and figure.value > 0:
        number = f"+{number}"
    if figure.value_high:
        size = words.size_and_unit(figure.value, figure.unit, figure.number)[0]
        number = f"{number} – {words.number(Decimal(figure.value_high) / size)}"
    if figure.measure == "plan_ratio" and figure.unit == "%":
        unit = pgettext("percent of plan", "% KH")
    return words.hedged(number, figure.hedge), unit


def value_as_read(figure: ReadFigure) -> str:
    """What the program had understood before somebody corrected it."""
    read = figure.as_read
    number, unit = words.in_unit(Decimal(str(read["value"])), read["unit"], read["number"])
    told = [f"{number} {unit}", words.measure(read["measure"])]
    told += [words.period(read["period"])] if read.get("period") else []
    return ", ".join(told)


def range_of(figure: ReadFigure) -> str:
    """What the words allow: "260,975 – 260,985 triệu USD"."""
    size, unit = words.size_and_unit(figure.value, figure.unit, figure.number)
    low, high = Decimal(figure.lower) / size, Decimal(figure.upper) / size
    return f"{words.number(low)} – {words.number(high)} {unit}" if low != high else f"{words.number(low)} {unit}"


def facts(figure: ReadFigure, names: Mapping[str, Indicator]) -> list[Fact]:
    guessed = set(figure.inferred)
    missing = _("chưa rõ")
    told = [
        Fact(_("Gọi là"), figure.label, source=True),
        Fact(_("Khoảng đọc"), range_of(figure)),
        Fact(_("Địa bàn"), figure.area or missing, "area" in guessed, vietnamese=bool(figure.area)),
        Fact(_("Kỳ"), words.capital(words.period(figure.period)) or missing, "period" in guessed),
        Fact(_("So với"), words.capital(words.period(figure.base)), "base" in guessed),
        Fact(_("Phân tổ"), figure.segment, "segment" in guessed, vietnamese=True),
        Fact(_("Loại số"), words.capital(words.measure(figure.measure)), "measure" in guessed),
        Fact(_("Tình trạng"), words.capital(words.status(figure.status)), "status" in guessed),
        Fact(_("Giá"), words.capital(words.price_basis(figure.price_basis)), "price_basis" in guessed),
        Fact(_("Chỗ"), words.spot(figure.at)),
    ]
    if figure.indicator not in names:
        told.insert(1, Fact(_("Danh mục"), _("chưa có tên này; khi nhận sẽ thêm")))
    return [fact for fact in told if fact.value]


# ---- all of a document


def in_order(figures: Iterable[ReadFigure], loud: Mapping[int, str] | None = None) -> list[ReadFigure]:
    """What cannot all be true first, then by doubt, then as they stand in the document."""
    place, said = {state: number for number, state in enumerate(ORDER)}, loud or {}
    return sorted(
        figures,
        key=lambda figure: (not conflicts(figure, said), place[FigureState(figure.state)], figure.ordinal),
    )


def groups(
    figures: Sequence[ReadFigure], names: Mapping[str, Indicator], current: int | None = None,
    loud: Mapping[int, str] | None = None,
) -> list[Group]:  # fmt: skip
    """One group a state, empty ones too: a figure may come to any of them; before them what cannot all be true."""
    said = loud or {}
    of_group: dict[FigureState | None, list[ReadFigure]] = {None: [], **{state: [] for state in ORDER}}
    for figure in in_order(figures):
        of_group[None if conflicts(figure, said) else FigureState(figure.state)].append(figure)
    return [
        Group(
            state or FigureState.WAITING,
            [shown(one, names, said) for at, one in enumerate(found) if at < LISTED or one.ordinal == current],
            len(found),
            state is None,
        )
        for state, found in of_group.items()
    ]


def counted(figures: Iterable[ReadFigure], loud: Mapping[int, str] | None = None) -> list[Group]:
    """The heads of the groups alone."""
    counts = Counter(None if conflicts(figure, loud or {}) else FigureState(figure.state) for figure in figures)
    heads = [Group(state, [], counts[state]) for state in ORDER]
    return [Group(FigureState.WAITING, [], counts[None], conflicting=True), *heads]


def next_after(
    figures: Sequence[ReadFigure], ordinal: int, wanted: Sequence[FigureState] = LEFT,
    loud: Mapping[int, str] | None = None,
) -> int | None:  # fmt: skip
    """The next figure that waits for a look, in the order of the list; from the start again at its end."""
    ordered = in_order(figures, loud)
    left = [figure.ordinal for figure in ordered if figure.state in wanted or figure.ordinal == ordinal]
    if ordinal not in left:
        return left[0] if left else None
    at = left.index(ordinal)
    after = left[at + 1 :] + left[:at]
    return after[0] if after else None


def marks_of(figures: Iterable[ReadFigure]) -> list[Mark]:
    return merged((figure.start, figure.end, figure.ordinal) for figure in figures)


def mark_shown(
    mark: Mark, text: str, figures: Mapping[int, ReadFigure], current: int | None = None,
    loud: Mapping[int, str] | None = None,
) -> MarkShown:  # fmt: skip
    told = [(figures[ordinal], (loud or {}).get(figures[ordinal].pk, "")) for ordinal in mark.ordinals]
    rank = {"error": 0, "question": 1}
    figure, said = min(told, key=lambda one: (rank.get(one[1], 2), ORDER.index(FigureState(one[0].state))))
    return MarkShown(mark.ordinals, text, kind_of(figure, said), word_of(figure, said), current in mark.ordinals)


def statements(found: Iterable[ReadStatement], noted: Document | None = None) -> list[StatementShown]:
    """`noted` is the document, for who may make notes of what it says."""
    made = []
    for statement in found:
        arrow, word = SIGNS.get(statement.sign, ("·", gettext_lazy("nhận định")))
        told = [str(word)]
        if statement.period:
            told.append(words.period(statement.period))
        if statement.base:
            told.append(_("so với %(period)s") % {"period": words.period(statement.base)})
        note = note_address(noted, statement) if noted else ""
        made.append(StatementShown(statement, arrow, str(word), " · ".join(told), note))
    return made


def kind_of_file(document: Document) -> str:
    word, excel, page_ = _("Tệp Word"), _("Bảng Excel"), _("Trang web")
    known = {
        "docx": word,
        "doc": word,
        "pdf": _("Tệp PDF"),
        "xlsx": excel,
        "xls": excel,
        "csv": _("Bảng CSV"),
        "html": page_,
        "htm": page_,
        "md": _("Văn bản Markdown"),
        "txt": _("Văn bản thuần"),
    }
    return known.get(document.media, document.media.upper())
