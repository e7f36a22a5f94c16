# SPDX-License-Identifier: Apache-2.0
"""What a draft says otherwise than the report that was issued last, number by number, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Paragraph, Piece, Words
from bamsat.core.report.period_words import period_words
from bamsat.core.report.wording import Setting, sentence
from bamsat.core.terms.numbers import NUMBER, read_number
from bamsat.core.terms.period import Period

Kind = Literal["changed", "gone", "new"]
Why = Literal[
    "corrected", "part_corrected", "base_corrected", "withdrawn", "actual", "released", "source", "boundaries",
    "months", "exact", "hedge", "unknown",
]  # fmt: skip

# How each reason is told of one number, and of several in a summary.
REASONS: dict[str, tuple[str, str, str, str]] = {
    "actual": ("số ước nay là số thực hiện", "the estimate became the actual figure",
               "số ước nay là số thực hiện", "estimates became actual figures"),
    "corrected": ("số được đính chính", "the figure was corrected", "số được đính chính", "figures were corrected"),
    "part_corrected": ("số của {period} trong đó được đính chính", "the figure of {period} in it was corrected",
                       "số cộng từ số được đính chính", "sums of figures that were corrected"),
    "base_corrected": ("số gốc so sánh của {period} được đính chính", "the base of {period} was corrected",
                       "số so với số gốc được đính chính", "figures held against a corrected base"),
    "withdrawn": ("số cũ đã rút khỏi sổ", "the old figure was withdrawn",
                  "số đã rút khỏi sổ", "figures were withdrawn"),
    "released": ("nay có số công bố sau ({vintage})", "a later release has come ({vintage})",
                 "số có lần công bố sau", "figures of later releases"),
    "source": ("lấy từ nguồn khác ({source})", "taken from another source ({source})",
               "số lấy từ nguồn khác", "figures of another source"),
    "boundaries": ("tính lại theo địa giới khác", "counted anew on other boundaries",
                   "số tính lại theo địa giới khác", "figures on other boundaries"),
    "months": ("cộng từ những kỳ khác trước", "added up of other periods than before",
               "số cộng từ những kỳ khác trước", "sums of other periods"),
    "exact": ("số viết chính xác hơn", "written more exactly", "số viết chính xác hơn", "figures written more exactly"),
    "hedge": ("lời kèm số thay đổi", "the words beside the figure changed",
              "số đổi lời kèm", "figures with other words beside them"),
    "unknown": ("chưa rõ vì sao; hãy mở hai số để xem", "the reason is not known; open both figures",
                "số chưa rõ vì sao", "figures for a reason not known"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a version, as it is kept with it."""

    text: str
    indicator: str
    measure: str
    period: str
    value: Decimal
    unit: str
    status: str = "actual"
    segment: str = ""
    base: str = ""
    hedge: str = ""
    area: str = ""
    price_basis: str = ""
    entries: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Number:
        """From an object of models.Version.numbers."""
        said = {
            name: str(data.get(name) or "") for name in cls.__dataclass_fields__ if name not in ("value", "entries")
        }
        entries = tuple(str(entry) for entry in data.get("entries", ()))
        return cls(**said, value=Decimal(str(data["value"])), entries=entries)

    @property
    def about(self) -> tuple[str, ...]:
        """What it is a number of; a target is another thing than a result."""
        aim = "target" if self.status == "target" else ""
        return self.indicator, self.segment, self.measure, self.period, self.base, self.area, self.price_basis, aim

    @property
    def says(self) -> tuple[Decimal, str, str, str]:
        return self.value, self.unit, self.status, self.hedge


