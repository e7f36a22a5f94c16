# SPDX-License-Identifier: Apache-2.0
"""Ways to mend a conflict: which figure, by what slip, to what; in order of plausibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log2, log10

from bamsat.core.check.mending.elsewhere import Index, borrowed, forgotten
from bamsat.core.check.mending.slips import ONE_DIGIT, WEAK, Meant, meant
from bamsat.core.check.model import RATIOS, Conflict, Network, Repair, Suspect
from bamsat.core.check.told.case import Case, is_
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.ratios import compared
from bamsat.core.check.told.shapes import Change, Contribution
from bamsat.core.check.told.sums import growth_room
from bamsat.core.check.words.naming import capital, uncapital
from bamsat.core.check.words.printed import in_language, printed
from bamsat.core.check.words.written import Language, grew, span
from bamsat.core.terms.figure import Figure

__all__ = ["Index", "Suspected", "ranked", "repairs", "suspected"]

_SLIPS_EACH = 2
_SUSPECTS = 4
_NO_SLIP = 99
_MUST = {"growth": "phải", "plan_ratio": "phải bằng", "index": "phải bằng", "share": "phải chiếm"}
_NARROW = Fraction(2)  # what is left may reach so many times its lower end and still say something of digits
_SMALL = Fraction(1, 20)  # a level further off than this without a slip is less likely wrong than a ratio
_WHOLE = Fraction(2, 3)  # a total is typed once, its parts are looked at one by one: it is a little likelier wrong
_NOTHING = Fraction(1, 10**9)  # so small a part of what is printed is said of a base only to be above nothing
_CHANCE = Fraction(3, 5)  # digits that would fit about as well by chance prove little, and soon nothing
_HARDLY = Fraction(3)
_UNUSUAL = 0.3  # by how many powers of ten a mended value has to lie nearer to its series
_FAR_OFF = 5  # by what part of a slip's factor a figure has to be out, for a slip of scale to explain it


@dataclass(frozen=True, slots=True)
class Suspected:
    """A suspect with what the others leave for it, in the unit of its figure, and the slips that would mend it."""

    suspect: Suspect
    allowed: Range
    slips: tuple[Meant, ...]

    @property
    def rank(self) -> int:
        """How plausible the likeliest slip is; one wrong digit among few is no better than none."""
        first = min((slip.rank for slip in self.slips), default=_NO_SLIP)
        return first if first < WEAK else _NO_SLIP


def ranked(network: Network, conflict: Conflict, index: Index | None = None) -> tuple[Suspect, ...]:
    """The suspects of a conflict, the likeliest wrong one first."""
    return tuple(one.suspect for one in suspected(network, conflict, index))


def suspected(network: Network, conflict: Conflict, index: Index | None = None) -> list[Suspected]:
    """The suspects in order: who mends it alone, by a plausible slip, less trusted, hedged, by the smaller change."""
    index = index or Index(network)
    case = Case(network, conflict, [one.figure for one in conflict.suspects], index.many_places)
    found = [_suspected(case, one, index) for one in conflict.suspects]
    wholes = _wholes(case)
    order = {one.figure: at for at, one in enumerate(conflict.suspects)}

    def key(one: Suspected) -> tuple[object, ...]:
        stated = network.figures[one.suspect.figure]
        far = _farness(stated.figure, one.allowed) * (_WHOLE if one.suspect.figure in wholes else 1)
        odd = _oddness(case, one.suspect, one.slips[0], index) if one.slips else 1
        bare = one.rank == _NO_SLIP and far > _SMALL and stated.figure.measure == "level"
        return (
            not one.suspect.alone, one.rank, odd, stated.weight, stated.figure.hedge is None,
            bare, round(8 * log2(far or Fraction(1, 10**9))), order[one.suspect.figure],
        )  # fmt: skip

    return sorted(found, key=key)


def _wholes(case: Case) -> set[int]:
    """The figures of totals."""
    wholes = {relation.whole for relation in case.shapes.sums}
    spoken = [(one.figure, one.variable) for one in case.shapes.levels]
    spoken += [(one.figure, one.upper) for one in case.shapes.ratios]
    return {figure for figure, variable in spoken if figure is not None and variable in wholes}


def _suspected(case: Case, one: Suspect, index: Index) -> Suspected:
    figure = case.figure(one.figure)
    allowed = _left_for(case, one, figure)
    if _says_nothing(figure, allowed):
        return Suspected(one, Range(), ())
    fitting = [
        _by_chance(slip, figure, allowed) for slip in meant(figure, _ends(allowed)) if _fits(slip, figure, allowed)
    ]
    fitting += borrowed(case, one.figure, index, allowed) + forgotten(case, one.figure, index, allowed)
    return Suspected(
        one, allowed, tuple(slip for slip in _best(fitting, allowed) if _oddness(case, one, slip, index) < 2)
    )


# ---- what is left for a figure


def _left_for(case: Case, one: Suspect, figure: Figure) -> Range:
    """By the solver's word and by what the conflict says; that a value is not negative goes without saying."""
    percent = figure.measure in RATIOS
    allowed = Range(*(None if end is None else Fraction(end) for end in (one.allowed.low, one.allowed.high)))
    found = case.shapes.implied(one.figure)
    where = found[0] if found is not None else growth_room(case, one.figure) or _limit(case, figure)
    if where is not None:
        where = where.times(Fraction(100)) if percent else where
        allowed = allowed.within(where) if allowed.meets(where) else where
    if figure.value > 0 and allowed.low is not None and 0 <= allowed.low < Fraction(figure.value) * _NOTHING:
        allowed = Range(None, allowed.high)
    return _in_unit(figure, allowed)


