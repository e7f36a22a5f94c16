# SPDX-License-Identifier: Apache-2.0
"""The words of checking: what is stated, the true values behind it, what ties them together, and what is found.

A figure never says a value; it says where a value lies. A level bounds one true value; growth, index, plan ratio,
share and contribution bound the ratio of two or three; identities of the catalogue, sums over months and places tie
true values without any figure. Every such saying is a set of linear inequalities with whole-number coefficients, so
that exact arithmetic can settle it (Fellegi and Holt, 1976, for the fewest figures that must be wrong).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from bamsat.core.terms.figure import Figure, json_number

Outcome = Literal["holds", "fails", "cannot_tell"]
# How loudly a finding speaks: cannot all be true; worth asking; not comparable or no base; in order.
Severity = Literal["error", "question", "note", "fine"]
Kind = Literal["actual", "plan", "forecast"]
# What ties one true value to another as so many percent of it.
RATIOS = ("growth", "index", "plan_ratio", "share")
# How a figure may have gone wrong, the most plausible first.
Slip = Literal["scale", "decimal", "digits", "sign", "plan_ratio", "period", "base", "copied", "other"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as the check takes it: a figure of a document, an entry of the ledger or a cell of a form.

    `key` names it for the caller ("bao-cao.docx#12", an entry's uuid, "food.now"); `source` is who says it, and what
    one source says belongs to one vintage. `place` is an unambiguous key of the place (by default its folded name).
    `weight` is how hard it is to believe that the figure is wrong: 1 for a figure just read, more for an approved one.
    `near` is the text around the figure, `sentence` the number of its sentence (-1 where there is none).
    """

    key: str
    figure: Figure
    source: str
    place: str = ""
    weight: Decimal = Decimal(1)
    official: bool = False
    near: str = ""
    sentence: int = -1


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A true value that figures speak of, published or not (an SDMX series key with its TIME_PERIOD).

    `period` is a code of DESIGN.md; `breakdown` a folded segment, "" for the whole; `source` the vintage: who says it.
    """

    indicator: str
    place: str
    period: str
    breakdown: str = ""
    kind: Kind = "actual"
    unit: str = ""
    price_basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of times * variable <= high, in whole numbers; None is open. Variables are positions in a network.

    `over` divides both bounds, so that a bound with decimals keeps whole coefficients: low/over <= sum <= high/over.
    """

    terms: tuple[tuple[int, int], ...]
    low: int | None = None
    high: int | None = None
    over: int = 1


@dataclass(frozen=True, slots=True)
class Constraint:
    """What one figure, or one relation known beforehand, says of the true values: all of its rows.

    `figure` is a position in the network's figures, None for a relation. `assumed` names why it may not hold though
    nobody erred ("hedge", "price_basis", "scope", "estimate", "completeness", "plan_period"; of a conflict also
    "reading": a figure may have been misread); "" is what surely holds.
    A conflict that needs an assumed constraint is never a failure. `weight` is what dropping the figure costs.
    Rows of a ratio (growth, index, plan_ratio, share) name the upper variable first, the lower second.
    """

    rows: tuple[Row, ...]
    rule: str
    figure: int | None = None
    assumed: str = ""
    weight: int = 1


@dataclass(slots=True)
class Network:
    """True values, and everything that is said of them. `signed` are the variables that may be negative."""

    variables: list[Variable] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    figures: list[Stated] = field(default_factory=list)
    signed: set[int] = field(default_factory=set)
    places: dict[Variable, int] = field(default_factory=dict)

    def variable(self, variable: Variable, signed: bool = False) -> int:
        """The position of a true value, which is added if the network does not have it."""
        at = self.places.get(variable)
        if at is None:
            at = self.places[variable] = len(self.variables)
            self.variables.append(variable)
            if signed:
                self.signed.add(at)
        return at


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a true value must lie, rounded outwards; None is open. `because` are the constraints it comes from."""

    low: Decimal | None
    high: Decimal | None
    because: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be the wrong one. `alone`: without it everything else can be true.

    `allowed` is what it would have to be: for a level the value in base units, for a ratio 100 times upper over lower.
    """

    figure: int
    alone: bool
    allowed: Interval


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints that cannot all hold, none to spare, as exact arithmetic confirmed; suspects, likeliest first.

    `assumed`: reasons why no one need have erred; empty for a failure.
    """

    constraints: tuple[int, ...]
    suspects: tuple[Suspect, ...]
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend a figure: what it would have to say. `number` is that, written as the figure was."""

    figure: str
    slip: Slip
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    number: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What an unpublished value must lie between, rounded outwards, in base units, and as people write it."""

    indicator: str
    place: str
    period: str
    measure: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    vi: str
    en: str
    breakdown: str = ""
    kind: Kind = "actual"
    base: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of the check: holds, fails or cannot tell, as a sentence that a pocket calculator can follow.

    `figures` are keys of what was stated, in the order of the sentence; `calc` is the sum itself, the same in every
    language. `because` says why a check cannot tell.
    """

    outcome: Outcome
    severity: Severity
    rule: str
    figures: tuple[str, ...]
    vi: str
    en: str
    calc: str = ""
    repairs: tuple[Repair, ...] = ()
    bounds: tuple[Bound, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def needs_look(self) -> bool:
        return self.severity in ("error", "question")

    def as_json(self, by_key: dict[str, Stated]) -> dict[str, Any]:
        """The finding as the public JSON object that `bamsat check --format jsonl` prints."""
        return {
            "outcome": self.outcome,
            "severity": self.severity,
            "rule": self.rule,
            "figures": [_where(by_key[key].figure) for key in self.figures],
            "sentence": self.vi,
            "sentence_en": self.en,
            "calc": self.calc,
            "repairs": [_repair(repair, by_key[repair.figure].figure) for repair in self.repairs],
            "bounds": [_bound(bound) for bound in self.bounds],
            "because": list(self.because),
        }


def _where(figure: Figure) -> dict[str, Any]:
    return {"doc": figure.doc, "start": figure.start, "end": figure.end, "number": figure.number}


def _repair(repair: Repair, figure: Figure) -> dict[str, Any]:
    numbers = {name: json_number(getattr(repair, name)) for name in ("value", "low", "high")}
    said = {"slip": repair.slip, "number": repair.number, "sentence": repair.vi, "sentence_en": repair.en}
    return _where(figure) | {"as_written": figure.number} | said | numbers


def _bound(bound: Bound) -> dict[str, Any]:
    said = {
        "indicator": bound.indicator, "area": bound.place, "period": bound.period, "segment": bound.breakdown or None,
        "measure": bound.measure, "kind": bound.kind, "base": bound.base or None, "unit": bound.unit,
        "sentence": bound.vi, "sentence_en": bound.en,
    }  # fmt: skip
    return said | {"low": json_number(bound.low), "high": json_number(bound.high)}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check found: findings, the loudest first, and what they are about."""

    findings: tuple[Finding, ...]
    stated: tuple[Stated, ...]

    @property
    def fails(self) -> bool:
        return any(finding.outcome == "fails" for finding in self.findings)

    def about(self, keys: Iterable[str]) -> tuple[Finding, ...]:
        """The findings that speak of any of these figures."""
        wanted = set(keys)
        return tuple(finding for finding in self.findings if wanted.intersection(finding.figures))