@dataclass(frozen=True, slots=True)
class Entered:
    """What the ledger knows of an entry: when it was written and what became of it."""

    period: str
    kind: str = "actual"
    vintage: str = "official"
    source: str = ""  # the provider's name
    place: str = ""
    replaced_by: str = ""  # the entry that stands in its place
    reason: str = ""  # why it was replaced or withdrawn
    by: str = ""
    on: date | None = None  # the day of that
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that the draft says otherwise, says no more, or says for the first time."""

    kind: Kind
    now: Number | None
    before: Number | None
    why: Why
    because: str = ""  # the reason that somebody gave
    by: str = ""
    on: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> Number:
        found = self.now or self.before
        assert found is not None
        return found

    def reason(self, english: bool = False) -> str:
        """Why, in a clause: what happened, when, and in whose words."""
        told = REASONS[self.why][1 if english else 0].format_map(_Blank(self.details))
        if self.on is not None:
            told += f" {'on' if english else 'ngày'} {self.on:%d/%m/%Y}"
        if self.because:
            told += f": “{self.because}”"
        return told


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def differences(
    now: Iterable[Mapping[str, Any]],
    before: Iterable[Mapping[str, Any]],
    entered: Mapping[str, Entered] | None = None,
    *,
    same_period: bool = False,
) -> tuple[Difference, ...]:
    """The numbers about the same thing that differ, in the order of the draft, each with its reason.

    Reports of two periods tell different things anyway: what only one of them tells is a difference where both are of
    the `same_period`, and where the number of the earlier one was withdrawn.
    """
    known = entered or {}
    news, olds = _by_subject(now), _by_subject(before)
    found = [
        _changed(number, olds[about], known)
        for about, number in news.items()
        if about in olds and olds[about].says != number.says
    ]
    if same_period:
        found += [Difference("new", number, None, "unknown") for about, number in news.items() if about not in olds]
    for about, old in olds.items():
        if about not in news:
            gone = _withdrawn(None, old, known) or (Difference("gone", None, old, "unknown") if same_period else None)
            found += [gone] if gone else []
    return tuple(found)


def _by_subject(numbers: Iterable[Mapping[str, Any]]) -> dict[tuple[str, ...], Number]:
    """One number a subject: of two tellings, the one that says more digits."""
    found: dict[tuple[str, ...], Number] = {}
    for data in numbers:
        number = Number.of(data)
        kept = found.get(number.about)
        if kept is None or _digits(number.value) > _digits(kept.value):
            found[number.about] = number
    return found


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _changed(now: Number, before: Number, known: Mapping[str, Entered]) -> Difference:
    if found := _withdrawn(now, before, known) or _corrected(now, before, known):
        return found
    olds = [known[entry] for entry in before.entries if entry in known]
    news = [known[entry] for entry in now.entries if entry in known]
    if before.status in ("estimate", "forecast") and now.status == "actual":
        return Difference("changed", now, before, "actual")
    if olds and news:
        for why, told in _apart(olds, news):
            return Difference("changed", now, before, why, details=told)
    if _more_exact(now, before):
        return Difference("changed", now, before, "exact")
    if (now.value, now.unit) == (before.value, before.unit):
        return Difference("changed", now, before, "hedge")
    return Difference("changed", now, before, "unknown")


def _withdrawn(now: Number | None, before: Number, known: Mapping[str, Entered]) -> Difference | None:
    for entry in before.entries:
        if (one := known.get(entry)) and one.withdrawn and entry not in (now.entries if now else ()):
            kind: Kind = "changed" if now else "gone"
            return Difference(kind, now, before, "withdrawn", one.reason, one.by, one.on)
    return None


def _corrected(now: Number, before: Number, known: Mapping[str, Entered]) -> Difference | None:
    for entry in before.entries:
        one = known.get(entry)
        if one is None or not one.replaced_by or entry in now.entries:
            continue
        why: Why = "corrected"
        if one.period != before.period:
            why = "base_corrected" if _within(one.period, before.base) else "part_corrected"
        return Difference(
            "changed", now, before, why, one.reason, one.by, one.on, {"period": _period_words(one.period)}
        )
    return None


def _within(period: str, base: str) -> bool:
    if not base:
        return False
    inner, outer = Period.parse(period), Period.parse(base)
    return outer.first <= inner.first and inner.last <= outer.last


def _apart(olds: Sequence[Entered], news: Sequence[Entered]) -> Iterable[tuple[Why, dict[str, str]]]:
    """In what the entries of two numbers differ, the likeliest reason first."""
    if {one.source for one in olds} != {one.source for one in news}:
        yield "source", {"source": ", ".join(sorted({one.source for one in news if one.source})) or "…"}
    if {one.vintage for one in olds} != {one.vintage for one in news}:
        yield "released", {"vintage": ", ".join(sorted({_VINTAGES.get(one.vintage, one.vintage) for one in news}))}
    if {one.place for one in olds} != {one.place for one in news}:
        yield "boundaries", {}
    if {one.period for one in olds} != {one.period for one in news}:
        yield "months", {}


_VINTAGES = {"estimate": "ước tính", "preliminary": "sơ bộ", "official": "chính thức"}


def _more_exact(now: Number, before: Number) -> bool:
    """Whether the new number, rounded as the old one was written, is the old one."""
    step, finer = _step(before), _step(now)
    if step is None or finer is None or finer >= step or (now.unit, now.status) != (before.unit, before.status):
        return False
    return abs(now.value - before.value) <= step / 2


def _step(number: Number) -> Decimal | None:
    """What the last digit of a number's words is worth."""
    found = NUMBER.search(number.text)
    written = read_number(found[0]) if found else None
    if written is None or not written.value:
        return None
    return abs(number.value / written.value).scaleb(min(0, int(written.value.as_tuple().exponent)))


