# SPDX-License-Identifier: Apache-2.0
"""Tasks written by hand, and the table that offices send upward, opened in the programs that people open it with."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.documents.models import Record
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.models import Kind, Task, Time
from bamsat.rooms.tasks.table import STATES
from tests import build
from tests.rooms.tasks import told
from tests.rooms.tasks.told import body

pytestmark = pytest.mark.django_db
HEADS = ["TT", "Nhiệm vụ được giao", "Văn bản giao (số, ngày)", "Cơ quan giao", "Đơn vị chủ trì", "Đơn vị phối hợp",
         "Thời hạn", "Sản phẩm", "Tình hình, kết quả (số văn bản)", "Trạng thái", "Ghi chú"]  # fmt: skip


def today():
    return timezone.localdate()


@pytest.fixture
def three(cast):
    """One done in time, one overdue, one without a deadline."""
    lead = body("phong-cn", "Phòng Công nghiệp", cast.home)
    record = Record.objects.create(
        direction="received", holder=cast.home, type="Công văn", symbol="841/UBND-VX", dated=date(2026, 9, 1),
        issuer="UBND tỉnh Cao Bằng",
    )  # fmt: skip
    begins = today() - timedelta(days=10)
    done = told.task(cast, what="=Rà soát công nghiệp", begins=begins, due=today(), record=record)
    told.task(cast, what="Rà soát chợ", begins=begins, due=today() - timedelta(days=3))
    told.task(cast, what="Theo dõi giá cả", begins=begins, due=None, time=Time.STANDING)
    actions.assign(cast.director, done, lead)
    actions.report_done(cast.specialist, done, today(), "Đã trình UBND tỉnh", "215/BC-SCT")
    actions.close(cast.director, done)
    return done


def opened(cast, media, query=""):
    answer = cast.client(cast.specialist).get(f"{reverse(f'tasks:export_{media}')}?{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(f'attachment; filename="nhiem-vu-{today():%Y-%m-%d}.{media}"')
    return io.BytesIO(answer.content)


def test_the_workbook_has_every_task_its_state_and_the_rates_with_their_denominators(cast, three):
    [sheet] = openpyxl.load_workbook(opened(cast, "xlsx")).worksheets
    cells = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    text = "\n".join(" | ".join(row) for row in cells)
    assert HEADS in cells
    rows = {row[1]: row for row in cells if len(row) > 3 and row[0].isdecimal() and not row[1].isdecimal()}
    assert set(rows) == {"=Rà soát công nghiệp", "Rà soát chợ", "Theo dõi giá cả"}
    done = rows["=Rà soát công nghiệp"]
    assert "Công văn 841/UBND-VX, ngày 01/09/2026" in done
    assert f"215/BC-SCT, ngày {today():%d/%m/%Y}. Đã trình UBND tỉnh." in done
    assert STATES["done_on_time"] in done
    assert STATES["running_overdue"] in rows["Rà soát chợ"]
    assert STATES["without_deadline"] in rows["Theo dõi giá cả"]
    assert "2 nhiệm vụ có hạn = 1 đã xong (1 đúng hạn + 0 quá hạn) + 1 chưa xong (0 trong hạn + 1 quá hạn)" in text
    assert "= 1 / 2 nhiệm vụ đã đến hạn" in text
    assert "NGƯỜI LẬP BIỂU" in text
    assert "THỦ TRƯỞNG ĐƠN VỊ" in text
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_the_word_file_is_a_landscape_sheet_with_the_same_table_and_two_signatures(cast, three):
    document = docx.Document(opened(cast, "docx"))
    section = document.sections[0]
    assert section.page_width > section.page_height
    table = next(one for one in document.tables if len(one.columns) == len(HEADS))
    assert [cell.text for cell in table.rows[0].cells] == HEADS
    whole = "\n".join([*(p.text for p in document.paragraphs), *(c.text for t in document.tables for c in t._cells)])
    for said in ("=Rà soát công nghiệp", "Rà soát chợ", "= 1 / 2 nhiệm vụ đã đến hạn", "NGƯỜI LẬP BIỂU",
                 "THỦ TRƯỞNG ĐƠN VỊ", "Tổng hợp: 2 nhiệm vụ có hạn"):  # fmt: skip
        assert said in whole, said


def test_the_table_has_the_filters_of_the_list(cast, three):
    [sheet] = openpyxl.load_workbook(opened(cast, "xlsx", "tt=running_overdue")).worksheets
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "Rà soát chợ" in text
    assert "Rà soát công nghiệp" not in text
    elsewhere = cast.client(cast.specialist_elsewhere).get(reverse("tasks:export_xlsx"))
    [sheet] = openpyxl.load_workbook(io.BytesIO(elsewhere.content)).worksheets
    assert "Rà soát" not in "\n".join(str(c) for row in sheet.iter_rows(values_only=True) for c in row if c)


# By hand.


def write(cast, who, address, **said):
    usual = {"what": "Rà soát các chợ", "begins": "01/09/2026", "time": "date", "due": "30/09/2026",
             "c_measure": "plan_ratio", "c_comparison": ">="}  # fmt: skip
    return cast.client(who).post(address, usual | said)


def test_an_oral_instruction_is_written_down_with_who_said_it_and_at_which_meeting(cast):
    answer = write(
        cast, cast.specialist, reverse("tasks:new"), assigner="Chủ tịch UBND tỉnh", meeting="Hội nghị giao ban tháng 8",
        words="Sở Công Thương rà soát ngay các chợ.",
    )  # fmt: skip
    made = Task.objects.get()
    assert answer.url == reverse("tasks:task", args=[made.uuid])
    assert made.assigner == "Chủ tịch UBND tỉnh, tại hội nghị giao ban tháng 8"
    assert (made.begins, made.due, made.time) == (date(2026, 9, 1), date(2026, 9, 30), Time.DATE)
    assert made.words == "Sở Công Thương rà soát ngay các chợ."


def test_standing_work_that_comes_back_and_a_condition_on_a_figure_are_written_down(cast):
    build.catalogue()
    write(cast, cast.specialist, reverse("tasks:new"), time="standing", due="", frequency="month", day="20")
    assert Task.objects.latest("pk").rule["frequency"] == "month"
    answer = write(
        cast, cast.specialist, reverse("tasks:new"), indicator="Giá trị sản xuất công nghiệp",
        **{"indicator-ma": "industrial_output"}, c_value="60,5", c_unit="%", c_period="9 tháng đầu năm 2026",
    )  # fmt: skip
    made = Task.objects.latest("pk")
    assert answer.status_code == 302
    assert made.condition == {
        "indicator": "industrial_output", "segment": None, "measure": "plan_ratio", "comparison": ">=",
        "value": 60.5, "unit": "%", "period": made.condition["period"],
    }  # fmt: skip
    assert [one.code for one in made.indicators.all()] == ["industrial_output"]
    page = cast.client(cast.specialist).get(reverse("tasks:task", args=[made.uuid])).content.decode()
    assert "Điều kiện về số liệu" in page
    assert "Chưa kết luận được" in page


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ({"what": ""}, "Hãy ghi việc phải làm"), ({"due": ""}, "Hãy ghi ngày hết hạn"),
        ({"due": "01/08/2026"}, "trước ngày giao"), ({"frequency": "month", "day": "5"}, "Chỉ việc thường xuyên"),
        ({"time": "standing", "due": "", "frequency": "month"}, "vào ngày nào của tháng"),
        ({"c_value": "sáu mươi"}, "Điều kiện là về chỉ tiêu nào?"), ({"record": "9/XX"}, "Sổ văn bản chưa có"),
        ({"indicator": "Giá trị sản xuất công nghiệp", "indicator-ma": "industrial_output", "c_value": "sáu"},
         "Hãy viết một số"),
        ({"indicator": "Giá trị sản xuất công nghiệp", "indicator-ma": "industrial_output", "c_value": "6",
          "c_period": "bao giờ"}, "kỳ"),
    ],
)  # fmt: skip
def test_a_task_that_cannot_be_written_down_says_why(cast, said, tells):
    build.catalogue()
    answer = write(cast, cast.specialist, reverse("tasks:new"), **said)
    assert answer.status_code == 422
    assert tells in answer.content.decode()
    assert not Task.objects.exists()


def test_a_part_of_a_task_stands_below_it(cast):
    parent = told.task(cast)
    address = f"{reverse('tasks:new')}?thuoc={parent.uuid}"
    assert parent.what in cast.client(cast.specialist).get(address).content.decode()
    write(cast, cast.specialist, address)
    child = Task.objects.latest("pk")
    assert child.parent == parent
    client = cast.client(cast.specialist)
    assert child.what in client.get(reverse("tasks:task", args=[parent.uuid])).content.decode()
    assert client.get(f"{reverse('tasks:new')}?thuoc=abc").status_code == 404


def test_what_a_task_says_is_mended_and_who_works_may_not_move_its_deadline(cast):
    found = told.task(cast, kind=Kind.PROGRAMME, issued_by="UBND tỉnh")
    address = reverse("tasks:change", args=[found.uuid])
    assert found.what in cast.client(cast.specialist).get(address).content.decode()
    assert write(cast, cast.specialist, address, what="Rà soát chợ nông thôn").status_code == 302
    found.refresh_from_db()
    assert (found.what, found.kind, found.issued_by) == ("Rà soát chợ nông thôn", Kind.PROGRAMME, "UBND tỉnh")
    refused = write(cast, cast.specialist, address, due="15/10/2026", reason="ghi nhầm")
    assert refused.status_code == 422
    assert "không có quyền" in refused.content.decode()
    assert write(cast, cast.head, address, due="15/10/2026", reason="ghi nhầm").status_code == 302
    found.refresh_from_db()
    assert found.due == date(2026, 10, 15)


def test_the_pages_speak_english_to_who_asks_for_it(cast, three):
    client = cast.client(cast.specialist)
    client.cookies["django_language"] = "en"
    for route in ("tasks:list", "tasks:board", "tasks:calendar", "tasks:new", "tasks:proposals"):
        assert client.get(reverse(route), headers={"accept-language": "en"}).status_code == 200
