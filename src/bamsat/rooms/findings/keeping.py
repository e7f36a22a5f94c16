# SPDX-License-Identifier: Apache-2.0
"""When two findings are the same: their rule and what their figures say; words and weights do not count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from bamsat.core.check.model import Bound, Repair, Report, Stated
from bamsat.core.check.model import Finding as Found
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.documents.reading import plain
from bamsat.rooms.findings.models import Finding, Part, Severity

QUIET_KEPT = 300  # of what holds or cannot be told, of one check
LOUD_KEPT = 1000  # of what wants a look, the loudest first: nobody looks at more of one document
MOST_FIGURES = 400  # of one finding; a page shows each
MOST_SAID = 8000  # characters of a sentence
_MOST = {"key": 200, "cell": 200, "label": 500, "number": 300, "source": 300}  # characters, as the columns of Part


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a figure stands that was checked: read in a document, an entry of the ledger, or a cell of a form.

    `label` names it on a page ("Giá trị sản xuất công nghiệp, năm 2021"), `source` says who states it.
    """

    figure: ReadFigure | None = None
    entry: UUID | None = None
    cell: str = ""
    label: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of a report with what it is recognised by."""

    found: Found
    fingerprint: str
    said: dict[str, str]  # of each figure: who it is, and what it said
    drawn: list[dict[str, str]]  # of each figure, in the order of the sentence: what a picture of them needs
    of: str  # the indicator of all figures, where it is one


def told_of(report: Report, parts: Mapping[str, Stands]) -> dict[str, Told]:
    """The findings that are kept, by their fingerprints; two that look alike are told apart by their order."""
    stated = {each.key: each for each in report.stated}
    told: dict[str, Told] = {}
    for found in _worth_keeping(report):
        said = {_who(stated[key], parts.get(key)): _says(stated[key]) for key in found.figures if key in stated}
        about = [
            found.rule,
            *sorted(f"{who}={what}" for who, what in said.items()),
            *sorted(map(_bounds, found.bounds)),
        ]
        fingerprint = _digest(*about)
        again = 1
        while fingerprint in told:
            again += 1
            fingerprint = _digest(*about, again)
        drawn = [_drawn(stated[key]) for key in found.figures[:MOST_FIGURES]]
        of = _only(stated[key].figure.indicator for key in found.figures)
        told[fingerprint] = Told(found, fingerprint, said, drawn, of)
    return told


def said_now(report: Report, parts: Mapping[str, Stands]) -> dict[str, str]:
    """Of every figure that was checked: who it is, and what it says."""
    return {_who(each, parts.get(each.key)): _says(each) for each in report.stated}


def was_corrected(finding: Finding, now: Mapping[str, str]) -> bool:
    """Whether a figure of the finding is still there and says something else."""
    said = finding.data.get("said", {})
    return any(who in now and now[who] != what for who, what in said.items())


def columns(told: Told) -> dict[str, Any]:
    """What a row says of a finding, in the columns that change when it is found again."""
    found = told.found
    data = {
        "repairs": [_repair(each) for each in found.repairs],
        "bounds": [_bound(each) for each in found.bounds],
        "because": list(found.because),
        "said": told.said,
        "drawn": told.drawn,
        "of": told.of,
    }
    vi, en, calc = (_sentence(text) for text in (found.vi, found.en, found.calc))
    return {
        "rule": found.rule, "outcome": found.outcome, "severity": found.severity, "vi": vi, "en": en, "calc": calc,
        "folded": fold(f"{vi} {en}"), "data": data,
    }  # fmt: skip


def _only(indicators: Iterable[str]) -> str:
    """The indicator of all figures, where it is one: who may not see it in the ledger sees nothing quoted of it."""
    told = set(indicators)
    return told.pop() if len(told) == 1 else ""


def parts_of(finding: Finding, told: Told, stated: Mapping[str, Stated], parts: Mapping[str, Stands]) -> Iterator[Part]:
    for ordinal, key in enumerate(told.found.figures[:MOST_FIGURES]):
        one, stands = stated[key], parts.get(key) or Stands()
        figure = one.figure
        yield Part(
            finding=finding, ordinal=ordinal, key=_cut("key", key), figure=stands.figure, entry=stands.entry,
            cell=_cut("cell", stands.cell), label=_cut("label", stands.label or figure.label),
            number=_cut("number", figure.number), source=_cut("source", stands.source or one.source),
        )  # fmt: skip


def louder(one: str, other: str) -> bool:
    """Whether the first severity speaks louder than the second."""
    rank = list(Severity.values)
    return rank.index(one) < rank.index(other)


def _worth_keeping(report: Report) -> Iterator[Found]:
    quiet = loud = 0
    for found in report.findings:
        quiet, loud = quiet + (not found.needs_look), loud + found.needs_look
        if loud <= LOUD_KEPT if found.needs_look else quiet <= QUIET_KEPT:
            yield found


def _who(stated: Stated, stands: Stands | None) -> str:
    """A figure of a document or a cell of a form is itself whatever it says; an entry of the ledger may be replaced by
    another of the same series and period, and is known by these."""
    if stands is not None and (stands.figure is not None or stands.cell):
        return _digest(stated.key)[:16]
    figure = stated.figure
    place = stated.place or fold(figure.area or "")
    return _digest(stated.source, place, *(
        getattr(figure, name) for name in ("indicator", "segment", "measure", "period", "base", "status", "price_basis")
    ))[:16]  # fmt: skip


def _says(stated: Stated) -> str:
    figure = stated.figure
    told = (
        figure.indicator, figure.segment, figure.measure, figure.value, figure.value_high, figure.of, figure.unit,
        figure.lower, figure.upper, figure.status, figure.hedge, stated.place or fold(figure.area or ""),
        figure.period, figure.base, figure.price_basis,
    )  # fmt: skip
    return _digest(*(plain(each) if isinstance(each, Decimal) else each for each in told))[:16]


def _drawn(stated: Stated) -> dict[str, str]:
    """What ties a figure to others, and where its rounding lets its value lie."""
    figure = stated.figure
    names = ("indicator", "segment", "measure", "period", "base", "status", "unit")
    told = {name: getattr(figure, name) or "" for name in names} | {"place": stated.place or fold(figure.area or "")}
    return told | {name: format(getattr(figure, name), "f") for name in ("value", "lower", "upper")}


def _bounds(bound: Bound) -> str:
    return f"{bound.indicator} {bound.place} {bound.period} {bound.breakdown} {bound.kind} {bound.measure} {bound.base}"


def _digest(*told: object) -> str:
    return hashlib.sha256("\x1f".join("" if each is None else str(each) for each in told).encode()).hexdigest()


def _cut(field: str, text: str) -> str:
    return text.replace("\0", "")[: _MOST[field]]


def _sentence(text: str) -> str:
    told = text.replace("\0", "")
    return told if len(told) <= MOST_SAID else f"{told[:MOST_SAID]}…"


def _repair(repair: Repair) -> dict[str, Any]:
    """Decimals as text: they are typed into forms again."""
    numbers = {name: _plain(getattr(repair, name)) for name in ("value", "low", "high")}
    said = {"figure": repair.figure, "slip": repair.slip, "number": repair.number, "vi": repair.vi, "en": repair.en}
    return said | numbers


def _bound(bound: Bound) -> dict[str, Any]:
    names = ("indicator", "place", "period", "measure", "unit", "vi", "en", "breakdown", "kind", "base")
    said = {name: getattr(bound, name) for name in names}
    return said | {"low": _plain(bound.low), "high": _plain(bound.high)}


def _plain(value: Any) -> str | None:
    return None if value is None else format(value, "f")