def _period_words(code: str) -> str:
    return period_words(Period.parse(code))


# In words.

_COUNTS = ("", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_ENGLISH = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def summary(found: Sequence[Difference], report_vi: str, report_en: str = "") -> tuple[str, str]:
    """How many numbers differ, and why, in Vietnamese and English.

    >>> one = Number.of({"indicator": "iip", "measure": "growth", "period": "2026-09", "value": "5", "unit": "%"})
    >>> found = [Difference("changed", one, one, "actual"), Difference("changed", one, one, "actual")]
    >>> summary(found, "báo cáo tháng 9 năm 2026")[0]
    'Hai số khác với báo cáo tháng 9 năm 2026: 2 số ước nay là số thực hiện.'
    """
    report_en = report_en or report_vi
    if not found:
        return f"Không số nào khác với {report_vi}.", f"No figure differs from {report_en}."
    count = len(found)
    vi = f"{_COUNTS[count] if count < len(_COUNTS) else count} số khác với {report_vi}"
    en = f"{_ENGLISH[count] if count < len(_ENGLISH) else count} figures differ from {report_en}"
    if count == 1:
        return (
            f"{vi}, vì {found[0].reason()}.",
            f"One figure differs from {report_en}: {found[0].reason(english=True)}.",
        )
    reasons = Counter(each.why for each in found).most_common()
    told_vi = "; ".join(f"{number} {REASONS[why][2]}" for why, number in reasons)
    told_en = "; ".join(f"{number} {REASONS[why][3]}" for why, number in reasons)
    return f"{vi}: {told_vi}.", f"{en}: {told_en}."


def difference_paragraph(
    found: Sequence[Difference], report_vi: str, names: Mapping[str, str], setting: Setting
) -> Paragraph | None:
    """The official paragraph that a report may hold: the new values of what was adjusted, never the old ones again.

    What is gone or new is not told: the first has no value, the second is in the report anyway.
    """
    topics: dict[tuple[str, ...], Topic] = {}
    for each in found:
        number = each.now
        if each.kind != "changed" or number is None or number.says[:2] == (each.before and each.before.says[:2]):
            continue
        slot = _SLOTS.get(number.measure)
        if slot is None or number.status == "target":
            continue
        key = (number.indicator, number.segment, number.period, number.area)
        name = names.get(number.indicator, number.indicator)
        topic = topics.get(key) or Topic(number.indicator, name, Period.parse(number.period), segment=number.segment)
        topics[key] = _with(topic, _slot_of(number, slot), fact_of(number))
    if not topics:
        return None
    pieces: list[Piece] = [Words(f"Một số số liệu được điều chỉnh so với {report_vi}.")]
    for topic in topics.values():
        pieces += [Words(" "), *sentence(topic, setting)]
    return Paragraph(tuple(pieces))


_SLOTS = {"level": "level", "index": "level", "growth": "growth", "plan_ratio": "plan_ratio", "share": "share"}


def _slot_of(number: Number, slot: str) -> str:
    if slot != "growth" or not number.base:
        return slot
    year_before = Period.parse(number.period).shift_years(-1)
    return "growth" if Period.parse(number.base) == year_before else "growth_on_last"


def _with(topic: Topic, slot: str, fact: Fact) -> Topic:
    told: dict[str, Any] = {slot: fact}
    return replace(topic, **told)


def fact_of(number: Number) -> Fact:
    """The fact that a kept number tells."""
    return Fact(
        number.indicator, number.measure, number.value, number.unit, Period.parse(number.period),
        base=Period.parse(number.base) if number.base else None, status=number.status, hedge=number.hedge,
        segment=number.segment, area=number.area, price_basis=number.price_basis, entries=number.entries,
    )  # fmt: skip
