# SPDX-License-Identifier: Apache-2.0
"""What the check calls the true values that figures speak of: indicator, part, place and period, as far as needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Network, Stated, Variable
from bamsat.core.check.words.written import Language, period_words
from bamsat.core.terms.data import shipped

_FAMILIES = {"product": ("sản lượng {}", "output of “{}”")}


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    tables = ("catalogue/indicators.yml", "indicators.yml")
    return {entry["code"]: (entry["name"]["vi"], entry["name"]["en"]) for table in tables for entry in shipped(table)}


def indicator_name(code: str, language: Language = "vi", label: str = "") -> str:
    """The catalogue's name; of what the catalogue does not have, the words of the document.

    >>> indicator_name("industrial_output", "en"), indicator_name("product:xi măng"), indicator_name("other:số chợ")
    ('Industrial production value', 'Sản lượng xi măng', 'Số chợ')
    """
    if "+" in code:
        first, *more = (indicator_name(one, language) for one in code.split("+"))
        return (" và " if language == "vi" else " and ").join([first, *map(uncapital, more)])
    if code in _known():
        return _known()[code][language == "en"]
    family, colon, own = code.partition(":")
    words = own.replace("_", " ") if colon else (label or code.replace("_", " "))
    if family in _FAMILIES and colon:
        return capital(_FAMILIES[family][language == "en"].format(words))
    return capital(words) if language == "vi" else f"“{words}”"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """For the middle of a sentence; abbreviations stay as they are.

    >>> uncapital("Kim ngạch xuất khẩu"), uncapital("IIP khai khoáng")
    ('kim ngạch xuất khẩu', 'IIP khai khoáng')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


class Names:
    """Names of true values; what several have in common is left out only where nothing else is meant."""

    def __init__(
        self, network: Network, variables: Iterable[int], figures: Iterable[int], many_places: bool | None = None
    ) -> None:
        self.network = network
        self.stated: list[Stated] = [network.figures[at] for at in figures]
        used = [network.variables[at] for at in variables]
        known = Knowledge.shipped()
        self._segments = {
            known.part_of(one.figure.indicator, words)[1]: words for one in self.stated if (words := one.figure.segment)
        }
        self._areas = {one.place: one.figure.area for one in self.stated if one.place and one.figure.area}
        self._many_places = several_places(network) if many_places is None else many_places
        self._many_sources = len({one.source for one in used}) > 1
        self._many_prices = len({one.price_basis for one in used if one.price_basis}) > 1

    def whole(self, at: int, language: Language = "vi", *, period: bool = True) -> str:
        """Everything that has to be said: "Kim ngạch xuất khẩu của Cao Bằng năm 2021"."""
        one = self.network.variables[at]
        vietnamese = language == "vi"
        name = self.indicator(one, language)
        if one.breakdown.partition(APART)[0]:
            name += f", {self.segment(one)}," if vietnamese else f" ({self.segment(one)})"
        if self._many_places and one.place:
            name += f" {'của' if vietnamese else 'of'} {self.place(one)}"
        if self._many_prices and one.price_basis:
            name += f" ({price(one.price_basis, language)})"
        kind, when = self._kind(one, language), period_words(one.period, language)
        if not vietnamese:
            when = f"{'for' if kind else 'in'} {when}" if when else ""
        return " ".join(part for part in (name, kind, when if period else "") if part).rstrip(",")

    def indicator(self, one: Variable, language: Language) -> str:
        own = next((each.figure.label for each in self.stated if each.figure.indicator == one.indicator), "")
        return indicator_name(one.indicator, language, own)

    def segment(self, one: Variable) -> str:
        own = one.breakdown.partition(APART)[0]
        return str(self._segments.get(own) or uncapital(Knowledge.shipped().part_name(one.indicator, own).vi))

    def place(self, one: Variable) -> str:
        return str(self._areas.get(one.place, one.place))

    def _kind(self, one: Variable, language: Language) -> str:
        if one.kind == "plan":
            return "kế hoạch" if language == "vi" else "planned"
        if one.kind == "forecast":
            return "dự báo" if language == "vi" else "forecast"
        return ""

    def beside(self, at: int, other: int, language: Language = "vi") -> str:
        """A value named by what sets it apart from another: "năm 2020", "kế hoạch năm 2021", "dệt may"."""
        one, than = self.network.variables[at], self.network.variables[other]
        if one.indicator != than.indicator:
            return uncapital(self.whole(at, language, period=one.period != than.period))
        told: list[str] = []
        if one.breakdown.partition(APART)[0] != than.breakdown.partition(APART)[0]:
            told.append(self.segment(one) or ("tổng số" if language == "vi" else "the total"))
        if one.place != than.place:
            told.append(self.place(one))
        if one.kind != than.kind and (one.kind != "actual" or one.period == than.period):
            told.append(self._kind(one, language) or ("thực hiện" if language == "vi" else "actual"))
        if one.period != than.period or one.kind != than.kind:
            told.append(period_words(one.period, language))
        if not told and one.price_basis != than.price_basis:
            told.append(price(one.price_basis, language))
        return " ".join(told) or uncapital(self.whole(at, language))

    def source(self, figure: int, language: Language = "vi") -> str:
        """Where a figure stands, if the figures of a finding stand in several places."""
        if not self._many_sources:
            return ""
        one = self.network.figures[figure]
        where = one.figure.doc or one.source
        return (f" (theo {where})" if language == "vi" else f" (in {where})") if where else ""


def price(basis: str, language: Language = "vi") -> str:
    """A price basis in words: giá so sánh 2010."""
    kind, _, year = basis.partition(":")
    if kind == "constant":
        return f"giá so sánh {year}".strip() if language == "vi" else f"constant {year} prices"
    if kind == "current":
        return "giá hiện hành" if language == "vi" else "current prices"
    return basis


def several_places(network: Network) -> bool:
    """Whether a network speaks of more than one place, so that a sentence has to say which."""
    first = network.variables[0].place if network.variables else ""
    return any(variable.place != first for variable in network.variables)
