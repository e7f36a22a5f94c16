# SPDX-License-Identifier: Apache-2.0
"""What looks alike and cannot be compared: volume and value, a total and a part, a target without a base, prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from bamsat.core.check.follows import boundary
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Network, Stated, Variable
from bamsat.core.check.ties.series import placed
from bamsat.core.check.words.naming import indicator_name, price, uncapital
from bamsat.core.check.words.printed import ratio_said, said
from bamsat.core.check.words.written import digits, period_words
from bamsat.core.terms.period import Period

_MUCH = Fraction(3, 100)  # a volume index and a growth of value that are closer than this need no word
_TOLD = ("actual", "estimate")


def findings(network: Network, knowledge: Knowledge) -> list[Finding]:
    """What cannot be told from these figures, and why."""
    return [
        *_volume_and_value(network.figures, knowledge),
        *_total_and_part(network, knowledge),
        *_no_base(network.figures, knowledge),
        *_price_bases(network.figures, knowledge),
        *boundary.findings(network, knowledge),
    ]


def _note(rule: str, keys: Sequence[str], vi: str, en: str, because: str) -> Finding:
    return Finding("cannot_tell", "note", rule, tuple(dict.fromkeys(keys)), vi, en, because=(because,))


# ---- volume and value


def _volume_and_value(stated: Sequence[Stated], knowledge: Knowledge) -> Iterator[Finding]:
    """A volume index against the growth of a value of the same industry, place and period."""
    growths: dict[tuple[object, ...], Stated] = {}
    levels: dict[tuple[object, ...], Stated] = {}
    for one in stated:
        figure = one.figure
        if figure.segment or figure.status not in _TOLD:
            continue
        if figure.measure in ("growth", "index") and figure.base:
            growths.setdefault((one.source, one.place, figure.indicator, figure.period, figure.base), one)
        elif figure.measure == "level":
            levels.setdefault((one.source, one.place, figure.indicator, figure.period), one)
    values = dict(knowledge.volume_and_value)
    for (source, place, code, period, base), volume in growths.items():
        other = growths.get((source, place, values.get(str(code), ""), period, base))
        if other is not None:
            level = levels.get((source, place, other.figure.indicator, period))
            yield from _prices_between(volume, other, level)


def _prices_between(volume: Stated, value: Stated, level: Stated | None) -> Iterator[Finding]:
    low, high = _grown(value)
    under, over = _grown(volume)
    if under <= 0 or (abs(high / under - 1) < _MUCH and abs(low / over - 1) < _MUCH):
        return
    ends = digits((low / over - 1) * 100, (high / under - 1) * 100, signed=True)
    told = " – ".join(ends)
    basis = value.figure.price_basis
    prices = {lang: f" ({price(basis, lang)})" if basis else "" for lang in ("vi", "en")}
    names = [indicator_name(one.figure.indicator) for one in (volume, value)]
    english = [indicator_name(one.figure.indicator, "en") for one in (volume, value)]
    vi = (
        f"{names[0]} {ratio_said(volume.figure)} là chỉ số khối lượng; {uncapital(names[1])}{prices['vi']} "
        f"{ratio_said(value.figure)} là giá trị: hai số đo khác nhau, không so được. Chênh lệch ứng với giá và cơ cấu "
        f"{told}%."
    )
    en = (
        f"{english[0]} {ratio_said(volume.figure, 'en')} is a volume index; {uncapital(english[1])}{prices['en']} "
        f"{ratio_said(value.figure, 'en')} is a value: two measures that cannot be compared. Prices and mix would "
        f"account for {told}%."
    )
    keys = [volume.key, *([level.key] if level else []), value.key]
    yield _note("volume_value", keys, vi, en, "price_basis")


def _grown(one: Stated) -> tuple[Fraction, Fraction]:
    more = 100 if one.figure.measure == "growth" else 0
    return (Fraction(one.figure.lower) + more) / 100, (Fraction(one.figure.upper) + more) / 100


# ---- a total and a part


def _total_and_part(network: Network, knowledge: Knowledge) -> Iterator[Finding]:
    """A target for a total where of the years before only a part of it was told: no growth follows."""
    told: dict[Variable, list[Stated]] = defaultdict(list)
    for at, one in enumerate(network.figures):
        home = placed(at, one, knowledge)
        if home is not None and one.figure.measure == "level":
            told[home.series].append(one)
    known = {replace(variable, unit="", price_basis="") for variable in network.variables}
    for series, targets in told.items():
        if series.kind != "plan" or series.breakdown:
            continue
        base = Period.parse(series.period).shift_years(-1).code
        for identity in knowledge.identities:
            before = replace(series, period=base, kind="actual")
            balance = any(term.times < 0 for term in identity.terms)
            if identity.whole != series.indicator or balance or before in known:
                continue
            codes = [term.code for term in identity.terms if term.times > 0]
            parts = [one for code in codes for one in told.get(replace(before, indicator=code), ())]
            if parts:
                yield _part_for_whole(targets[0], parts, base)


def _part_for_whole(target: Stated, parts: Sequence[Stated], base: str) -> Finding:
    whole = indicator_name(target.figure.indicator)
    names = ", ".join(dict.fromkeys(uncapital(indicator_name(one.figure.indicator)) for one in parts))
    english = ", ".join(dict.fromkeys(uncapital(indicator_name(one.figure.indicator, "en")) for one in parts))
    numbers = {lang: ", ".join(said(one.figure, lang) for one in parts) for lang in ("vi", "en")}
    vi = (
        f"Mục tiêu {uncapital(whole)} {period_words(target.figure.period)} là {said(target.figure)}, còn "
        f"{period_words(base)} chỉ nêu {names} ({numbers['vi']}): không suy ra được mức tăng của mục tiêu."
    )
    en = (
        f"The target for {uncapital(indicator_name(target.figure.indicator, 'en'))} in "
        f"{period_words(target.figure.period, 'en')} is {said(target.figure, 'en')}; for {period_words(base, 'en')} "
        f"only {english} is told ({numbers['en']}): the growth of the target cannot be worked out."
    )
    return _note("part_for_whole", [*(one.key for one in parts), target.key], vi, en, "scope")


# ---- a target without a base


def _no_base(stated: Sequence[Stated], knowledge: Knowledge) -> Iterator[Finding]:
    """Targets told as a growth or a share of what is told nowhere: they cannot be turned into levels."""
    known: dict[tuple[str, str], int] = defaultdict(int)
    for one in stated:
        known[one.place, one.figure.indicator] += 1
    by_source: dict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        figure = one.figure
        relative = figure.measure in ("growth", "index", "share") and figure.status == "target"
        if relative and known[one.place, figure.indicator] == 1 and figure.period:
            by_source[one.source].append(one)
    for members in by_source.values():
        texts = [f"{indicator_name(one.figure.indicator)} {ratio_said(one.figure)}" for one in members]
        english = [
            f"{indicator_name(one.figure.indicator, 'en')} {ratio_said(one.figure, 'en').removesuffix(' of')}"
            for one in members
        ]
        vi = f"Mục tiêu chưa quy ra được số tuyệt đối vì không nêu số gốc: {'; '.join(texts)}."
        en = f"Targets that cannot be turned into values, because no base is told: {'; '.join(english)}."
        yield _note("no_base", [one.key for one in members], vi, en, "no_base")


# ---- price bases


def _price_bases(stated: Sequence[Stated], knowledge: Knowledge) -> Iterator[Finding]:
    """Values of several places or documents whose price bases are not said, or differ: not to be ranked."""
    by_code: dict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        figure = one.figure
        whole = figure.measure == "level" and not figure.segment and "/" not in figure.unit
        if whole and figure.indicator in knowledge.several_prices:
            by_code[figure.indicator].append(one)
    for code, members in by_code.items():
        bases = {one.figure.price_basis for one in members}
        several = len({one.source for one in members}) > 1 and len({one.place for one in members}) > 1
        if several and (len(bases) > 1 or None in bases):
            yield _bases(code, members)


def _bases(code: str, members: Sequence[Stated]) -> Finding:
    stated_in = [one for one in members if one.figure.price_basis]
    said_by = {lang: ", ".join(dict.fromkeys(_basis(one, lang) for one in stated_in)) for lang in ("vi", "en")}
    count = len(members)
    vi = f"{indicator_name(code)}: {count} số của nhiều nơi không cùng hoặc không nêu loại giá"
    vi += f" (chỉ nêu: {said_by['vi']})" if stated_in else ""
    en = f"{indicator_name(code, 'en')}: {count} values of several places differ in price basis or do not state it"
    en += f" (stated only: {said_by['en']})" if stated_in else ""
    vi, en = f"{vi}; không so sánh, xếp hạng được.", f"{en}; they cannot be ranked."
    return _note("price_basis", [one.key for one in members], vi, en, "price_basis")


def _basis(one: Stated, language: str) -> str:
    return f"{one.figure.area or one.source}: {price(one.figure.price_basis or '', 'en' if language == 'en' else 'vi')}"
