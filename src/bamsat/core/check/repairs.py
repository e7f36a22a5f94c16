# SPDX-License-Identifier: Apache-2.0
"""Ways to mend a conflict: which figure, by what slip, to what; in order of plausibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bamsat.core.check.elsewhere import Index, borrowed, forgotten
from bamsat.core.check.model import Conflict, Interval, Network, Repair, Suspect
from bamsat.core.check.naming import capital, uncapital
from bamsat.core.check.printed import printed, said
from bamsat.core.check.shapes import Range
from bamsat.core.check.slips import Meant, meant
from bamsat.core.check.telling import Case, against
from bamsat.core.check.written import Language, digits, grew, span
from bamsat.core.terms.figure import Figure

_SLIPS_EACH = 2
_SUSPECTS = 4
NO_SLIP = 99
_PERCENT = ("growth", "index", "plan_ratio", "share")


@dataclass(frozen=True, slots=True)
class Suspected:
    """A suspect with what the others leave for it, in the unit of its figure, and the slips that would mend it."""

    suspect: Suspect
    allowed: Range
    slips: tuple[Meant, ...]

    @property
    def rank(self) -> int:
        return min((slip.rank for slip in self.slips), default=NO_SLIP)


def ranked(network: Network, conflict: Conflict, index: Index | None = None) -> tuple[Suspect, ...]:
    """The suspects of a conflict, the likeliest wrong one first."""
    return tuple(one.suspect for one in suspected(network, conflict, index))


def suspected(network: Network, conflict: Conflict, index: Index | None = None) -> list[Suspected]:
    """The suspects in order: who mends it alone, by a plausible slip, less trusted, hedged, by the smaller change."""
    case = Case(network, conflict, [one.figure for one in conflict.suspects])
    index = index or Index(network)
    found = [_suspected(case, one, index) for one in conflict.suspects]
    order = {one.figure: at for at, one in enumerate(conflict.suspects)}

    def key(one: Suspected) -> tuple[object, ...]:
        stated = network.figures[one.suspect.figure]
        hedged = stated.figure.hedge is None
        return (
            not one.suspect.alone, one.rank, stated.weight, hedged, _farness(stated.figure, one.allowed),
            order[one.suspect.figure],
        )  # fmt: skip

    return sorted(found, key=key)


def _suspected(case: Case, one: Suspect, index: Index) -> Suspected:
    figure = case.figure(one.figure)
    allowed = in_figure(figure, one.allowed)
    found = case.shapes.implied(one.figure)
    if allowed.is_open and found is not None:
        where, _, shape = found
        percent = figure.measure in _PERCENT
        allowed = _less_base(figure, where.times(Fraction(100)) if percent else where)
    if allowed.is_open:
        return Suspected(one, allowed, ())
    fitting = [slip for slip in meant(figure) if _fits(slip, figure, allowed)]
    fitting += borrowed(case, one.figure, index, allowed) + forgotten(case, one.figure, allowed)
    return Suspected(one, allowed, tuple(_best(fitting, allowed)))


def in_figure(figure: Figure, allowed: Interval) -> Range:
    """What the solver leaves for a figure, in the unit in which the figure is told."""
    found = Range(*(None if end is None else Fraction(end) for end in (allowed.low, allowed.high)))
    return _less_base(figure, found) if figure.measure in _PERCENT else found


def _less_base(figure: Figure, found: Range) -> Range:
    if figure.measure not in _PERCENT:
        return found
    if figure.measure == "growth":
        found = found.plus(Range(Fraction(-100), Fraction(-100)))
    if figure.unit == "times":
        return found.times(Fraction(1, 100))
    return found.times(Fraction(10)) if figure.unit == "‰" else found


def _fits(slip: Meant, figure: Figure, allowed: Range) -> bool:
    said_ = Range(Fraction(slip.low), Fraction(slip.high))
    return slip.value != figure.value and said_.meets(allowed)


def _best(fitting: list[Meant], allowed: Range) -> Iterator[Meant]:
    """Of each slip the one that lies best, of all slips the few that happen most."""
    middle = allowed.middle or Fraction(0)
    fitting.sort(key=lambda slip: (slip.rank, abs(Fraction(slip.value) - middle)))
    taken: set[object] = set()
    for slip in fitting:
        if slip.slip in taken or slip.value in taken:
            continue
        taken |= {slip.slip, slip.value}
        yield slip


def _farness(figure: Figure, allowed: Range) -> Fraction:
    """By how much of its size a figure would have to change."""
    value = Fraction(figure.value) + (100 if figure.measure == "growth" else 0)
    ends = [end + (100 if figure.measure == "growth" else 0) for end in (allowed.low, allowed.high) if end is not None]
    return min((abs(end - value) / (abs(value) or 1) for end in ends), default=Fraction(10) ** 9)


# ---- as repairs


def repairs(case: Case, found: list[Suspected]) -> tuple[Repair, ...]:
    """The ways to mend, slips first; of a figure without a plausible slip only where it would have to lie."""
    wanted = [one for one in found if one.suspect.alone] or found[:1]
    made: list[tuple[int, int, Repair]] = []
    for at, one in enumerate(wanted[:_SUSPECTS]):
        for slip in one.slips[:_SLIPS_EACH]:
            made.append((slip.rank, at, _of_slip(case, one, slip)))
        if not one.slips and not one.allowed.is_open:
            made.append((NO_SLIP, at, _other(case, one)))
    return tuple(repair for _, _, repair in sorted(made, key=lambda each: (each[1], each[0])))


def _of_slip(case: Case, one: Suspected, slip: Meant) -> Repair:
    stated = case.network.figures[one.suspect.figure]
    low, high = _ends(one.allowed)

    def say(language: Language) -> str:
        named = becomes(case, one.suspect.figure, slip.number, slip.value, language)
        if language == "vi":
            return f"Nếu {named} ({slip.vi}) thì {_fits_all(one, language)}."
        return f"If {named} ({slip.en}), {_fits_all(one, language)}."

    return Repair(stated.key, slip.slip, slip.value, low, high, slip.number, say("vi"), say("en"))


def _fits_all(one: Suspected, language: Language) -> str:
    if one.suspect.alone:
        return "mọi số khớp" if language == "vi" else "everything fits"
    return "các số trên khớp" if language == "vi" else "these figures fit"


def _other(case: Case, one: Suspected) -> Repair:
    figure = case.figure(one.suspect.figure)
    low, high = _ends(one.allowed)
    value, number = only_value(figure, one.allowed)

    def say(language: Language) -> str:
        within = allowed_said(figure, one.allowed, language)
        name = uncapital(subject(case, one.suspect.figure, language))
        if language == "vi":
            return capital(f"{name} phải là {within} thì {_fits_all(one, language)}.")
        return capital(f"{name} would have to be {within}.")

    return Repair(case.network.figures[one.suspect.figure].key, "other", value, low, high, number, say("vi"), say("en"))


def only_value(figure: Figure, allowed: Range) -> tuple[Decimal | None, str]:
    """The value and the number that a figure would show, where its decimals leave only one; else the span."""
    one = printed(figure)
    if one.number is not None and allowed.low is not None and allowed.high is not None and allowed.middle is not None:
        number = one.number_of(allowed.middle)
        value = one.value(number)
        grain = abs(Fraction(one.times)) / 10**one.places
        if abs(Fraction(value) - allowed.middle) <= grain and allowed.high - allowed.low <= grain:
            return value, one.written(number)
    size = one.size
    ends = (allowed.low, allowed.high)
    return None, span(*ends, figure.unit, size=size, apart=(figure.lower, figure.upper))


def allowed_said(figure: Figure, allowed: Range, language: Language) -> str:
    apart = (figure.lower, figure.upper)
    if figure.measure == "growth" and allowed.low is not None and allowed.high is not None:
        return grew(allowed.low, allowed.high, language, apart)
    return span(allowed.low, allowed.high, figure.unit, language, size=printed(figure).size, apart=apart)


def subject(case: Case, figure: int, language: Language) -> str:
    """What a figure is about: "kim ngạch xuất khẩu năm 2021", "mức so với năm 2020 của …"."""
    names = case.names
    for ratio in case.shapes.ratios:
        if ratio.figure == figure:
            whole = names.whole(ratio.upper, language)
            return f"{whole} {against(case, ratio, language)}"
    for change in case.shapes.changes:
        if change.figure == figure:
            whole, than = names.whole(change.now, language), names.beside(change.before, change.now, language)
            return f"mức tăng giảm của {uncapital(whole)} so với {than}" if language == "vi" else (
                f"the change of {uncapital(whole)} on {than}"
            )  # fmt: skip
    for level in case.shapes.levels:
        if level.figure == figure:
            return names.whole(level.variable, language)
    return said(case.figure(figure), language)


def becomes(case: Case, at: int, number: str, value: Decimal, language: Language) -> str:
    """A figure with the number that it would have: "kim ngạch xuất khẩu năm 2021 là 337,887 triệu USD"."""
    figure, name = case.figure(at), uncapital(subject(case, at, language))
    vietnamese = language == "vi"
    if figure.measure in ("growth", "change"):
        falls = value < 0
        size = number.replace("−", "").replace("-", "")
        size = size if not size.strip()[-1:].isdigit() else printed(figure).size.behind(size, language)
        return f"{name} {('giảm' if falls else 'tăng') if vietnamese else ('is down' if falls else 'is up')} {size}"
    shown = number
    if shown.strip()[-1:].isdigit():
        shown = printed(figure).size.behind(shown, language)
    elif not vietnamese and figure.measure == "level":
        shown = in_english(figure, value, number)
    return f"{name} là {shown}" if vietnamese else f"{name} is {shown}"


def in_english(figure: Figure, value: Decimal, number: str) -> str:
    """A mended number with its unit in English."""
    from bamsat.core.terms.unit import read_unit

    text = number.lstrip()
    end = max(
        (at + 1 for at, char in enumerate(text) if char.isdigit() and text[at + 1 : at + 2] in ("", " ")), default=0
    )
    found = read_unit(text[end:].strip().lower())
    if not found or found.code != figure.unit:
        return number
    from bamsat.core.check.written import scaled

    return scaled(figure.unit, found.scale).behind(text[:end], "en")


def _ends(allowed: Range) -> tuple[Decimal | None, Decimal | None]:
    """The exact ends as decimals, rounded outwards at far more digits than anybody prints."""
    return _rounded(allowed.low, down=True), _rounded(allowed.high, down=False)


def _rounded(end: Fraction | None, down: bool) -> Decimal | None:
    if end is None:
        return None
    shown = digits(end, None) if down else digits(None, end)
    return Decimal(shown[0].replace(".", "").replace(",", ".").replace("−", "-")) if shown else None
