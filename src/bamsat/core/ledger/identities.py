# SPDX-License-Identifier: Apache-2.0
"""Identities of the catalogue ("trade_total = exports + imports + supervised_goods"), read and tested on figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bamsat.core.ledger.amounts import Bounds
from bamsat.core.terms.errors import BamsatError

Outcome = Literal["holds", "fails", "cannot_tell"]

_CODE = r"[^\W\d]\w*(?:[:.]\w+(?: \w+)*)*"
_TERM = re.compile(rf"\s*([+-])?\s*(?:(\d+(?:\.\d+)?)\s*\*\s*)?({_CODE})\s*(?=[+-]|$)")


class IdentityUnreadable(BamsatError):
    """An identity that says nothing that can be tested."""


@dataclass(frozen=True, slots=True)
class Term:
    """One indicator of an identity and what it is multiplied by."""

    code: str
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Identity:
    """`whole` equals the sum of its terms."""

    whole: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.whole, *(term.code for term in self.terms))


@dataclass(frozen=True, slots=True)
class Tested:
    """Whether an identity holds for figures: `difference` is the whole less its terms; `missing` what has no figure."""

    outcome: Outcome
    difference: Bounds | None = None
    missing: tuple[str, ...] = ()


def parse(text: str, known: Collection[str] | None = None) -> Identity:
    """The identity that a text states; `known` are the codes of the catalogue.

    >>> parse("trade_balance = exports - 2*imports").terms
    (Term(code='exports', times=Decimal('1')), Term(code='imports', times=Decimal('-2')))
    >>> parse("exports = exports + imports")
    Traceback (most recent call last):
    bamsat.core.ledger.identities.IdentityUnreadable: Đẳng thức “exports = exports + imports”: \
“exports” đứng ở cả hai vế. Hãy bỏ nó ở vế phải.
    """
    whole, equals, rest = (part.strip() for part in text.partition("="))
    if not equals or not whole or not rest or "=" in rest:
        raise _unreadable(
            text,
            "cần đúng một dấu bằng với chỉ tiêu ở hai bên. Hãy viết như “trade_balance = exports - imports”.",
            "it needs one equals sign with indicators on both sides, as in “trade_balance = exports - imports”.",
        )
    if not re.fullmatch(_CODE, whole):
        raise _unreadable(
            text,
            f"vế trái “{whole}” phải là mã của một chỉ tiêu. Hãy chuyển các số hạng khác sang vế phải.",
            f"the left side “{whole}” must be the code of one indicator. Move other terms to the right.",
        )
    identity = Identity(whole, tuple(_terms(text, rest)))
    _check(text, identity, known)
    return identity


def _terms(text: str, rest: str) -> list[Term]:
    terms, at = list[Term](), 0
    while at < len(rest):
        found = _TERM.match(rest, at)
        if not found or (terms and not found[1]):
            raise _unreadable(
                text,
                f"không hiểu “{rest[at:].strip()}”. Hãy viết các mã chỉ tiêu nối bằng + hoặc -, hệ số như “2*mã”.",
                f"cannot read “{rest[at:].strip()}”. Write codes joined by + or -, with factors as in “2*code”.",
            )
        times = Decimal(found[2] or 1)
        terms.append(Term(found[3], times.copy_negate() if found[1] == "-" else times))
        at = found.end()
    return terms


def _check(text: str, identity: Identity, known: Collection[str] | None) -> None:
    codes = [term.code for term in identity.terms]
    if identity.whole in codes:
        raise _unreadable(
            text,
            f"“{identity.whole}” đứng ở cả hai vế. Hãy bỏ nó ở vế phải.",
            f"“{identity.whole}” stands on both sides. Take it out of the right side.",
        )
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise _unreadable(
            text,
            f"“{twice}” có hai lần. Hãy gộp lại bằng hệ số, như “2*{twice}”.",
            f"“{twice}” stands there twice. Join them with a factor, as in “2*{twice}”.",
        )
    zero = next((term.code for term in identity.terms if not term.times), None)
    if zero:
        raise _unreadable(text, f"hệ số của “{zero}” bằng 0. Hãy bỏ nó.", f"“{zero}” has the factor 0. Leave it out.")
    strange = [code for code in identity.codes if known is not None and code not in known]
    if strange:
        raise _unreadable(
            text,
            f"danh mục không có chỉ tiêu “{'”, “'.join(strange)}”. Hãy chọn mã có trong danh mục.",
            f"the catalogue has no indicator “{'”, “'.join(strange)}”. Choose codes of the catalogue.",
        )


def _unreadable(text: str, vi: str, en: str) -> IdentityUnreadable:
    return IdentityUnreadable(vi=f"Đẳng thức “{text.strip()}”: {vi}", en=f"The identity “{text.strip()}”: {en}")


def evaluate(identity: Identity, values: Mapping[str, Bounds]) -> Tested:
    """Whether an identity holds, in exact arithmetic: it fails only where no numbers within the bounds fulfil it.

    All values in base units, of one place, period, kind and provider.

    >>> def said(*three): return Bounds(*map(Decimal, three))
    >>> values = {"a": said("10", "9.5", "10.5"), "b": said(4, 4, 4), "c": said(5, 5, 5)}
    >>> evaluate(parse("a = b + c"), values).outcome, evaluate(parse("a = b - c"), values).difference.value
    ('fails', Decimal('11'))
    >>> evaluate(parse("a = b + d"), values)
    Tested(outcome='cannot_tell', difference=None, missing=('d',))
    """
    missing = tuple(code for code in identity.codes if code not in values)
    if missing:
        return Tested("cannot_tell", missing=missing)
    whole = values[identity.whole]
    value, lower, upper = Fraction(whole.value), Fraction(whole.lower), Fraction(whole.upper)
    for term in identity.terms:
        part, times = values[term.code], Fraction(term.times)
        least, most = sorted((times * Fraction(part.lower), times * Fraction(part.upper)))
        value, lower, upper = value - times * Fraction(part.value), lower - most, upper - least
    return Tested("holds" if lower <= 0 <= upper else "fails", Bounds.of(value, lower, upper))