def _limit(case: Case, figure: Figure) -> Range | None:
    """What is left for a figure that nothing can be, as a plain quotient."""
    if len(case.shapes.figures) > 1 or figure.measure not in ("growth", "share"):
        return None
    return Range(Fraction(0), None) if figure.measure == "growth" else Range(Fraction(0), Fraction(1))


def _in_unit(figure: Figure, found: Range) -> Range:
    if figure.measure not in RATIOS:
        return found
    if figure.measure == "growth":
        found = found.plus(Range(Fraction(-100), Fraction(-100)))
    if figure.unit == "times":
        return found.times(Fraction(1, 100))
    return found.times(Fraction(10)) if figure.unit == "‰" else found


def _says_nothing(figure: Figure, allowed: Range) -> bool:
    """Whether nothing is left to say: open on both sides, or what is printed lies in it."""
    if allowed.is_open:
        return True
    return Range(Fraction(figure.lower), Fraction(figure.upper)).meets(allowed) and figure.hedge is None


# ---- which slips


def _fits(slip: Meant, figure: Figure, allowed: Range) -> bool:
    """Whether a slip mends a figure; where much is left, only one that explains how far off the figure is."""
    if slip.value == figure.value or not Range(Fraction(slip.low), Fraction(slip.high)).meets(allowed):
        return False
    if slip.slip in ("scale", "decimal") and slip.value and figure.value:
        factor = abs(Fraction(slip.value) / Fraction(figure.value))
        return 1 + _FAR_OFF * _farness(figure, allowed, 0) >= max(factor, 1 / factor)
    base = 100 if figure.measure == "growth" else 0
    low, high = (None if end is None else end + base for end in (allowed.low, allowed.high))
    return slip.slip != "digits" or (low is not None and high is not None and low > 0 and high <= low * _NARROW)


def _by_chance(slip: Meant, figure: Figure, allowed: Range) -> Meant:
    """A slip of digits that would fit as well by chance, because much is left or little is wrong, counts little."""
    if slip.slip != "digits" or allowed.low is None or allowed.high is None:
        return slip
    one = printed(figure)
    room = allowed.high - allowed.low + abs(Fraction(one.times)) / 10**one.places
    off = abs(Fraction(slip.value) - Fraction(figure.value)) or Fraction(1)
    chance = room / off * (1 if slip.rank < ONE_DIGIT else 6)
    if chance <= _CHANCE:
        return slip
    return replace(slip, rank=max(slip.rank, WEAK) if chance <= _HARDLY else _NO_SLIP)


