# SPDX-License-Identifier: Apache-2.0
"""What a check and people do to findings at the same time, and documents that would hold a check up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import inf
from typing import Any

import pytest

from bamsat.core.check.model import Finding as Found
from bamsat.core.check.model import Report, Stated
from bamsat.core.check.solving import conflicts
from bamsat.core.check.ties.network import network_of
from bamsat.rooms.documents.models import Document, FigureState
from bamsat.rooms.figures import actions, checking
from bamsat.rooms.figures.checking import check_document
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.findings import keeping
from bamsat.rooms.findings.actions import Refused, accept_as_is, assign, explain, keep, reopen
from bamsat.rooms.findings.models import Finding, Origin, Severity, State
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def document(cast: Cast) -> Document:
    """530 over 470 is 12,77 percent more, and not 17,27."""
    half = Decimal(5) * 10**10
    levels = [
        stated(value * 10**11, number=f"{value}00 tỷ đồng", period=period, lower=value * 10**11 - half,
               upper=value * 10**11 + half)
        for value, period in ((53, "2021"), (47, "2020"))
    ]  # fmt: skip
    wrong = growth("17.27", number="17,27%", lower=Decimal("17.265"), upper=Decimal("17.275"))
    return build.document(cast.specialist, [*levels, wrong])


def errors(document: Document) -> int:
    return Finding.objects.filter(document=document, severity=Severity.ERROR, state=State.OPEN).count()


def test_what_is_corrected_while_it_is_checked_is_not_found_again(
    cast: Cast, document: Document, monkeypatch: pytest.MonkeyPatch
):
    assert check_document(document)
    assert errors(document) == 1
    real: Callable[..., Report] = checking._report
    times = []

    def slow(*told: Any) -> Report:
        report = real(*told)
        times.append(1)
        if len(times) == 1:
            actions.reject(cast.specialist, document.figures.get(measure="growth"))
        return report

    monkeypatch.setattr(checking, "_report", slow)
    assert check_document(document)
    assert errors(document) == 0
    assert document.figures.filter(state=FigureState.REJECTED).count() == 1


def test_of_two_who_decide_at_once_the_second_hears_of_the_first(cast: Cast, document: Document):
    check_document(document)
    finding = Finding.objects.get(document=document, severity=Severity.ERROR)
    one, other = (Finding.objects.get(pk=finding.pk) for _ in range(2))
    accept_as_is(cast.specialist, one, "Nguồn công bố như vậy")
    with pytest.raises(Refused):
        explain(cast.head, other, "Số ước")
    actions.reject(cast.specialist, document.figures.get(measure="growth"))
    for late in (
        lambda: assign(cast.specialist, one, cast.specialist), lambda: accept_as_is(cast.specialist, one, "lại"),
        lambda: reopen(cast.specialist, other),
    ):  # fmt: skip
        with pytest.raises(Refused):
            late()
    finding.refresh_from_db()
    assert finding.state in (State.GONE, State.CORRECTED)
    assert (finding.steps.count(), finding.steps.filter(act="accepted").count()) == (2, 1)


def test_one_thing_told_a_thousand_times_is_checked_some_times(cast: Cast):
    many = [stated(10**12 + step * 10**9, number=f"{1000 + step} tỷ đồng") for step in range(1000)]
    document = build.document(cast.specialist, many)
    assert len(checking._figures(document)) == checking.MOST_TIMES
    assert check_document(document)
    assert Finding.objects.filter(document=document).count() <= checking.MOST_TIMES


def test_a_check_without_any_time_finds_less_and_nothing_untrue(cast: Cast, document: Document):
    told = checking.stated_figures(document, list(document.figures.all()))
    network = network_of(told, knowledge(cast.home))
    whole = {each.constraints for each in conflicts(network, patience=inf)}
    assert whole
    assert {each.constraints for each in conflicts(network, patience=-1)} <= whole


def test_a_finding_of_thousands_of_figures_is_kept_as_what_a_page_can_show(cast: Cast):
    many = [stated(10**12 + step, number=f"{step}", segment=f"product:{step}") for step in range(700)]
    told = [Stated(str(at), figure, "d") for at, figure in enumerate(many)]
    huge = Found("cannot_tell", "question", "copied", tuple(one.key for one in told), "số \0" * 50_000, "x" * 50_000)
    more = [Found("cannot_tell", "question", "base", ("1",), f"Câu {step}.", "") for step in range(1500)]
    document = build.document(cast.specialist, [stated("5")])
    keep(Report((huge, *more), tuple(told)), origin=Origin.DOCUMENT, document=document, place=cast.home)
    kept = Finding.objects.filter(document=document)
    assert kept.count() == keeping.LOUD_KEPT
    finding = kept.get(rule="copied")
    assert (finding.parts.count(), len(finding.data["drawn"])) == (keeping.MOST_FIGURES, keeping.MOST_FIGURES)
    assert max(len(finding.vi), len(finding.en)) <= keeping.MOST_SAID + 1
    assert "\0" not in finding.vi
    assert cast.client(cast.specialist).get(f"/phat-hien/{finding.uuid}/").status_code == 200
