# SPDX-License-Identifier: Apache-2.0
"""Imports beside others who write, breakdowns in columns of their own, and rights by field."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures import intake_actions, ledger
from bamsat.rooms.figures.intake import running, writing
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Latest
from bamsat.rooms.places.models import PlaceRole, Role
from tests import build
from tests.cast import Cast
from tests.rooms.figures.test_intake import HEAD, checked, kinds, written


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    return cast


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_write_every_number_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST", "_SMALLEST", "_LARGEST"):
        monkeypatch.setattr(writing, name, 20)
    rows = [f"exports;Cao Bằng;{1 + n % 12:02}/{2001 + n // 12};triệu USD;{n}\n" for n in range(240)]
    both = [checked(cast.head, HEAD + "".join(each)) for each in (rows, rows[::-1])]
    for intake in both:
        intake_actions.confirm(cast.head, intake, now=True)
    troubles: list[BaseException] = []

    def work(intake: Intake) -> None:
        try:
            running.write(intake)
        except BaseException as error:
            troubles.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(intake,)) for intake in both]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    counted = list(Intake.objects.values_list("state", "written", "unchanged"))
    assert {state for state, _, _ in counted} == {IntakeState.DONE}
    assert sum(new for _, new, _ in counted) == 240 == Entry.objects.count() == Latest.objects.count()
    assert sum(same for _, _, same in counted) == 240
    assert ledger.drift() == []
    assert audit.verify() is None


def test_a_code_list_may_have_a_column_of_its_own(cast: Cast) -> None:
    codelist = CodeList.objects.create(code="thu-nganh", version="1", name_vi="Ngành thử")
    Code.objects.create(codelist=codelist, code="C10", name_vi="Chế biến thực phẩm")
    head = HEAD.replace("Giá trị", "Ngành thử;Giá trị")
    row = "exports;Cao Bằng;{};triệu USD;{};1\n"
    text = head + row.format(2020, "Chế biến thực phẩm") + row.format(2021, "c10") + row.format(2022, "C99")
    intake = written(cast.head, text)
    assert set(Entry.objects.values_list("series__segment", flat=True)) == {"thu-nganh:C10"}
    assert (intake.written, kinds(intake)) == (2, {"code": 1})


def test_a_role_for_some_indicators_imports_only_these(cast: Cast) -> None:
    field = IndicatorSet.objects.create(code="thu-bo", name_vi="Bộ thử")
    SetMember.objects.create(set=field, indicator=Indicator.objects.get(code="exports"))
    user = create_user("chuyen-vien-xnk", "Chuyên viên xuất nhập khẩu", password="mat-khau-thu")
    role = PlaceRole.objects.create(user=user, place=cast.home, role=Role.SPECIALIST)
    role.sets.add(field)
    text = HEAD + "exports;Cao Bằng;2021;triệu USD;1\nimports;Cao Bằng;2021;triệu USD;1\n"
    assert kinds(checked(user, text)) == {"rights": 1}


def test_values_of_two_providers_stand_side_by_side(cast: Cast) -> None:
    head = HEAD.replace("Giá trị", "Nguồn;Giá trị")
    row = "exports;Cao Bằng;2021;triệu USD;{};{}\n"
    written(cast.head, head + row.format("", 1) + row.format("statistics", 2))
    told = {entry.series.provider: entry.amount for entry in Entry.objects.all()}
    assert told == {"department": Decimal(1_000_000), "statistics": Decimal(2_000_000)}


def test_what_a_database_cannot_hold_is_taken_out(cast: Cast) -> None:
    head = HEAD.replace("Giá trị", "Phân tổ;Giá trị")
    intake = written(cast.head, head + "exports;Cao Bằng;2021;triệu USD;a\0b;1\nx\0y;Cao Bằng;2021;%;;1\n")
    assert intake.written == 1
    assert Entry.objects.get().series.segment == "a b"