def _oddness(case: Case, one: Suspect, slip: Meant, index: Index) -> int:
    """Of slips by powers of ten: 0 where the mended value is nearer to its series, 2 where it is further off."""
    figure = case.figure(one.figure)
    variable = next((level.variable for level in case.shapes.levels if level.figure == one.figure), None)
    if slip.slip not in ("scale", "decimal") or variable is None or figure.value <= 0 or slip.value <= 0:
        return 1
    usual = index.usual(variable, case.shapes.figures)
    if usual is None:
        return 1
    before, after = (abs(log10(value / usual)) for value in (figure.value, slip.value))
    return 0 if before - after > _UNUSUAL else 2 if after - before > _UNUSUAL else 1


def _best(fitting: list[Meant], allowed: Range) -> Iterator[Meant]:
    """Of each slip the one that lies best, those that happen most first."""
    middle = allowed.middle or Fraction(0)
    fitting = [slip for slip in fitting if slip.rank < _NO_SLIP]
    fitting.sort(key=lambda slip: (slip.rank, abs(Fraction(slip.value) - middle)))
    taken: set[object] = set()
    for slip in fitting:
        if slip.slip not in taken:
            taken.add(slip.slip)
            yield slip


def _farness(figure: Figure, allowed: Range, base: int | None = None) -> Fraction:
    """By what part of its size a figure would have to change; a growth by what part of its quotient."""
    if base is None:
        base = 100 if figure.measure == "growth" else 0
    value = Fraction(figure.value) + base
    ends = [end + base for end in (allowed.low, allowed.high) if end is not None]
    return min((abs(end - value) / (min(abs(value), abs(end)) or 1) for end in ends), default=Fraction(10) ** 9)


# ---- as repairs


def repairs(case: Case, found: list[Suspected]) -> tuple[Repair, ...]:
    """The ways to mend, slips first; of a figure without a plausible slip only where it would have to lie."""
    wanted = [one for one in found if one.suspect.alone] or found[:1]
    made: list[Repair] = []
    for one in wanted[:_SUSPECTS]:
        made += [_of_slip(case, one, slip) for slip in one.slips[:_SLIPS_EACH]]
        if not one.slips and not one.allowed.is_open:
            made.append(_other(case, one))
    return tuple(made)


def _of_slip(case: Case, one: Suspected, slip: Meant) -> Repair:
    stated = case.network.figures[one.suspect.figure]

    def say(language: Language) -> str:
        named = _becomes(case, one.suspect.figure, slip.number, slip.value, language)
        if language == "vi":
            return f"Nếu {named} ({slip.vi}) thì {_fits_all(one)}."
        return f"If {named} ({slip.en}), {_fits_all(one, 'en')}."

    low, high = _ends(one.allowed)
    return Repair(stated.key, slip.slip, slip.value, low, high, slip.number, say("vi"), say("en"))


def _fits_all(one: Suspected, language: Language = "vi") -> str:
    if one.suspect.alone:
        return "mọi số khớp" if language == "vi" else "everything would fit"
    return "các số trên khớp" if language == "vi" else "these figures would fit"


def _other(case: Case, one: Suspected) -> Repair:
    at = one.suspect.figure
    figure = case.figure(at)
    value, number = _only_value(figure, one.allowed)

    def say(language: Language) -> str:
        if value is not None:
            named = _becomes(case, at, number, value, language)
            return f"Nếu {named} thì {_fits_all(one)}." if language == "vi" else f"If {named}, {_fits_all(one, 'en')}."
        within, (name, than) = _allowed_said(figure, one.allowed, language), _subject(case, at, language)
        if language == "vi":
            verb = _MUST.get(figure.measure, "phải là") if is_(within) else "phải"
            return capital(f"{name} {verb} {within} {than}".rstrip() + f" thì {_fits_all(one)}.")
        return capital(f"{name} would have to be {within} {than}".rstrip() + ".")

    low, high = _ends(one.allowed)
    return Repair(case.network.figures[at].key, "other", value, low, high, number, say("vi"), say("en"))


