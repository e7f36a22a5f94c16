# SPDX-License-Identifier: Apache-2.0
"""The ledger is checked on its own: after imports, approvals and replacements, by place and year."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import actions, intake_actions, ledger_tasks
from bamsat.rooms.figures.checking_ledger import check_ledger
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.ledger_tasks import check_places, touched_by
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Latest
from bamsat.rooms.figures.origins import FORM
from bamsat.rooms.findings.actions import accept_as_is
from bamsat.rooms.findings.models import Finding, Origin, Part, Severity, State
from bamsat.rooms.findings.queries import findings, to_look_at
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = "Chỉ tiêu;Địa bàn;Kỳ;Kỳ so sánh;Cách đo;Đơn vị;Giá trị\n"
BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def taken(cast: Cast, *figures: Any) -> list[Entry]:
    """Entries of a document of its own for each figure, so that no document says two of them."""
    return [actions.accept(cast.head, build.figure(cast.specialist, each)) for each in figures]  # type: ignore[misc]


def imports(value: int, period: str, **more: Any) -> Any:
    return stated(value * 10**6, indicator="imports", unit="USD", period=period, **more)


def three(cast: Cast, rate: str = "17.27") -> list[Entry]:
    """530 over 470 is 12,77 percent more, and not 17,27."""
    said = growth(rate, indicator="imports", lower=Decimal(rate) - Decimal("0.005"),
                  upper=Decimal(rate) + Decimal("0.005"))  # fmt: skip
    return taken(cast, imports(470, "2020"), imports(530, "2021"), said)


def standing(**more: Any) -> list[Finding]:
    return list(Finding.objects.filter(origin=Origin.LEDGER, state=State.OPEN, **more).order_by("pk"))


def test_entries_that_cannot_all_be_true_have_a_finding_that_leads_to_them(cast: Cast):
    entries = three(cast)
    kept = check_ledger(cast.home, ["2021"])
    (finding,) = standing(severity=Severity.ERROR)
    assert kept is not None
    assert kept.new == len(standing())
    assert (finding.rule, finding.place, finding.period, finding.document) == ("growth", cast.home, "2021", None)
    assert {part.entry for part in finding.parts.all()} == {entry.uuid for entry in entries}
    assert all(part.label and part.source for part in finding.parts.all())
    assert list(to_look_at(cast.head)) == [finding]


def test_entries_that_agree_have_none(cast: Cast):
    three(cast, "12.77")
    check_ledger(cast.home, ["2020", "2021"])
    assert standing() == []


def test_checking_again_changes_nothing_and_a_replaced_entry_closes_the_finding(cast: Cast):
    entries = three(cast)
    check_ledger(cast.home, ["2021"])
    assert check_ledger(cast.home, ["2021"]) == check_ledger(cast.home, ["2021"])
    (finding,) = standing()
    actions.replace(cast.head, entries[2], "12,77", "đính chính", unit="%")
    check_ledger(cast.home, ["2021"])
    finding.refresh_from_db()
    assert finding.state == State.CORRECTED


def test_a_withdrawn_entry_closes_the_finding(cast: Cast):
    entries = three(cast)
    check_ledger(cast.home, ["2021"])
    (finding,) = standing()
    actions.withdraw(cast.head, entries[0], "nhầm kỳ")
    check_ledger(cast.home, ["2021"])
    finding.refresh_from_db()
    assert finding.state == State.GONE


def test_what_changes_in_a_year_is_checked_with_the_growth_of_the_year_after(cast: Cast):
    three(cast)
    check_ledger(cast.home, ["2020"])
    assert [finding.period for finding in standing()] == ["2021"]


def test_only_findings_of_the_same_place_and_year_are_closed(cast: Cast):
    three(cast)
    check_ledger(cast.home, ["2021"])
    check_ledger(cast.elsewhere, ["2021"])
    check_ledger(cast.home, ["2019"])
    check_ledger(cast.home, ["2022"])
    assert len(standing()) == 1


def test_what_was_decided_stays_decided(cast: Cast):
    three(cast)
    check_ledger(cast.home, ["2021"])
    accept_as_is(cast.head, standing()[0], "Theo công bố của Tổng cục Hải quan")
    check_ledger(cast.home, ["2021"])
    assert standing() == []
    assert Finding.objects.get(origin=Origin.LEDGER).state == State.ACCEPTED


def test_an_estimate_followed_by_the_result_contradicts_nothing(cast: Cast):
    taken(cast, imports(520, "2021", status="estimate"), imports(530, "2021"))
    check_ledger(cast.home, ["2021"])
    assert standing() == []


def in_one_document(cast: Cast) -> Document:
    said = growth("17.27", indicator="imports", lower=Decimal("17.265"), upper=Decimal("17.275"))
    return build.document(cast.specialist, [imports(470, "2020"), imports(530, "2021"), said])


def test_what_a_document_says_of_the_same_numbers_is_not_said_twice(cast: Cast):
    document = in_one_document(cast)
    for figure in document.figures.all():
        actions.accept(cast.head, figure)
    (said,) = Finding.objects.filter(document=document, severity=Severity.ERROR, state=State.OPEN)
    check_ledger(cast.home, ["2021"])
    assert standing() == []
    Finding.objects.filter(pk=said.pk).update(state=State.GONE)
    check_ledger(cast.home, ["2021"])
    assert len(standing()) == 1


def test_a_year_without_entries_asks_little(cast: Cast, django_assert_max_num_queries: Any):
    with django_assert_max_num_queries(6):
        check_ledger(cast.elsewhere, ["1999"])


def test_a_fault_of_the_check_leaves_what_was_found(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    three(cast)
    check_ledger(cast.home, ["2021"])

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bamsat.core.check.checking.check", broken)
    assert check_ledger(cast.home, ["2021"]) is None
    assert len(standing()) == 1


# Who sees.


def test_findings_of_the_ledger_are_seen_by_who_sees_every_series_that_they_speak_of(cast: Cast):
    three(cast)
    check_ledger(cast.home, ["2021"])
    assert findings(cast.reader).filter(origin=Origin.LEDGER).count() == 1
    assert not findings(cast.specialist_elsewhere).filter(origin=Origin.LEDGER).exists()
    kept_to = IndicatorSet.objects.exclude(members__indicator__code="imports").order_by("pk").first()
    assert kept_to is not None
    give_role(None, cast.newcomer, cast.home, Role.READER, sets=[kept_to])
    assert not findings(cast.newcomer).filter(origin=Origin.LEDGER).exists()


# When.


def test_replacing_and_withdrawing_has_the_ledger_checked(cast: Cast, django_capture_on_commit_callbacks: Any):
    entries = three(cast, "12.77")
    with django_capture_on_commit_callbacks(execute=True):
        wrong = actions.replace(cast.head, entries[2], "17,27", "thử", unit="%")
    assert len(standing()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(cast.head, wrong, "gõ nhầm")
    assert standing() == []


def test_approving_has_the_ledger_checked(cast: Cast, django_capture_on_commit_callbacks: Any):
    three_figures = [
        build.figure(cast.specialist, each)
        for each in (imports(470, "2020"), imports(530, "2021"), growth("17.27", indicator="imports"))
    ]
    with django_capture_on_commit_callbacks(execute=True):
        for figure in three_figures:
            actions.accept(cast.head, figure)
    assert len(standing(severity=Severity.ERROR)) == 1


def test_approving_a_return_has_its_place_and_year_checked(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []
    monkeypatch.setattr(ledger_tasks, "check_later", asked.append)
    sent = build.sent(cast.commune_official, build.form(), cast.commune, "2021-03", {"food.now": "120"}, "approved")
    assert asked == [{sent.place_id: {2021}}]


def test_what_a_return_says_of_the_same_numbers_is_not_said_twice(cast: Cast):
    entries = three(cast)
    intake = Intake.objects.create(
        name="phiếu", format=FORM, size=0, state=IntakeState.DONE, options={"return": str(uuid4())}, by=cast.head
    )
    told = []
    for at, entry in enumerate(entries):
        cells = Entry.objects.filter(pk=entry.pk).values_list("series", "period", "base", "kind", "vintage")[0]
        series, period, base, kind, vintage = cells
        new = Entry.objects.create(
            series_id=series, period=period, base=base, kind=kind, vintage=vintage, value=entry.value,
            lower=entry.lower, upper=entry.upper, first_month=entry.first_month, last_month=entry.last_month,
            by=cast.head, replaces=entry, intake=intake, cell=f"r{at}.now",
        )  # fmt: skip
        Latest.objects.filter(entry=entry).update(entry=new)
        told.append(new)
    finding = Finding.objects.create(
        origin=Origin.FORM, about=intake.options["return"], place=cast.home, rule="growth", outcome="fails",
        severity=Severity.ERROR, fingerprint="0", vi="Ba ô không thể cùng đúng.", en="",
    )  # fmt: skip
    for at, entry in enumerate(told[:2]):
        Part.objects.create(finding=finding, ordinal=at, key=entry.cell, cell=entry.cell, number="1")
    check_ledger(cast.home, ["2021"])
    (own,) = standing()
    Part.objects.create(finding=finding, ordinal=2, key=told[2].cell, cell=told[2].cell, number="1")
    check_ledger(cast.home, ["2021"])
    own.refresh_from_db()
    assert own.state == State.GONE


FILE = HEAD + (
    "imports;Cao Bằng;2020;;mức;triệu USD;470\n"
    "imports;Cao Bằng;2021;;mức;triệu USD;530\n"
    "imports;Cao Bằng;2021;2020;tăng trưởng;%;17,27\n"
    "imports;Lạng Sơn;2021;;mức;triệu USD;530\n"
)


def brought(cast: Cast, text: str = FILE) -> Intake:
    intake = check(intake_actions.receive(cast.administrator, "so-lieu.csv", text.encode(), now=True))
    intake_actions.confirm(cast.administrator, intake, now=True, leave_out=True)
    return write(intake)


def test_an_import_has_its_places_checked_when_it_is_written(cast: Cast, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        intake = brought(cast)
    assert intake.written == 4, intake.report
    assert touched_by(intake) == {place.pk: years for place, years in sorted(
        [(cast.home, [2020, 2021]), (cast.elsewhere, [2021])], key=lambda each: each[0].pk
    )}  # fmt: skip
    assert [finding.place for finding in standing(severity=Severity.ERROR)] == [cast.home]


def test_an_import_is_written_whatever_becomes_of_the_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
):
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bamsat.core.check.checking.check", broken)
    with django_capture_on_commit_callbacks(execute=True):
        assert brought(cast).written == 4


def test_many_places_are_checked_in_pieces(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    pieces: list[Any] = []
    monkeypatch.setattr(ledger_tasks, "PIECE", 5)
    monkeypatch.setattr(ledger_tasks, "_enqueue", pieces.extend)
    monkeypatch.setattr("django.db.transaction.on_commit", lambda run: run())
    ledger_tasks.check_later({place: [2019, 2020, 2021] for place in range(1, 5)} | {9: range(2000, 2011)})
    assert [[each["place"] for each in piece] for piece in pieces] == [[1], [2], [3], [4], [9]]


def test_a_place_that_is_no_more_there_stops_no_piece(cast: Cast):
    three(cast)
    told = check_places.func([{"place": 0, "years": [2021]}, {"place": cast.home.pk, "years": [2021]}])
    assert told == "1 0"


# By hand.


def test_the_command_checks_one_place_or_all_and_one_year_or_all(cast: Cast):
    three(cast)

    def run(*words: str) -> str:
        out = StringIO()
        call_command("check_ledger", *words, stdout=out)
        return out.getvalue()

    assert "0 phát hiện mới" in run("--place", cast.elsewhere.slug)
    assert "0 phát hiện mới" in run("--place", cast.home.slug, "--year", "2019")
    assert "1 địa bàn, 1 phát hiện mới, 0 không còn" in run()
    assert "0 phát hiện mới" in run("--year", "2021")
    with pytest.raises(CommandError, match="khong-co"):
        run("--place", "khong-co")


def test_the_command_closes_what_was_withdrawn(cast: Cast):
    entries = three(cast)
    call_command("check_ledger", stdout=StringIO())
    for entry in entries:
        actions.withdraw(cast.head, entry, "thử")
    assert not Latest.objects.exists()
    call_command("check_ledger", stdout=StringIO())
    assert standing() == []
    assert Place.objects.filter(pk=cast.home.pk).exists()
