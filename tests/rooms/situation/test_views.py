# SPDX-License-Identifier: Apache-2.0
"""The pages of the situation: what they show of a place and period, how a note is written, what is kept from whom."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.documents.models import Document, ReadStatement
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.situation import queries
from bamsat.rooms.situation.actions import Said, edit, withdraw, write
from bamsat.rooms.situation.models import Kind, Note
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2021, 10, 15)
YEAR = Period.year(2021)
LIST = "/tinh-hinh/?noi=cao-bang&ky=2021"


def noted(cast: Cast, kind: str, text: str, **more: object) -> Note:
    return write(cast.specialist, cast.home, Said(kind=kind, text=text, **{"period": YEAR} | more), TODAY)  # type: ignore[arg-type]


def target(cast: Cast) -> Entry:
    plan = plans.record_plan(
        cast.specialist, cast.home, "01/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2020, 12, 10), "Kế hoạch", "2021"
    )
    output = Indicator.objects.get(code="industrial_output")
    return plans.set_target(cast.specialist, plan, output, level="5.300 tỷ đồng")[0]


def page(cast: Cast, address: str = LIST, who: str = "specialist") -> str:
    answer = cast.client(getattr(cast, who)).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_difficulties_stand_beside_advantages_with_causes_and_solutions_under_them(cast: Cast):
    hard = noted(cast, Kind.DIFFICULTY, "Giãn cách xã hội ảnh hưởng đến sản xuất.")
    noted(cast, Kind.ADVANTAGE, "Doanh nghiệp nỗ lực khắc phục khó khăn.")
    noted(cast, Kind.CAUSE, "Dịch bùng phát từ tháng 10.", about=(hard.thread,))
    noted(cast, Kind.SOLUTION, "Giảm tiền điện ba đợt.", about=(hard.thread,), carried_out_on=TODAY)
    noted(cast, Kind.SOLUTION, "Lập tổ công tác tháo gỡ.")
    noted(cast, Kind.RISK, "Giá nguyên liệu tăng.", likelihood=3, impact=3, measure="Tìm nguồn thay thế.")
    text = page(cast)
    for said in (
        "1 khó khăn và 1 thuận lợi.", "1 rủi ro, trong đó 1 ở mức cao.", "Đã thực hiện 1/2 giải pháp.",
        "Nguyên nhân:", "Dịch bùng phát từ tháng 10.", "Tìm nguồn thay thế.", "15/10/2021",
    ):  # fmt: skip
        assert said in text, said


def test_objectives_stand_as_a_tree_with_their_targets_and_where_those_stand(cast: Cast):
    frame = noted(
        cast, Kind.OBJECTIVE, "Phát triển công nghiệp bền vững.", period=Period.years(2021, 2025), pivot_year=2021
    )
    noted(cast, Kind.OBJECTIVE, "Hoàn thành kế hoạch năm.", parent=frame.thread, targets=(target(cast),))
    text = page(cast)
    assert "năm bản lề 2021" in text
    assert text.index("Phát triển công nghiệp bền vững.") < text.index("Hoàn thành kế hoạch năm.")
    assert text.count('<table class="tbl tight stack stn-targets">') == 1
    assert "5.300" in text
    assert "chưa có số" in text


def test_notes_are_filtered_by_field_and_kind(cast: Cast):
    petrol = IndicatorSet.objects.get(code="petrol")
    noted(cast, Kind.DIFFICULTY, "Cây xăng thiếu hàng.", field=petrol)
    noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    noted(cast, Kind.ADVANTAGE, "Chính trị ổn định.")
    of_petrol, advantages = page(cast, f"{LIST}&bo=petrol"), page(cast, f"{LIST}&loai=advantage")
    assert "Cây xăng thiếu hàng." in of_petrol
    assert "Dịch phức tạp." not in of_petrol
    assert "Chính trị ổn định." in advantages
    assert "Dịch phức tạp." not in advantages


def test_the_page_as_known_on_a_day_shows_what_had_been_noted_by_then(cast: Cast):
    noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    assert "Dịch phức tạp." not in page(cast, f"{LIST}&biet=2021-08-15")
    assert "Dịch phức tạp." in page(cast, f"{LIST}&biet={timezone.localdate():%Y-%m-%d}")


def test_a_place_without_notes_says_so_and_offers_to_write_one(cast: Cast):
    text = page(cast)
    assert "Chưa ai ghi nhận định" in text
    assert "/tinh-hinh/ghi/" in text
    assert "/tinh-hinh/ghi/" not in page(cast, who="reader")


def test_the_form_knows_where_one_comes_from(cast: Cast):
    target(cast)
    text = page(cast, "/tinh-hinh/ghi/?noi=cao-bang&ky=2021-09&chi-tieu=industrial_output&loai=cause")
    assert 'value="cause"' in text
    assert 'value="tháng 9/2021"' in text
    assert 'value="industrial_output" id="id_indicators_0" checked' in text


def test_a_note_is_written_by_its_form_and_is_on_the_page_at_once(cast: Cast):
    given = target(cast)
    sent = {
        "kind": "objective", "text": "Hoàn thành kế hoạch.", "period": "năm 2021", "field": "main",
        "indicators": ["industrial_output"], "more": "Kim ngạch xuất khẩu; iip", "targets": [str(given.uuid)],
    }  # fmt: skip
    answer = cast.client(cast.specialist).post("/tinh-hinh/ghi/?noi=cao-bang&ky=2021", sent)
    note = Note.objects.get()
    assert answer.url == f"/tinh-hinh/?noi=cao-bang&ky=2021#n-{note.uuid}"
    assert {one.code for one in note.indicators.all()} >= {"industrial_output", "iip"}
    assert list(note.targets.all()) == [given]
    assert "Hoàn thành kế hoạch." in page(cast)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": " "}, "Hãy ghi nội dung"),
        ({"period": "hôm nào đó"}, "hôm nào đó"),
        ({"kind": "gossip"}, "gossip"),
        ({"more": "chỉ tiêu không ai đặt"}, "Danh mục chưa có chỉ tiêu"),
        ({"quote": "không có ở đâu"}, "Hãy chọn văn bản"),
        ({"kind": "risk", "likelihood": "3"}, "cả khả năng xảy ra"),
        ({"kind": "solution", "carried_out_on": "99/99/2021"}, "Hãy viết ngày"),
        ({"targets": ["khong-phai-uuid"]}, "khong-phai-uuid"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_the_form_and_nothing_is_written(
    cast: Cast, wrong: dict[str, object], told: str
):
    sent = {"kind": "difficulty", "text": "Dịch phức tạp.", "period": "2021"} | wrong
    answer = cast.client(cast.specialist).post("/tinh-hinh/ghi/?noi=cao-bang&ky=2021", sent)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Note.objects.exists()


def test_a_sentence_that_was_read_is_offered_and_quoted_with_a_way_to_it(cast: Cast):
    document = build.document(cast.specialist)
    Document.objects.filter(pk=document.pk).update(
        text="Đạt 5.300 tỷ. Xuất khẩu các mặt hàng đều giảm do dịch bệnh. Hết.", holder=cast.home
    )
    ReadStatement.objects.create(
        document=document, ordinal=1, start=25, end=45, text="đều giảm", indicator="exports", sign="down", period="2021"
    )
    form = "/tinh-hinh/ghi/?noi=cao-bang&ky=2021"
    assert "Xuất khẩu các mặt hàng đều giảm do dịch bệnh." in page(cast, form)
    text = page(cast, f"{form}&vb={document.uuid}&cau=1")
    assert text.count("Xuất khẩu các mặt hàng đều giảm do dịch bệnh.") == 2
    said = "Xuất khẩu các mặt hàng đều giảm do dịch bệnh."
    sent = {"kind": "difficulty", "text": said, "quote": said, "document": str(document.uuid), "period": "2021"}
    cast.client(cast.specialist).post(form, sent)
    assert f'href="/van-ban/{document.uuid}/#nhan-dinh-1"' in page(cast)
    # Who reads no documents sees the words, not the way to a page that would be refused.
    assert f"/van-ban/{document.uuid}/" not in page(cast, who="reader")


def test_a_note_is_edited_withdrawn_and_restored_on_its_page(cast: Cast):
    note = noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    address, client = f"/tinh-hinh/{note.uuid}/", cast.client(cast.head)
    sent = {"kind": "difficulty", "text": "Dịch đã lắng.", "period": "2021", "reason": "Cập nhật", "version": "1"}
    client.post(f"{address}sua/", sent)
    assert "Dịch đã lắng." in page(cast, address)
    assert "“Dịch phức tạp.”" in page(cast, address)
    client.post(f"{address}rut/", {"reason": "Trùng", "version": "2"})
    assert "đã rút nhận định này" in page(cast, address)
    assert "Dịch đã lắng." not in page(cast)
    client.post(f"{address}ghi-lai/", {"version": "3"})
    assert "Dịch đã lắng." in page(cast)


def test_who_edits_what_somebody_changed_meanwhile_is_told_so(cast: Cast):
    note = noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    edit(cast.head, note, Said(kind=Kind.DIFFICULTY, text="Của trưởng phòng.", period=YEAR), TODAY)
    sent = {"kind": "difficulty", "text": "Của chuyên viên.", "period": "2021", "version": "1"}
    answer = cast.client(cast.specialist).post(f"/tinh-hinh/{note.uuid}/sua/", sent)
    assert "Vừa có người khác sửa" in answer.content.decode()
    assert queries.note_at(cast.specialist, note.uuid).text == "Của trưởng phòng."


def test_the_notes_leave_as_a_workbook_whose_words_are_words(cast: Cast):
    noted(cast, Kind.DIFFICULTY, "=1+1 là một câu")
    answer = cast.client(cast.reader).get("/tinh-hinh/tai-ve.xlsx?noi=cao-bang&ky=2021")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:3] == ["Khó khăn", "=1+1 là một câu", "năm 2021"]
    assert sheet["B2"].data_type == "s"


# What is kept from whom.


def readers(cast: Cast) -> dict[str, set[str]]:
    """For whom each note of the home province shows."""
    limited = cast.newcomer
    give_role(None, limited, cast.home, Role.READER, sets=IndicatorSet.objects.filter(code="petrol"))
    whose = {"petrol": limited, "commune": cast.commune_official, "elsewhere": cast.specialist_elsewhere,
             "reader": cast.reader, "administrator": cast.administrator}  # fmt: skip
    return {name: {note.text for note in queries.notes(user, cast.home, YEAR)} for name, user in whose.items()}


def test_a_note_shows_where_place_field_indicators_and_targets_are_all_the_readers(cast: Cast):
    petrol = IndicatorSet.objects.get(code="petrol")
    stations = Indicator.objects.get(code="petrol_stations")
    noted(cast, Kind.DIFFICULTY, "chung")
    noted(cast, Kind.DIFFICULTY, "xăng dầu", field=petrol, indicators=(stations,))
    noted(cast, Kind.DIFFICULTY, "cụm", field=IndicatorSet.objects.get(code="clusters"))
    output = Indicator.objects.get(code="industrial_output")
    noted(cast, Kind.DIFFICULTY, "xăng dầu và công nghiệp", field=petrol, indicators=(stations, output))
    noted(cast, Kind.OBJECTIVE, "mục tiêu công nghiệp", targets=(target(cast),))
    every = {"chung", "xăng dầu", "cụm", "xăng dầu và công nghiệp", "mục tiêu công nghiệp"}
    assert readers(cast) == {
        "petrol": {"chung", "xăng dầu"},
        "commune": set(),
        "elsewhere": set(),
        "reader": every,
        "administrator": every,
    }


def test_no_address_of_a_note_answers_who_may_not_see_it(cast: Cast):
    note = noted(cast, Kind.DIFFICULTY, "chỉ nhà biết", indicators=(Indicator.objects.get(code="industrial_output"),))
    limited = cast.newcomer
    give_role(None, limited, cast.home, Role.SPECIALIST, sets=IndicatorSet.objects.filter(code="petrol"))
    for user in (limited, cast.specialist_elsewhere, cast.commune_official):
        client = cast.client(user)
        for address in ("", "sua/"):
            answer = client.get(f"/tinh-hinh/{note.uuid}/{address}")
            assert answer.status_code in (403, 404)
            assert "chỉ nhà biết" not in answer.content.decode()
        for address in ("sua/", "rut/", "ghi-lai/"):
            sent = {"reason": "x", "kind": "difficulty", "text": "x", "period": "2021"}
            assert client.post(f"/tinh-hinh/{note.uuid}/{address}", sent).status_code in (403, 404)
    assert Note.objects.count() == 1


def test_a_link_to_a_note_that_is_kept_from_the_reader_is_not_shown(cast: Cast):
    hard = noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    output = Indicator.objects.get(code="industrial_output")
    noted(cast, Kind.CAUSE, "nguyên nhân riêng của công nghiệp", about=(hard.thread,), indicators=(output,))
    limited = cast.newcomer
    give_role(None, limited, cast.home, Role.READER, sets=IndicatorSet.objects.filter(code="petrol"))
    answer = cast.client(limited).get(f"/tinh-hinh/{hard.uuid}/")
    assert "nguyên nhân riêng" not in answer.content.decode()


def test_an_earlier_row_that_was_tied_to_hidden_indicators_stays_hidden(cast: Cast):
    output = Indicator.objects.get(code="industrial_output")
    note = noted(cast, Kind.DIFFICULTY, "Công nghiệp giảm sâu.", indicators=(output,))
    edit(cast.specialist, note, Said(kind=Kind.DIFFICULTY, text="Dịch phức tạp.", period=YEAR), TODAY)
    limited = cast.newcomer
    give_role(None, limited, cast.home, Role.READER, sets=IndicatorSet.objects.filter(code="petrol"))
    text = cast.client(limited).get(f"/tinh-hinh/{note.uuid}/").content.decode()
    assert "Dịch phức tạp." in text
    assert "Công nghiệp giảm sâu." not in text


def test_the_nearest_period_comes_first_and_what_does_not_touch_it_not_at_all(cast: Cast):
    noted(cast, Kind.OBJECTIVE, "năm năm", period=Period.years(2021, 2025))
    noted(cast, Kind.DIFFICULTY, "năm trước", period=Period.year(2020))
    noted(cast, Kind.DIFFICULTY, "tháng chín", period=Period.month(2021, 9))
    noted(cast, Kind.DIFFICULTY, "cả năm")
    asked = queries.notes(cast.reader, cast.home, "2021-09")
    assert [note.text for note in asked] == ["tháng chín", "cả năm", "năm năm"]


def test_notes_of_an_indicator_and_of_a_field_are_those_tied_to_them(cast: Cast):
    output = Indicator.objects.get(code="industrial_output")
    noted(cast, Kind.CAUSE, "giá thép", indicators=(output,))
    noted(cast, Kind.CAUSE, "chung")
    assert [note.text for note in queries.notes(cast.reader, cast.home, YEAR, indicator=output)] == ["giá thép"]
    main = IndicatorSet.objects.get(code="main")
    assert [note.text for note in queries.notes(cast.reader, cast.home, YEAR, field=main)] == ["giá thép"]


def test_a_page_of_many_notes_asks_no_more_questions_than_a_page_of_few(
    cast: Cast, django_assert_max_num_queries: object
):
    for number in range(12):
        hard = noted(cast, Kind.DIFFICULTY, f"khó khăn {number}", indicators=(Indicator.objects.first(),))
        noted(cast, Kind.CAUSE, f"nguyên nhân {number}", about=(hard.thread,))
    client = cast.client(cast.specialist)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.get(LIST)


def test_a_withdrawn_note_is_gone_from_links_too(cast: Cast):
    hard = noted(cast, Kind.DIFFICULTY, "Dịch phức tạp.")
    cause = noted(cast, Kind.CAUSE, "Biến thể mới.", about=(hard.thread,))
    withdraw(cast.specialist, cause, "Nhầm")
    assert "Biến thể mới." not in page(cast)