def _only_value(figure: Figure, allowed: Range) -> tuple[Decimal | None, str]:
    """The value and the number that a figure would show, where its decimals leave only one; else the span."""
    one = printed(figure)
    if one.number is not None and allowed.low is not None and allowed.high is not None and allowed.middle is not None:
        value, number = one.saying(allowed.middle)
        grain = abs(Fraction(one.times)) / 10**one.places
        if abs(Fraction(value) - allowed.middle) <= grain and allowed.high - allowed.low <= grain:
            return value, number
    apart = (figure.lower, figure.upper)
    places = one.places_in(one.size)
    return None, span(allowed.low, allowed.high, figure.unit, size=one.size, apart=apart, places=places)


def _allowed_said(figure: Figure, allowed: Range, language: Language) -> str:
    apart = (figure.lower, figure.upper)
    if figure.measure == "growth":
        return grew(allowed.low, allowed.high, language, apart, printed(figure).places)
    one = printed(figure)
    places = one.places_in(one.size)
    return span(allowed.low, allowed.high, figure.unit, language, size=one.size, apart=apart, places=places)


def _subject(case: Case, at: int, language: Language) -> tuple[str, str]:
    """What a figure is about, and what it is taken against: "kim ngạch xuất khẩu năm 2021", "so với năm 2020"."""
    names, shapes = case.names, case.shapes
    for level in shapes.levels:
        if level.figure == at:
            return uncapital(names.whole(level.variable, language)), ""
    for ratio in shapes.ratios:
        if ratio.figure == at:
            return uncapital(names.whole(ratio.upper, language)), compared(case, ratio, language)
    changes: tuple[Change | Contribution, ...] = (*shapes.changes, *shapes.contributions)
    for change in changes:
        if change.figure == at:
            than = names.beside(change.before, change.now, language)
            joint = f"so với {than}" if language == "vi" else f"on {than}"
            return uncapital(names.whole(change.now, language)), joint
    first = next(row.terms[0][0] for one in case.constraints if one.figure == at for row in one.rows)
    return uncapital(names.whole(first, language)), ""


def _becomes(case: Case, at: int, number: str, value: Decimal, language: Language) -> str:
    """A figure with the number that it would have: "kim ngạch xuất khẩu năm 2021 là 337,887 triệu USD"."""
    figure, (name, than) = case.figure(at), _subject(case, at, language)
    shown, vietnamese = in_language(figure, number, language), language == "vi"
    if figure.measure in ("growth", "change"):
        falls = value < 0
        word = ("giảm" if falls else "tăng") if vietnamese else ("were down" if falls else "were up")
        return f"{name} {word} {shown.lstrip('−-(').rstrip(')')} {than}".rstrip()
    if figure.measure in ("plan_ratio", "index", "share") and not printed(figure).plus:
        verb = ("chiếm" if figure.measure == "share" else "bằng") if vietnamese else "were"
        return f"{name} {verb} {shown} {than}"
    if figure.measure in ("plan_ratio", "index"):
        word = (("cao", "above"), ("thấp", "below"))[value < 100][language == "en"]
        by, base = shown.lstrip("−-"), than.removeprefix("of ")
        return f"{name} {word} hơn {base} {by}" if vietnamese else f"{name} were {by} {word} {base}"
    if figure.measure == "contribution":
        return f"{name} đóng góp {shown}" if vietnamese else f"{name} contributed {shown}"
    return f"{name} {'là' if vietnamese else 'were'} {shown} {than}".rstrip()


def _ends(allowed: Range) -> tuple[Decimal | None, Decimal | None]:
    """The ends as decimals, rounded outwards at far more digits than anybody prints."""
    return _rounded(allowed.low, up=False), _rounded(allowed.high, up=True)


def _rounded(end: Fraction | None, up: bool) -> Decimal | None:
    if end is None:
        return None
    places = 12 if abs(end) < 10**6 else 4
    fine = end * 10**places
    found = Decimal(ceil(fine) if up else floor(fine)).scaleb(-places)
    whole = found.to_integral_value()
    return whole if whole == found else found.normalize()
