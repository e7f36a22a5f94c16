# SPDX-License-Identifier: Apache-2.0
"""What people do with a finding, who may, and what each says when it refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bamsat.core.check.model import Finding as Found
from bamsat.core.check.model import Report, Stated
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.findings import queries
from bamsat.rooms.findings.actions import Refused, Stands, accept_as_is, assign, explain, keep, reopen
from bamsat.rooms.findings.models import Finding, Origin, Severity, State
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(cast: Cast) -> Finding:
    """An error in a document of the office at home."""
    document = build.document(cast.specialist, [stated("5300")])
    found = Found("fails", "error", "growth", ("muc",), "Không thể đúng.", "Cannot be true.")
    report = Report((found,), (Stated("muc", stated("5300"), "bc.txt"),))
    keep(
        report,
        origin=Origin.DOCUMENT,
        document=document,
        place=cast.home,
        parts={"muc": Stands(document.figures.get())},
    )
    return Finding.objects.get()


@pytest.fixture
def of_form(cast: Cast) -> Finding:
    """A question about a return of the commune at home."""
    build.forms()
    about = build.sent(cast.commune_official, build.form(), cast.commune, "2021-01", until="draft").uuid
    found = Found("cannot_tell", "question", "history", ("o",), "Lạ so với quá khứ.", "Odd against the past.")
    report = Report((found,), (Stated("o", stated("7", area="Xã Nhà"), "phiếu"),))
    parts = {"o": Stands(cell="food.now")}
    keep(report, origin=Origin.FORM, about=about, place=cast.commune, period="2021-01", parts=parts)
    return Finding.objects.get(origin=Origin.FORM)


def test_a_finding_is_assigned_with_a_date_explained_and_opened_again(cast: Cast, finding: Finding):
    due = timezone.localdate() + timedelta(days=3)
    assign(cast.head, finding, cast.specialist, due)
    assert (finding.assignee, finding.due) == (cast.specialist, due)
    explain(cast.specialist, finding, " Nguồn đã đính chính ")
    assert (finding.state, finding.reason, finding.settled_by) == (
        State.EXPLAINED,
        "Nguồn đã đính chính",
        cast.specialist,
    )
    reopen(cast.head, finding)
    finding.refresh_from_db()
    assert (finding.state, finding.reason, finding.settled_by) == (State.OPEN, "", None)
    steps = [(step.act, step.by, step.to, step.reason) for step in finding.steps.all()]
    assert steps == [
        ("assigned", cast.head, cast.specialist, ""), ("explained", cast.specialist, None, "Nguồn đã đính chính"),
        ("reopened", cast.head, None, ""),
    ]  # fmt: skip
    actions = list(AuditRecord.objects.filter(action__startswith="findings.finding").values_list("action", flat=True))
    assert sorted(actions) == [f"findings.finding.{act}" for act in ("assigned", "explained", "reopened")]


def test_leaving_figures_as_they_are_needs_a_reason(cast: Cast, finding: Finding):
    with pytest.raises(Refused, match="lý do"):
        accept_as_is(cast.specialist, finding, " \0 ")
    accept_as_is(cast.specialist, finding, "Số của nguồn, giữ nguyên")
    assert finding.state == State.ACCEPTED
    assert AuditRecord.objects.filter(action="findings.finding.accepted").get().reason == "Số của nguồn, giữ nguyên"
    with pytest.raises(Refused, match="để nguyên"):
        explain(cast.specialist, finding, "Thêm")


def test_an_explanation_has_words(cast: Cast, finding: Finding):
    with pytest.raises(Refused, match="giải trình"):
        explain(cast.specialist, finding, "")


def test_nobody_outside_the_office_sees_or_decides(cast: Cast, finding: Finding):
    for user in (cast.specialist_elsewhere, cast.newcomer, cast.commune_official, cast.reader):
        assert not queries.findings(user).exists()
        for act in (
            lambda who: assign(who, finding, None), lambda who: explain(who, finding, "x"),
            lambda who: accept_as_is(who, finding, "x"), lambda who: reopen(who, finding),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                act(user)
    finding.refresh_from_db()
    assert finding.state == State.OPEN
    assert not finding.steps.exists()


def test_who_reads_but_does_not_judge_explains_only_what_was_given_to_them(cast: Cast, finding: Finding):
    with pytest.raises(NotAllowed):
        explain(cast.clerk, finding, "Đã hỏi")
    with pytest.raises(NotAllowed):
        accept_as_is(cast.clerk, finding, "Giữ")
    assign(cast.head, finding, cast.clerk)
    explain(cast.clerk, finding, "Đã hỏi nơi gửi")
    assert finding.state == State.EXPLAINED


def test_a_finding_is_given_only_to_who_may_see_it_and_until_a_day_to_come(cast: Cast, finding: Finding):
    for other in (cast.specialist_elsewhere, cast.newcomer):
        with pytest.raises(Refused, match="không giao được"):
            assign(cast.head, finding, other)
    with pytest.raises(Refused, match="đã qua"):
        assign(cast.head, finding, cast.specialist, date(2020, 1, 1))
    assign(cast.head, finding, cast.specialist)
    assign(cast.head, finding, None, timezone.localdate())
    assert (finding.assignee, finding.due) == (None, None)


def test_what_no_longer_arises_is_decided_by_nobody(cast: Cast, finding: Finding):
    keep(Report((), ()), origin=Origin.DOCUMENT, document=finding.document)
    for act in (
        lambda: assign(cast.head, finding, cast.specialist), lambda: explain(cast.head, finding, "x"),
        lambda: accept_as_is(cast.head, finding, "x"), lambda: reopen(cast.head, finding),
    ):  # fmt: skip
        with pytest.raises(Refused, match="không còn"):
            act()


def test_a_commune_explains_its_own_form_and_the_department_decides(cast: Cast, of_form: Finding):
    neighbour = cast._at(cast.other_commune, Role.COMMUNE, "can-bo-ben", "Cán bộ xã bên")
    assert not queries.findings(neighbour).exists()
    assert list(queries.findings(cast.commune_official)) == [of_form]
    with pytest.raises(NotAllowed):
        accept_as_is(cast.commune_official, of_form, "Đúng")
    explain(cast.commune_official, of_form, "Có hội chợ trong tháng")
    reopen(cast.specialist, of_form)
    accept_as_is(cast.specialist, of_form, "Đã kiểm tra")
    assert of_form.state == State.ACCEPTED


def test_the_side_bar_counts_what_waits_for_this_user(cast: Cast, finding: Finding, of_form: Finding):
    assert queries.waiting(cast.specialist) == queries.waiting(cast.administrator) == 2
    assert queries.waiting(cast.commune_official) == queries.waiting(cast.clerk) == 0
    assign(cast.head, of_form, cast.commune_official)
    assert queries.waiting(cast.commune_official) == 1
    accept_as_is(cast.head, finding, "Giữ")
    assert queries.waiting(cast.specialist) == 1
    assert queries.waiting(cast.specialist_elsewhere) == 0


def test_findings_of_a_document_are_told_by_figure_with_the_loudest_word(cast: Cast, finding: Finding):
    document, figure = finding.document, finding.document.figures.get()
    assert queries.of_figures(cast.specialist, document) == {figure.pk: [finding]}
    assert queries.loudest(cast.specialist, document) == {figure.pk: Severity.ERROR}
    assert queries.open_errors(cast.specialist, document) == {figure.pk: finding}
    accept_as_is(cast.head, finding, "Giữ")
    assert queries.of_figures(cast.specialist, document) == {figure.pk: [finding]}
    assert queries.loudest(cast.specialist, document) == queries.open_errors(cast.specialist, document) == {}
