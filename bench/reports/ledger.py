# SPDX-License-Identifier: Apache-2.0
"""What a ledger would know of a report made at random: each number of it, under its entry."""

from __future__ import annotations

from bamsat.core.report.lint import Known, KnownFigure
from bamsat.core.report.outline import told_in
from bench.reports.made import Made
from bench.reports.subjects import SECTIONS


def known(made: Made) -> Known:
    names = subject_names()
    figures = []
    for piece in told_in(tuple(made.report.all_blocks())):
        fact = piece.fact
        figures.append(
            KnownFigure(
                fact.indicator, fact.measure, fact.value, fact.low or fact.value, fact.high or fact.value, fact.unit,
                fact.period, fact.base, fact.segment, fact.area, fact.status, fact.price_basis, fact.value_high,
                fact.of, fact.entries[0], names=names.get(fact.indicator, ()),
            )
        )  # fmt: skip
    return Known(figures, made.setting.area)


def subject_names() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, subjects in SECTIONS:
        for subject in subjects:
            for one in (subject, *subject.parts):
                if not one.segment:
                    found[one.indicator] = (one.name,)
    return found
