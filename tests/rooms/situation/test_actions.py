# SPDX-License-Identifier: Apache-2.0
"""What people note of a situation: who may, what is refused and why, and that nothing that was said is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.models import LedgerIsInsertOnly
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.situation import queries
from bamsat.rooms.situation.actions import Refused, Said, edit, restore, withdraw, write
from bamsat.rooms.situation.models import Kind, Note
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2021, 10, 15)
YEAR = Period.year(2021)


def said(text: str = "Dịch bệnh diễn biến phức tạp.", kind: str = Kind.DIFFICULTY, **more: Any) -> Said:
    return Said(kind=kind, text=text, **{"period": YEAR} | more)


def noted(by: User, place: Place, text: str = "Dịch bệnh diễn biến phức tạp.", **more: Any) -> Note:
    return write(by, place, said(text, **more), TODAY)


def output() -> Indicator:
    return Indicator.objects.get(code="industrial_output")


def limited(cast: Cast, role: Role, *codes: str) -> User:
    """Somebody at home whose role is for these indicator sets alone."""
    user = cast.newcomer
    give_role(None, user, cast.home, role, sets=IndicatorSet.objects.filter(code__in=codes))
    return user


def test_a_note_is_written_edited_withdrawn_and_restored_and_every_row_stays(cast: Cast):
    first = noted(cast.specialist, cast.home, indicators=(output(),))
    second = edit(cast.head, first, said("Dịch bệnh đã được kiểm soát."), TODAY, " Tình hình đổi ")
    third = withdraw(cast.specialist, second, "Ghi nhầm kỳ")
    assert queries.notes(cast.specialist, cast.home, YEAR) == []
    fourth = restore(cast.head, third)
    assert [(row.act, row.text) for row in queries.history(cast.specialist, fourth)] == [
        ("restored", "Dịch bệnh đã được kiểm soát."),
        ("withdrawn", "Dịch bệnh đã được kiểm soát."),
        ("edited", "Dịch bệnh đã được kiểm soát."),
        ("written", "Dịch bệnh diễn biến phức tạp."),
    ]
    assert (second.reason, third.reason) == ("Tình hình đổi", "Ghi nhầm kỳ")
    assert queries.notes(cast.specialist, cast.home, YEAR) == [fourth]
    assert fourth.uuid == first.uuid


def test_every_change_is_in_the_trail_with_its_words_and_reason(cast: Cast):
    note = withdraw(cast.specialist, noted(cast.specialist, cast.home), "Trùng")
    restore(cast.specialist, note)
    found = AuditRecord.objects.filter(action__startswith="situation.").order_by("pk")
    assert [(row.action, row.by, row.reason) for row in found] == [
        ("situation.note.written", cast.specialist, ""),
        ("situation.note.withdrawn", cast.specialist, "Trùng"),
        ("situation.note.restored", cast.specialist, ""),
    ]
    assert found[0].details["text"] == "Dịch bệnh diễn biến phức tạp."


def test_what_was_known_on_a_day_is_what_had_been_said_by_then(cast: Cast):
    before_all = timezone.now()
    first = noted(cast.specialist, cast.home, "Giá thép tăng.")
    then = timezone.now()
    second = edit(cast.specialist, first, said("Giá thép giảm."), TODAY)
    later = timezone.now()
    withdraw(cast.specialist, second, "Sai")

    def told(moment: Any) -> list[str]:
        return [note.text for note in queries.notes(cast.specialist, cast.home, YEAR, known=moment)]

    assert (told(before_all), told(then), told(later), told(None)) == ([], ["Giá thép tăng."], ["Giá thép giảm."], [])


def test_a_row_once_written_is_never_changed_nor_deleted(cast: Cast):
    note = noted(cast.specialist, cast.home)
    note.text = "khác"
    with pytest.raises(LedgerIsInsertOnly):
        note.save()
    with pytest.raises(LedgerIsInsertOnly):
        note.delete()
    with pytest.raises(LedgerIsInsertOnly):
        Note.objects.update(text="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        Note._base_manager.filter(pk=note.pk)._raw_delete("default")  # type: ignore[attr-defined]


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(cast: Cast):
    note = noted(cast.specialist, cast.home)
    edit(cast.head, note, said("Bản của trưởng phòng."), TODAY)
    with pytest.raises(Refused, match="Vừa có người khác"):
        edit(cast.specialist, note, said("Bản của chuyên viên."), TODAY)
    with pytest.raises(Refused, match="Vừa có người khác"):
        withdraw(cast.specialist, note, "Thôi")


def test_a_withdrawal_says_why_and_what_stands_needs_no_restoring(cast: Cast):
    note = noted(cast.specialist, cast.home)
    with pytest.raises(Refused, match="vì sao"):
        withdraw(cast.specialist, note, "  ")
    with pytest.raises(Refused, match="đang dùng"):
        restore(cast.specialist, note)
    gone = withdraw(cast.specialist, note, "Trùng")
    with pytest.raises(Refused, match="đã rút"):
        edit(cast.specialist, gone, said(), TODAY)


@pytest.mark.parametrize("who", ["clerk", "reader", "api_client", "newcomer", "specialist_elsewhere", "facility_clerk"])
def test_nobody_notes_anything_where_they_enter_no_figures(cast: Cast, who: str):
    note = noted(cast.specialist, cast.home)
    user = getattr(cast, who)
    for attempt in (
        lambda: noted(user, cast.home),
        lambda: edit(user, note, said("khác"), TODAY),
        lambda: withdraw(user, note, "khác"),
        lambda: restore(user, note),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert Note.objects.count() == 1


def test_a_commune_notes_its_own_situation_and_not_its_neighbours_nor_the_provinces(cast: Cast):
    assert noted(cast.commune_official, cast.commune).place == cast.commune
    for place in (cast.home, cast.other_commune):
        with pytest.raises(NotAllowed):
            noted(cast.commune_official, place)


def test_a_role_for_some_fields_notes_in_those_fields_alone(cast: Cast):
    user = limited(cast, Role.SPECIALIST, "petrol")
    petrol = IndicatorSet.objects.get(code="petrol")
    stations = Indicator.objects.get(code="petrol_stations")
    assert noted(user, cast.home, field=petrol, indicators=(stations,)).field == petrol
    for refused in (
        {},
        {"field": IndicatorSet.objects.get(code="clusters")},
        {"field": petrol, "indicators": (output(),)},
        {"field": petrol, "indicators": (stations, output())},
    ):
        with pytest.raises(NotAllowed):
            noted(user, cast.home, **refused)


def test_nobody_edits_a_note_into_a_field_that_is_not_theirs_nor_out_of_it(cast: Cast):
    user = limited(cast, Role.SPECIALIST, "petrol")
    petrol = IndicatorSet.objects.get(code="petrol")
    mine = noted(user, cast.home, field=petrol)
    with pytest.raises(NotAllowed):
        edit(user, mine, said(), TODAY)
    general = noted(cast.specialist, cast.home)
    with pytest.raises(NotAllowed):
        edit(user, general, said(field=petrol), TODAY)
    with pytest.raises(NotAllowed):
        withdraw(user, general, "Thôi")


def test_a_note_is_not_tied_to_what_its_writer_cannot_see(cast: Cast):
    theirs = noted(cast.specialist_elsewhere, cast.elsewhere)
    with pytest.raises(NotAllowed):
        noted(cast.specialist, cast.home, kind=Kind.SOLUTION, about=(theirs.thread,))
    document = build.document(cast.specialist_elsewhere, area="Lạng Sơn")
    with pytest.raises(NotAllowed):
        noted(cast.specialist, cast.home, document=document)


@pytest.fixture
def report(cast: Cast) -> Document:
    found = build.received(
        cast.specialist, "Đạt 5.300 tỷ đồng.\nTình hình thiên tai,\ndịch bệnh vẫn phức tạp. Hết.", place=cast.home
    )
    Document.objects.filter(pk=found.pk).update(
        text="Đạt 5.300 tỷ đồng.\nTình hình thiên tai,\ndịch bệnh vẫn phức tạp. Hết."
    )
    found.refresh_from_db()
    return found


def test_a_quotation_stands_word_for_word_in_its_document(cast: Cast, report: Document):
    note = noted(cast.specialist, cast.home, document=report, quote="thiên tai, dịch  bệnh vẫn phức tạp.")
    assert note.quote == "thiên tai, dịch bệnh vẫn phức tạp."
    assert report.text[note.start : note.end] == "thiên tai,\ndịch bệnh vẫn phức tạp."
    with pytest.raises(Refused, match="Không thấy câu trích"):
        noted(cast.specialist, cast.home, document=report, quote="thiên tai đã hết")
    with pytest.raises(Refused, match="chọn văn bản"):
        noted(cast.specialist, cast.home, quote="thiên tai")


def test_who_cannot_see_the_document_edits_the_note_and_its_source_stays(cast: Cast, report: Document):
    note = noted(cast.specialist, cast.home, document=report, quote="dịch bệnh vẫn phức tạp")
    user = cast.newcomer
    give_role(None, user, cast.home, Role.COMMUNE)  # enters and sees, but reads no documents
    after = edit(user, note, said("Dịch bệnh còn phức tạp."), TODAY)
    assert (after.document, after.quote) == (report, "dịch bệnh vẫn phức tạp")


def test_a_risk_has_a_level_from_likelihood_and_impact(cast: Cast):
    risk = noted(cast.specialist, cast.home, kind=Kind.RISK, likelihood=3, impact=2, measure="Dự trữ hàng thiết yếu.")
    assert risk.level is not None
    assert (risk.level.code, risk.measure) == ("high", "Dự trữ hàng thiết yếu.")
    assert noted(cast.specialist, cast.home, kind=Kind.RISK).level is None
    with pytest.raises(Refused, match="cả khả năng"):
        noted(cast.specialist, cast.home, kind=Kind.RISK, likelihood=3)
    with pytest.raises(Refused, match="thang"):
        noted(cast.specialist, cast.home, kind=Kind.RISK, likelihood=9, impact=1)


def test_a_solution_is_planned_until_the_day_it_was_carried_out(cast: Cast):
    planned = noted(cast.specialist, cast.home, kind=Kind.SOLUTION)
    assert not planned.carried_out
    done = edit(cast.specialist, planned, said(kind=Kind.SOLUTION, carried_out_on=TODAY), TODAY)
    assert done.carried_out
    with pytest.raises(Refused, match="chưa tới"):
        edit(cast.specialist, done, said(kind=Kind.SOLUTION, carried_out_on=date(2022, 1, 1)), TODAY)


def test_what_belongs_to_one_kind_is_not_kept_on_another(cast: Cast):
    note = noted(cast.specialist, cast.home, likelihood=3, impact=3, carried_out_on=TODAY, pivot_year=2021)
    assert (note.likelihood, note.carried_out_on, note.pivot_year) == (None, None, None)


def test_objectives_form_a_tree_without_circles_under_the_place_and_those_above(cast: Cast):
    frame = noted(
        cast.specialist, cast.home, "Phát triển bền vững.", kind=Kind.OBJECTIVE, period=Period.years(2021, 2025),
        pivot_year=2021,
    )  # fmt: skip
    year = noted(cast.specialist, cast.home, "Hoàn thành kế hoạch.", kind=Kind.OBJECTIVE, parent=frame.thread)
    below = noted(cast.specialist, cast.commune, "Đủ chợ.", kind=Kind.OBJECTIVE, parent=year.thread)
    assert below.parent == year.thread
    turned = said("Phát triển bền vững.", Kind.OBJECTIVE, period=Period.years(2021, 2025), parent=year.thread)
    with pytest.raises(Refused, match="chính nó"):
        edit(cast.specialist, frame, turned, TODAY)
    with pytest.raises(Refused, match="cùng địa bàn"):
        noted(cast.specialist, cast.home, kind=Kind.OBJECTIVE, parent=below.thread)
    for span, pivot in ((Period.years(2021, 2025), 2026), (YEAR, 2021)):
        with pytest.raises(Refused, match="bản lề"):
            noted(cast.specialist, cast.home, kind=Kind.OBJECTIVE, period=span, pivot_year=pivot)


def test_a_note_needs_words_and_not_too_many(cast: Cast):
    with pytest.raises(Refused, match="nội dung"):
        noted(cast.specialist, cast.home, " \n ")
    with pytest.raises(Refused, match="nhiều nhất 2000"):
        noted(cast.specialist, cast.home, "x" * 2001)
    with pytest.raises(Refused, match="loại"):
        noted(cast.specialist, cast.home, kind="gossip")
