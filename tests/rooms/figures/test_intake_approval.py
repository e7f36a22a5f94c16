# SPDX-License-Identifier: Apache-2.0
"""A bulk import goes the same way: tried by who brings it, written by who approves at all places of the bringer."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake.rights import covers
from bamsat.rooms.figures.intake.running import write
from bamsat.rooms.figures.models import Entry, Intake, IntakeState
from bamsat.rooms.figures.origins import Origin, origins
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast
from tests.rooms.figures.test_intake import FOUR, checked, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    return cast


@pytest.fixture
def handed_on(cast: Cast) -> Intake:
    return intake_actions.submit(cast.specialist, checked(cast.specialist, FOUR))


def test_a_specialist_hands_on_and_writes_nothing(cast: Cast, handed_on: Intake) -> None:
    assert handed_on.state == IntakeState.SUBMITTED
    with pytest.raises(NotAllowed, match="Trình duyệt"):
        intake_actions.confirm(cast.specialist, handed_on, now=True)
    assert AuditRecord.objects.filter(action="figures.intake.submitted", by=cast.specialist).count() == 1
    assert not Entry.objects.exists()


def test_the_entries_are_the_approvers_and_the_trail_says_who_asked(cast: Cast, handed_on: Intake) -> None:
    done = write(intake_actions.confirm(cast.head, handed_on, now=True))
    assert (done.state, done.written, done.by) == (IntakeState.DONE, 4, cast.specialist)
    assert {entry.by for entry in Entry.objects.all()} == {cast.head}
    told = AuditRecord.objects.get(action="figures.intake.confirmed")
    assert (told.by, told.details["asked_by"]) == (cast.head, cast.specialist.username)
    assert AuditRecord.objects.get(action="figures.intake.done").by == cast.head


def test_what_was_chosen_when_it_was_handed_on_holds_when_it_is_written(cast: Cast) -> None:
    written(cast.head, FOUR)
    again = checked(cast.specialist, FOUR.replace("5.300,5", "5.310"))
    with pytest.raises(intake_actions.IntakeRefused, match="lý do"):
        intake_actions.submit(cast.specialist, again, on_conflict="replace")
    intake_actions.submit(cast.specialist, again, on_conflict="replace", reason="Số điều chỉnh")
    done = write(intake_actions.confirm(cast.head, again, now=True))
    assert done.written == 1
    assert Entry.objects.order_by("-pk")[0].reason == "Số điều chỉnh"


def test_turning_down_wants_a_reason_and_its_sender_wants_none(cast: Cast, handed_on: Intake) -> None:
    with pytest.raises(intake_actions.IntakeRefused, match="không duyệt"):
        intake_actions.drop(cast.head, handed_on)
    intake_actions.drop(cast.head, handed_on, "Nhầm kỳ")
    told = AuditRecord.objects.get(action="figures.intake.dropped")
    assert (told.by, told.reason) == (cast.head, "Nhầm kỳ")
    other = intake_actions.submit(cast.specialist, checked(cast.specialist, FOUR))
    assert intake_actions.drop(cast.specialist, other).state == IntakeState.DROPPED


@pytest.mark.parametrize("who", ["specialist", "specialist_elsewhere", "clerk", "newcomer", "reader"])
def test_nobody_else_writes_what_was_handed_on(cast: Cast, handed_on: Intake, who: str) -> None:
    with pytest.raises(NotAllowed):
        intake_actions.confirm(getattr(cast, who), handed_on, now=True)
    assert not Entry.objects.exists()


# Who covers whom.


def limited(cast: Cast, role: Role, *codes: str) -> User:
    user = create_user(f"{role}-{'-'.join(codes)}", "Một lĩnh vực", password="mat-khau-thu")
    made, _ = IndicatorSet.objects.get_or_create(code="-".join(codes), defaults={"name_vi": "Bộ thử"})
    for code in codes:
        SetMember.objects.get_or_create(set=made, indicator=Indicator.objects.get(code=code))
    give_role(None, user, cast.home, role).sets.add(made)
    return user


def test_an_approver_covers_a_sender_at_all_places_and_for_all_sets(cast: Cast) -> None:
    both = build.role(build.role(cast.newcomer, "cao-bang"), "lang-son")
    trade, trade_head = limited(cast, Role.SPECIALIST, "exports"), limited(cast, Role.HEAD, "exports")
    assert [covers(cast.head, sender) for sender in (cast.specialist, cast.head, both, trade)] == [
        True, True, False, True,
    ]  # fmt: skip
    assert [covers(trade_head, sender) for sender in (trade, trade_head, cast.specialist)] == [True, True, False]
    assert not covers(cast.head, cast.administrator)
    assert not covers(cast.head, cast.reader)
    assert covers(cast.administrator, both)


def test_who_heads_one_place_and_reads_another_hands_on(cast: Cast) -> None:
    user = build.role(build.role(cast.newcomer, "cao-bang", Role.HEAD), "lang-son")
    intake = checked(user, FOUR)
    with pytest.raises(NotAllowed):
        intake_actions.confirm(user, intake, now=True)
    assert intake_actions.submit(user, intake).state == IntakeState.SUBMITTED


# Pages and the terminal.


@pytest.mark.django_db(transaction=True)
def test_the_pages_go_from_trying_to_handing_on_to_writing(cast: Cast) -> None:
    intake = checked(cast.specialist, FOUR)
    where, sender, head = f"/so-lieu/nap/{intake.uuid}/", cast.client(cast.specialist), cast.client(cast.head)
    page = sender.get(where).content.decode()
    assert "Trình duyệt</button>" in page
    assert "Ghi vào sổ</button>" not in page
    assert sender.post(f"{where}ghi/").status_code == 403
    sender.post(f"{where}trinh/")
    assert "Chờ duyệt: trưởng phòng" in sender.get(where).content.decode()
    assert "chờ duyệt" in head.get("/so-lieu/nap/").content.decode().lower()
    page = head.get(where).content.decode()
    assert "Chuyên viên tổng hợp trình duyệt." in page
    assert "Duyệt và ghi vào sổ" in page
    head.post(f"{where}bo/")
    intake.refresh_from_db()
    assert intake.state == IntakeState.SUBMITTED
    head.post(f"{where}ghi/")
    assert Entry.objects.filter(by=cast.head).count() == 4


def test_who_handed_on_reads_why_it_was_turned_down(cast: Cast, handed_on: Intake) -> None:
    where = f"/so-lieu/nap/{handed_on.uuid}/"
    cast.client(cast.head).post(f"{where}bo/", {"ly-do-bo": "Nhầm đơn vị"})
    assert "Không duyệt: Nhầm đơn vị" in cast.client(cast.specialist).get(where).content.decode()


def test_the_terminal_hands_on_in_the_name_of_who_does_not_approve(cast: Cast, tmp_path: Path) -> None:
    file, out = tmp_path / "so-lieu.csv", io.StringIO()
    file.write_text(FOUR, encoding="utf-8")
    call_command("import_figures", str(file), yes=True, user=cast.specialist.username, stdout=out)
    assert "Đã trình duyệt" in out.getvalue()
    assert Intake.objects.get().state == IntakeState.SUBMITTED
    call_command("import_figures", str(file), yes=True, user=cast.head.username, stdout=out)
    assert Entry.objects.count() == 4


# What a room above writes.


def test_an_intake_that_is_a_return_is_no_file_and_leads_to_its_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(cast.head, FOUR)
    Intake.objects.update(format="form", name="Phiếu tháng 8/2021")
    client, entry = cast.client(cast.head), Entry.objects.filter(series__indicator__code="industrial_output").first()
    assert entry is not None
    assert "Phiếu tháng" not in client.get("/so-lieu/nap/").content.decode()
    assert client.get(f"/so-lieu/nap/{Intake.objects.get().uuid}/").status_code == 404
    page = client.get(f"/so-lieu/but-toan/{entry.uuid}/").content.decode()
    assert "Từ phiếu Phiếu tháng 8/2021" in page
    assert "/so-lieu/nap/" not in page.partition("<main")[2]
    monkeypatch.setitem(origins, "form", lambda intake: Origin(f"Mở {intake.name}", "/phieu/1/"))
    for where in (f"/so-lieu/but-toan/{entry.uuid}/", "/so-lieu/industrial_output/cao-bang/"):
        assert '<a href="/phieu/1/">Mở Phiếu tháng 8/2021</a>' in client.get(where).content.decode()
