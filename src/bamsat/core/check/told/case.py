# SPDX-License-Identifier: Apache-2.0
"""A conflict with everything at hand to speak of it: shapes, names, amounts in one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from bamsat.core.check.model import Conflict, Network, Suspect
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.shapes import Level, Shapes
from bamsat.core.check.words.naming import Names, capital
from bamsat.core.check.words.printed import HEDGE_WORDS, printed, said
from bamsat.core.check.words.written import Language, Size, exact, size_for
from bamsat.core.terms.figure import Figure

LISTED = 5  # parts that a sentence names; of more it says how many


class Case:
    """A conflict and its words; `order` are its figures, the likeliest wrong one first."""

    def __init__(
        self, network: Network, conflict: Conflict, order: Sequence[int], many_places: bool | None = None
    ) -> None:
        self.network = network
        self.conflict = conflict
        self.constraints = [network.constraints[at] for at in conflict.constraints]
        self.shapes = Shapes.of(network, conflict)
        self.order = [*order, *(at for at in self.shapes.figures if at not in order)]
        variables = {at for one in self.constraints for row in one.rows for at, _ in row.terms}
        self.names = Names(network, sorted(variables), self.shapes.figures, many_places)
        self.suspects: dict[int, Suspect] = {one.figure: one for one in conflict.suspects}

    def figure(self, at: int) -> Figure:
        return self.network.figures[at].figure

    # ---- levels

    def levels(self, variable: int) -> list[Level]:
        return [one for one in self.shapes.levels if one.variable == variable and one.figure is not None]

    def level_at(self, variable: int) -> int | None:
        """The position of the figure that says a value, if just one does."""
        found = {one.figure for one in self.levels(variable)}
        return found.pop() if len(found) == 1 else None

    def level(self, variable: int) -> Figure | None:
        at = self.level_at(variable)
        return None if at is None else self.figure(at)

    def levels_of(self, variables: Iterable[int]) -> dict[int, Figure] | None:
        """The figures of several values, if each has just one."""
        found = {at: figure for at in variables if (figure := self.level(at)) is not None}
        return found if set(found) == set(variables) else None

    def size(self, variable: int, without: int | None = None) -> Size:
        """The unit in which values of a sentence are told: that of a figure, rather not of the one in doubt."""
        unit = self.network.variables[variable].unit
        own = self.level_at(variable)
        others = [one.figure for one in self.shapes.levels if one.figure is not None]
        for at in (own, *others) if own != without else (*others, own):
            if at is not None and at != without and self.figure(at).unit == unit:
                return printed(self.figure(at)).size
        if own is not None:
            return printed(self.figure(own)).size
        middle = next((one.range.middle for one in self.shapes.levels if one.variable == variable), None)
        return size_for(middle, unit)

    def amount(self, variable: int, language: Language) -> str:
        """A value as its figure prints it, with its source where there are several."""
        at = self.level_at(variable)
        return "" if at is None else said(self.figure(at), language) + self.names.source(at, language)

    def number(self, variable: int, size: Size) -> str:
        """The digits of a level for a calculation, in one unit for all."""
        figure = self.level(variable)
        return "?" if figure is None else exact(Fraction(figure.value) / Fraction(size.scale))

    def value(self, variable: int, known: dict[int, Range]) -> Fraction:
        figure = self.level(variable)
        return Fraction(figure.value) if figure is not None else known[variable].middle or Fraction(0)

    # ---- what is allowed for

    def allowing(self, language: Language) -> str:
        """What was allowed for: rounding, hedges at their word or far beyond, another price basis."""
        rounded = any(self.figure(at).lower != self.figure(at).upper for at in self.shapes.figures)
        told = [("làm tròn", "rounding")[language == "en"]] if rounded else []
        for one in self.constraints:
            if one.figure is None or self.figure(one.figure).hedge is None:
                continue
            word = HEDGE_WORDS.get(self.figure(one.figure).hedge or "", ("", ""))[language == "en"]
            told.append(
                (f"chữ “{word}”", f"“{word}”")[language == "en"] if one.assumed
                else (f"hiểu rất rộng chữ “{word}”", f"“{word}” in its widest sense")[language == "en"]
            )  # fmt: skip
        if any(self._at_other_prices(at) for at in self.shapes.figures):
            told.append(("khác cơ sở giá", "another price basis")[language == "en"])
        told = list(dict.fromkeys(told))
        if not told:
            return ""
        if language == "en":
            return f"(allowing for {joined(told, 'and')})"
        return f"(kể cả {', '.join(told)})"

    def _at_other_prices(self, at: int) -> bool:
        """Whether a growth is taken far more widely than it is printed, because its prices are not stated."""
        figure = self.figure(at)
        if figure.hedge is not None:
            return False
        more = 100 if figure.measure == "growth" else 0
        return any(
            one.figure == at and one.range.high is not None
            and one.range.high * 100 > Fraction(figure.upper) + more + 1
            for one in self.shapes.ratios
        )  # fmt: skip


class Told:
    """A sentence in both languages with its calculation, the same in every language."""

    def __init__(self, say: Callable[[Language], str], calc: str = "") -> None:
        self.vi, self.en, self.calc = _sentence(say("vi")), _sentence(say("en")), calc


def _sentence(text: str) -> str:
    return capital(" ".join(text.split()).rstrip(".")) + "."


def is_(told: str) -> str:
    """The word before a span in Vietnamese: phải là 3 – 4, but phải từ 3 trở lên."""
    return "" if told.startswith(("từ ", "không quá ")) else "là "


def joined(texts: Sequence[str], word: str) -> str:
    """Words as a list: a, b và c."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def added(numbers: Iterable[tuple[Fraction, str]]) -> str:
    """A sum as it is typed into a calculator.

    >>> added([(Fraction(1), "3,5"), (Fraction(-1), "2"), (Fraction(2), "−1")])
    '3,5 − 2 + 2 × (−1)'
    """
    told = ""
    for times, number in numbers:
        sign = " − " if times < 0 else " + "
        factor = "" if abs(times) == 1 else f"{exact(abs(times))} × "
        told += (sign if told or times < 0 else "") + factor + (f"({number})" if number.startswith("−") else number)
    return told.strip()


def near(value: Fraction, places: int) -> str:
    """The result of a calculation, said to be rounded where its decimals go on.

    >>> near(Fraction(3, 2), 4), near(Fraction(2, 3), 4)
    ('= 1,5', '≈ 0,6667')
    """
    return f"{'=' if (value * 10**places).denominator == 1 else '≈'} {exact(value, places)}"
