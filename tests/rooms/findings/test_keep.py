# SPDX-License-Identifier: Apache-2.0
"""What a check said is kept: the same finding is the same row, and what somebody decided stays decided."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from bamsat.core.check.model import Bound, Finding, Repair, Report, Stated
from bamsat.core.terms.figure import Figure
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.models import Document
from bamsat.rooms.findings import models
from bamsat.rooms.findings.actions import Kept, Stands, accept_as_is, explain, keep, reopen
from bamsat.rooms.findings.models import Origin, Part, State, Step
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LEVEL, LAST, GROWTH = stated("5300"), stated("5000", period="2020"), growth("20")


def report(*findings: Finding, figures: tuple[Figure, ...] = (LEVEL, LAST, GROWTH)) -> Report:
    keys = ("muc", "nam-truoc", "tang")
    return Report(findings, tuple(Stated(key, figure, "bc.txt") for key, figure in zip(keys, figures, strict=True)))


def fails(**changes: object) -> Finding:
    repair = Repair("tang", "digits", Decimal(6), Decimal("5.9"), Decimal("6.1"), "6%", "Sửa thành 6%.", "Make it 6%.")
    found = Finding(
        "fails", "error", "growth", ("muc", "nam-truoc", "tang"), "Ba số không thể cùng đúng.", "Not all true.",
        calc="5.300 ÷ 5.000 = 1,06", repairs=(repair,), because=("x",),
    )  # fmt: skip
    return replace(found, **changes)


@pytest.fixture
def document(cast: Cast) -> Document:
    return build.document(cast.specialist, [LEVEL, LAST, GROWTH])


def stands(document: Document) -> dict[str, Stands]:
    figures = document.figures.order_by("ordinal")
    return {key: Stands(figure) for key, figure in zip(("muc", "nam-truoc", "tang"), figures, strict=True)}


def kept(document: Document, *findings: Finding, figures: tuple[Figure, ...] = (LEVEL, LAST, GROWTH)) -> Kept:
    told = report(*findings, figures=figures)
    return keep(told, origin=Origin.DOCUMENT, document=document, place=document.place, parts=stands(document))


def test_a_finding_is_kept_with_its_figures_repairs_and_sum(document: Document):
    assert kept(document, fails()) == Kept(new=1, closed=0, standing=1)
    finding = models.Finding.objects.get()
    assert (finding.severity, finding.rule, finding.calc) == ("error", "growth", "5.300 ÷ 5.000 = 1,06")
    assert finding.data["repairs"][0]["number"] == "6%"
    assert finding.data["repairs"][0]["value"] == "6"
    assert [(part.ordinal, part.key, part.number) for part in finding.parts.all()] == [
        (0, "muc", "5300"), (1, "nam-truoc", "5000"), (2, "tang", "20"),
    ]  # fmt: skip
    assert finding.parts.first().figure.document == document
    assert AuditRecord.objects.filter(action="findings.check.kept").count() == 1


def test_the_same_finding_found_again_is_the_same_row(document: Document):
    kept(document, fails())
    assert kept(document, fails()) == Kept(new=0, closed=0, standing=1)
    assert models.Finding.objects.count() == 1
    assert Part.objects.count() == 3
    assert not Step.objects.exists()
    assert AuditRecord.objects.filter(action="findings.check.kept").count() == 1


def test_another_sentence_or_another_weight_does_not_make_another_finding(document: Document):
    kept(document, fails())
    told = report(fails(vi="Nói cách khác."))
    heavier = replace(told, stated=tuple(replace(one, weight=Decimal(9)) for one in told.stated))
    keep(heavier, origin=Origin.DOCUMENT, document=document, parts=stands(document))
    assert models.Finding.objects.get().vi == "Nói cách khác."


def test_a_finding_whose_figure_was_corrected_is_closed_as_corrected_and_never_deleted(cast: Cast, document: Document):
    kept(document, fails())
    told = report(figures=(LEVEL, LAST, growth("6")))
    result = keep(told, origin=Origin.DOCUMENT, document=document, parts=stands(document), by=cast.specialist)
    finding = models.Finding.objects.get()
    assert result == Kept(0, 1, 0)
    assert (finding.state, finding.settled_by) == (State.CORRECTED, cast.specialist)
    assert [step.act for step in finding.steps.all()] == ["corrected"]


def test_a_finding_that_no_longer_arises_though_its_figures_are_the_same_is_gone(document: Document):
    kept(document, fails())
    kept(document)
    assert models.Finding.objects.get().state == State.GONE


def test_what_comes_back_is_open_again_in_its_old_row(document: Document):
    kept(document, fails())
    kept(document)
    assert kept(document, fails()).new == 1
    finding = models.Finding.objects.get()
    assert finding.state == State.OPEN
    assert finding.settled_at is None
    assert [step.act for step in finding.steps.all()] == ["gone", "found"]


def test_what_was_decided_stays_decided_while_the_figures_are_unchanged(cast: Cast, document: Document):
    kept(document, fails())
    accept_as_is(cast.specialist, models.Finding.objects.get(), "Nguồn công bố như vậy")
    kept(document, fails(vi="Ba số này không thể cùng đúng."))
    assert models.Finding.objects.get().state == State.ACCEPTED
    kept(document)
    kept(document, fails())
    finding = models.Finding.objects.get()
    assert (finding.state, finding.reason) == (State.ACCEPTED, "Nguồn công bố như vậy")
    assert finding.settled_by == cast.specialist
    assert finding.settled_at is not None


def test_what_was_opened_again_before_it_went_comes_back_open(cast: Cast, document: Document):
    kept(document, fails())
    finding = explain(cast.specialist, models.Finding.objects.get(), "Đã hỏi nơi gửi")
    reopen(cast.specialist, finding)
    kept(document)
    kept(document, fails())
    assert models.Finding.objects.get().state == State.OPEN


def test_a_decision_about_a_question_does_not_silence_an_error(cast: Cast, document: Document):
    kept(document, fails(outcome="cannot_tell", severity="question"))
    accept_as_is(cast.specialist, models.Finding.objects.get(), "Số ước")
    kept(document, fails())
    finding = models.Finding.objects.get()
    assert (finding.state, finding.severity) == (State.OPEN, "error")


def test_a_changed_figure_makes_another_finding_and_closes_the_first(document: Document):
    kept(document, fails())
    kept(document, fails(), figures=(LEVEL, LAST, growth("30")))
    assert sorted(models.Finding.objects.values_list("state", flat=True)) == [State.CORRECTED, State.OPEN]


def test_two_findings_of_one_rule_about_the_same_figures_are_two(document: Document):
    low = Bound("exports", "1", "2020", "level", "USD", Decimal(1), Decimal(2), "từ 1 đến 2", "from 1 to 2")
    fine = Finding("holds", "fine", "last_year", ("muc",), "Suy ra.", "Implied.", bounds=(low,))
    kept(document, fine, replace(fine, bounds=(replace(low, period="2019"),)), fails(), fails())
    assert models.Finding.objects.count() == 4
    kept(document, fine, replace(fine, bounds=(replace(low, period="2019"),)), fails(), fails())
    assert models.Finding.objects.count() == 4


def test_a_return_and_a_document_have_findings_of_their_own(cast: Cast, document: Document):
    kept(document, fails())
    parts = {key: Stands(cell=f"hang.{key}") for key in ("muc", "nam-truoc", "tang")}
    keep(report(fails()), origin=Origin.FORM, about=uuid4(), place=cast.commune, period="2021-01", parts=parts)
    assert models.Finding.objects.count() == 2
    kept(document)
    assert models.Finding.objects.get(origin=Origin.FORM).state == State.OPEN


def test_a_finding_of_the_ledger_that_ties_two_periods_is_one_row(cast: Cast):
    for period in ("2021", "2020"):
        parts = {key: Stands(entry=uuid4()) for key in ("muc", "nam-truoc", "tang")}
        keep(report(fails()), origin=Origin.LEDGER, place=cast.home, period=period, parts=parts)
    assert models.Finding.objects.count() == 1


def test_a_replaced_entry_of_the_ledger_counts_as_corrected(cast: Cast):
    for value in ("20", "6"):
        parts = {key: Stands(entry=uuid4()) for key in ("muc", "nam-truoc", "tang")}
        told = report(*([fails()] if value == "20" else []), figures=(LEVEL, LAST, growth(value)))
        keep(told, origin=Origin.LEDGER, place=cast.home, period="2021", parts=parts)
    assert models.Finding.objects.get().state == State.CORRECTED


def test_keeping_asks_no_more_of_the_database_for_many_findings(document: Document, django_assert_max_num_queries):
    many = [fails(figures=("muc",), calc=str(number)) for number in range(60)]
    with django_assert_max_num_queries(16):
        kept(document, *many)
    with django_assert_max_num_queries(16):
        kept(document)
