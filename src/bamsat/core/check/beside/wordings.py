# SPDX-License-Identifier: Apache-2.0
"""Words against numbers: "đều tăng trưởng chậm" over three falls, "vượt kế hoạch" at 96%, "nhập siêu" that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bamsat.core.check.beside.claims import Claim, claim_of, data, name, patterns
from bamsat.core.check.beside.passages import Sentence, sentences
from bamsat.core.check.model import Finding, Repair, Stated
from bamsat.core.check.words.called import called
from bamsat.core.check.words.written import Language, amount, period_words
from bamsat.core.terms.figure import Statement
from bamsat.core.terms.period import Period

_FARTHEST = 6  # characters between the end of a statement and the sentence that follows it
_FEWEST = 2  # figures that make a list
_ITEM = re.compile(r"[-–+•*]\s")
_COMPARES = re.compile(r"so với|so cùng kỳ|cùng kỳ")
_PERIOD_BEFORE = re.compile(r"(?:tháng|quý|kỳ)\s+(?:trước|liền)|so với (?:tháng|quý) \d")
_NEAR = 40  # characters
_TWICE = re.compile(r"(tăng|giảm)(?:\s+(?:nhẹ|mạnh|sâu|thêm))?\s+[-−]$")


def findings(stated: Sequence[Stated], statements: Sequence[Statement] = ()) -> list[Finding]:
    """Where the words of documents say one thing and their own numbers another, in order."""
    told = sentences(stated)
    found: list[Finding] = []
    for statement in statements:
        claim = claim_of(statement)
        if claim is not None:
            found += _against(claim, told)
    for at in range(len(told)):
        found += _balance(told, at)
        found += _signs(told[at])
    return found


# ---- statements of direction


def _against(claim: Claim, told: Sequence[Sentence]) -> Iterator[Finding]:
    if claim.reach == "one":
        yield from _of_one(claim, told)
        return
    governed = _list_after(claim, told)
    denying = [one for one in governed if claim.denied_by(one.figure)]
    if len(governed) < _FEWEST or not denying:
        return
    if claim.reach == "every":
        yield _contradicted(claim, governed, denying)
    elif 2 * len(denying) > len(governed):
        yield _contradicted(claim, governed, denying, asked=True)


def _own(claim: Claim, told: Sequence[Sentence]) -> tuple[Sentence, int] | None:
    """The sentence that a statement stands in, and where in it the statement ends; None where no figure is in it."""
    said = " ".join(claim.statement.text.split())
    for sentence in told:
        if sentence.doc == claim.statement.doc and said in sentence.text:
            begins = sentence.text.find(said)
            if abs(sentence.start + begins - claim.statement.start) <= len(sentence.text) // 8 + _FARTHEST:
                return sentence, begins + len(said)
    return None


def _list_after(claim: Claim, told: Sequence[Sentence]) -> list[Stated]:
    """The figures of the list that follows a claim at once."""
    if not claim.may_be_a_list():
        return []
    own = _own(claim, told)
    if own is not None and (here := _governed(claim, *own)):
        return here
    own_number = None if own is None else own[0].number
    following = [one for one in told if one.doc == claim.statement.doc and one.start >= claim.statement.end - _FARTHEST]
    if own_number is not None:
        following = [one for one in following if one.number > own_number]
    if not following or not _follows(claim, own_number, following[0]):
        return []
    return [one for sentence in _items(following) for one in _governed(claim, sentence, 0)]


def _follows(claim: Claim, own_number: int | None, first: Sentence) -> bool:
    """Whether a sentence comes right after a claim."""
    if own_number is not None:
        return first.number == own_number + 1
    return 0 <= first.start - claim.statement.end <= _FARTHEST


def _items(following: Sequence[Sentence]) -> Iterator[Sentence]:
    """The next sentence; of a list of items all of them."""
    yield following[0]
    for before, after in pairwise(following):
        if not (_ITEM.match(before.text) and _ITEM.match(after.text) and before.leads_to(after)):
            return
        yield after


def _governed(claim: Claim, sentence: Sentence, start: int) -> list[Stated]:
    """What a claim governs of a sentence: up to a word that tells the other side, in one comparison."""
    stops = patterns()["exceptions"].search(sentence.low, start)
    inside = sentence.within(start, stops.start() if stops else len(sentence.text))
    figures = [one for one in inside if claim.speaks_of(one.figure) and _price(one) == claim.of_prices]
    backs = [_months_back(sentence, one) for one in figures]
    meant = 12 if claim.statement.base or 12 in backs else next(iter(backs), 0)
    return [one for one, back in zip(figures, backs, strict=True) if back == meant]


def _price(one: Stated) -> bool:
    return one.figure.indicator.startswith(("cpi", "price"))


def _months_back(sentence: Sentence, one: Stated) -> int:
    """How far a figure looks back, in months; the words right behind it decide."""
    if not one.figure.base or not one.figure.period:
        return 0
    period = Period.parse(one.figure.period)
    ends = sentence.place(one) + len(one.figure.number)
    until = next((place for place in sentence.places if place >= ends), len(sentence.text))
    if _PERIOD_BEFORE.search(sentence.low, ends, min(until, ends + _NEAR)):
        return period.length
    return period.last - Period.parse(one.figure.base).last


def _of_one(claim: Claim, told: Sequence[Sentence]) -> Iterator[Finding]:
    """A claim of one thing: all that its own sentence then tells of that thing says the opposite."""
    own = _own(claim, told)
    if own is None:
        return
    said = claim.statement
    figures = [
        one
        for one in _governed(claim, *own)
        if one.figure.indicator == said.indicator and not one.figure.segment and one.figure.period == said.period
    ]
    if claim.means in ("rises", "falls"):
        if _COMPARES.search(said.text.lower()):
            figures = [one for one in figures if said.base and one.figure.base == said.base]
        figures = [one for one in figures if _months_back(own[0], one) in (0, 12)]
    if figures and all(claim.denied_by(one.figure) for one in figures):
        yield _contradicted(claim, figures, figures)


def _contradicted(claim: Claim, governed: list[Stated], denying: list[Stated], asked: bool = False) -> Finding:
    named = name(claim.means)
    said = (
        claim.statement.text if len(claim.statement.text) <= 90 else f"…{claim.statement.text[-80:].partition(' ')[2]}"
    )
    vi = f"Văn bản viết “{said}”, nhưng {_how_many(governed, denying, 'vi')}: {_listed(denying, 'vi')}."
    en = f"The text says “{said}” ({named['en']}), but {_how_many(governed, denying, 'en')}: {_listed(denying, 'en')}."
    repairs = (
        (_turned(denying[0]),) if len(governed) > len(denying) == 1 and denying[0].figure.measure == "growth" else ()
    )
    keys = tuple(one.key for one in governed)
    calc = "; ".join(_value(one) for one in governed)
    if asked:
        return Finding("cannot_tell", "question", "wording", keys, vi, en, calc, repairs)
    return Finding("fails", "error", "wording", keys, vi, en, calc, repairs)


def _how_many(governed: list[Stated], denying: list[Stated], language: Language) -> str:
    if len(governed) == 1:
        return "số nêu ngay sau đó nói ngược lại" if language == "vi" else "the figure that follows says the opposite"
    if language == "vi":
        return f"{len(denying)} trong {len(governed)} số nêu ngay sau đó nói ngược lại"
    return f"{len(denying)} of the {len(governed)} figures that follow say the opposite"


def _listed(denying: list[Stated], language: Language) -> str:
    return "; ".join(f"{called(one, language)} {_value(one)}" for one in denying)


def _value(one: Stated) -> str:
    said = amount(one.figure.value, one.figure.unit or "%")
    return f"+{said}" if one.figure.measure == "growth" and one.figure.value > 0 else said


def _turned(one: Stated) -> Repair:
    """The same growth the other way."""
    figure = one.figure
    number = amount(-figure.value, figure.unit or "%")
    vi = "giảm" if figure.value > 0 else "tăng"
    en = "a fall" if figure.value > 0 else "a rise"
    size = amount(abs(figure.value), figure.unit or "%")
    return Repair(
        figure=one.key, slip="sign", value=-figure.value, low=-figure.upper, high=-figure.lower, number=number,
        vi=f"Có lẽ là {vi} {size}.", en=f"Probably {en} of {size}.",
    )  # fmt: skip


# ---- the balance of trade


def _balance(told: Sequence[Sentence], at: int) -> Iterator[Finding]:
    """A surplus or a deficit in words, beside exports and imports that say otherwise."""
    sentence = told[at]
    rows = [(row, hit) for row in data()["balance"] for hit in patterns()[row["means"]].finditer(sentence.low)]
    if len({row["means"] for row, _ in rows}) != 1:
        return
    row, hit = rows[0]
    if _denied(sentence.low, hit.start()):
        return
    around = [*told[max(0, at - 1) : at], sentence]
    near = [one for other in around if other is sentence or other.leads_to(sentence) for one in other.stated]
    balances = [one for one in sentence.within(hit.end(), hit.end() + 40) if one.figure.indicator == "trade_balance"]
    pair = _traded(near, balances)
    if pair is None:
        return
    exports, imports = pair
    if row["means"] == "surplus":
        contradicted = exports.figure.upper < imports.figure.lower
    else:
        contradicted = imports.figure.upper < exports.figure.lower
    if contradicted:
        yield _unbalanced(row["name"], exports, imports)


def _denied(low: str, at: int) -> bool:
    return any(hit.end() >= at - 1 for hit in patterns()["balance_denied"].finditer(low, max(0, at - 16), at))


def _traded(near: Sequence[Stated], balances: Sequence[Stated]) -> tuple[Stated, Stated] | None:
    """The exports and the imports of one place and period; None where there is a choice."""
    levels = [
        one
        for one in near
        if one.figure.measure == "level"
        and not one.figure.segment
        and one.figure.status in ("actual", "estimate")
        and all((one.figure.period, one.place) == (other.figure.period, other.place) for other in balances)
    ]
    exports = [one for one in levels if one.figure.indicator == "exports"]
    imports = [one for one in levels if one.figure.indicator == "imports"]
    if len(exports) != 1 or len(imports) != 1:
        return None
    out, back = exports[0], imports[0]
    alike = (out.figure.period, out.place, out.figure.unit) == (back.figure.period, back.place, back.figure.unit)
    return (out, back) if alike and out.figure.period else None


def _unbalanced(named: dict[str, str], exports: Stated, imports: Stated) -> Finding:
    out, back = exports.figure, imports.figure
    when = out.period or ""
    vi = (
        f"Văn bản viết “{named['vi']}” {period_words(when)}, nhưng xuất khẩu là {out.number}, nhập khẩu là "
        f"{back.number}."
    )
    en = (
        f"The text tells of {named['en']} in {period_words(when, 'en')}, but exports are {out.number} and imports "
        f"{back.number}."
    )
    calc = (
        f"{amount(out.value, out.unit)} − {amount(back.value, back.unit)} = {amount(out.value - back.value, out.unit)}"
    )
    return Finding("fails", "error", "wording", (exports.key, imports.key), vi, en, calc)


# ---- a direction and a sign that say it twice


def _signs(sentence: Sentence) -> Iterator[Finding]:
    for one in sentence.stated:
        hit = _TWICE.search(sentence.low[: sentence.place(one)])
        if hit is None or one.figure.measure not in ("growth", "change"):
            continue
        written = f"{hit[1]} −{one.figure.number}"
        size = amount(abs(one.figure.value), one.figure.unit)
        vi = f"“{written}”: chữ và dấu trừ không đi cùng nhau, không rõ là tăng hay giảm {size}."
        en = f"“{written}”: the word and the minus sign do not go together; a rise or a fall of {size}?"
        repair = Repair(
            figure=one.key, slip="sign", value=-abs(one.figure.value), low=None, high=None, number=f"giảm {size}",
            vi=f"Có lẽ là giảm {size}.", en=f"Probably a fall of {size}.",
        )  # fmt: skip
        yield Finding("cannot_tell", "question", "wording", (one.key,), vi, en, "", (repair,))
