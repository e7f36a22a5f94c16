# SPDX-License-Identifier: Apache-2.0
"""The reading page and the ledger's pages, with and without scripts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from bamsat.core.read import doubts
from bamsat.core.terms.figure import Statement
from bamsat.rooms.documents.models import Document, FigureState, State
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.checking import check_document
from bamsat.rooms.figures.models import Entry
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def client(cast: Cast) -> Client:
    """A head at the desk: what a head accepts is in the ledger."""
    return cast.client(cast.head)


@pytest.fixture
def document(cast: Cast) -> Document:
    """Three figures; the machine is not sure of the second."""
    figures = [
        stated("5300000000000", number="5.300 tỷ đồng", end=3),
        growth("12.77", number="12,77%", start=3, end=5, doubt="Chưa rõ so với năm nào"),
        plan_ratio("100", number="100%", start=5, end=7, inferred=("period",)),
    ]
    return build.document(cast.specialist, figures)


def address(document: Document, rest: str = "") -> str:
    return f"/van-ban/{document.uuid}/{rest}"


def shown(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def states(document: Document) -> list[str]:
    return list(document.figures.values_list("state", flat=True))


def test_figures_are_listed_by_doubt(client: Client, document: Document):
    page = shown(client, address(document))
    assert [int(number) for number in re.findall(r'<li class="fig[^>]*id="so-(\d+)"', page)] == [2, 1, 3]
    assert "Đã xem 0/3 số liệu" in page
    assert "Nhận 2 số không có nghi ngờ" in page


def test_an_open_card_says_what_the_sentence_does_not(client: Client, document: Document):
    assert "Chưa rõ so với năm nào" in shown(client, address(document, "?so=2"))
    assert "câu này không nêu" in shown(client, address(document, "?so=3"))
    assert client.get(address(document, "?so=99")).status_code == 200
    assert client.get(address(document, "so/99/"), headers=HTMX).status_code == 404


def test_accepting_answers_the_line_its_mark_the_tally_and_the_next_card(client: Client, document: Document):
    check_document(document)
    answer = client.post(address(document, "so/1/nhan/"), headers=HTMX).content.decode()
    assert 'class="fig is-good" id="so-1"' in answer
    assert re.search(r'<li class="fig open is-wait" id="so-3"[^>]*hx-swap-oob="true"', answer)
    assert re.search(r'<a class="fg is-good[^>]*id="cau-1"[^>]*hx-swap-oob', answer)
    assert "Đã xem 1/3 số liệu" in answer
    assert states(document)[0] == FigureState.ACCEPTED


def test_without_scripts_the_next_figure_opens_on_a_new_page(client: Client, document: Document):
    answer = client.post(address(document, "so/2/nhan/"))
    assert answer.headers["Location"] == address(document, "?so=1#so-1")


def test_rejecting_can_be_undone(client: Client, document: Document):
    client.post(address(document, "so/3/bo/"), {"ly-do": "số trang"})
    assert "số trang" in shown(client, address(document, "?so=3"))
    client.post(address(document, "so/3/mo-lai/"), headers=HTMX)
    assert states(document)[2] == FigureState.WAITING


def test_only_what_was_changed_is_corrected(client: Client, document: Document):
    page = client.get(address(document, "so/1/?sua=1"), headers=HTMX).content.decode()
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page)) | {
        name: re.search(r'<option value="([^"]*)" selected', rest)[1]  # type: ignore[index]
        for name, rest in re.findall(r'<select[^>]*name="(\w+)"(.*?)</select>', page, re.DOTALL)
    }
    typed.pop("nhan", None)
    client.post(address(document, "so/1/sua/"), typed, headers=HTMX)
    assert not document.figures.get(ordinal=1).corrected
    client.post(address(document, "so/1/sua/"), typed | {"value": "5.301", "period": "9 tháng năm 2021"}, headers=HTMX)
    figure = document.figures.get(ordinal=1)
    assert (figure.value, figure.period, figure.indicator) == (
        Decimal("5301000000000"),
        "2021-01/2021-09",
        "industrial_output",
    )
    assert figure.as_read["value"] == 5300000000000


def test_a_name_typed_in_full_is_found_and_an_unknown_one_gets_the_nearest(client: Client, document: Document):
    client.post(address(document, "so/1/sua/"), {"indicator": "kim ngach xuat khau", "luu": "1"}, headers=HTMX)
    assert document.figures.get(ordinal=1).indicator == "exports"
    answer = client.post(
        address(document, "so/1/sua/"), {"indicator": "xuất khẩu gì đó"}, headers=HTMX
    ).content.decode()
    assert "Danh mục chưa có chỉ tiêu “xuất khẩu gì đó”" in answer


def test_save_and_accept_in_one(client: Client, document: Document):
    client.post(address(document, "so/2/sua/"), {"base": "năm 2020", "nhan": "1"}, headers=HTMX)
    assert Entry.objects.get().source == document.figures.get(ordinal=2)


def test_accept_all_asks_and_then_tells_what_is_left(client: Client, document: Document):
    ask = client.get(address(document, "nhan-het/"), headers=HTMX).content.decode()
    assert "Nhận 2 số không có nghi ngờ vào sổ?" in ask
    assert "1 số cần xem lại ở lại đây" in ask
    assert not Entry.objects.exists()
    answer = client.post(address(document, "nhan-het/"), follow=True)
    assert answer.redirect_chain[0][0] == address(document, "?so=2#so-2")
    told = answer.content.decode()
    assert "2 số vào sổ." in told
    assert "Chưa rõ so với năm nào" in told


def test_an_english_page_tells_the_doubts_in_english(cast: Cast, client: Client):
    doubt = doubts.joined([doubts.TABLE_WITHOUT_UNIT, doubts.TABLE_WITHOUT_PERIOD])
    document = build.document(cast.specialist, [stated(1, doubt=doubt), stated(2, period="2020")])
    client.cookies["django_language"] = "en"
    told = [
        shown(client, address(document, "?so=1")),
        client.post(address(document, "nhan-het/"), follow=True).content.decode(),
    ]
    for page in told:
        assert "the table does not make the unit clear; the period of the figure is not clear" in page
        assert not any(sentence in page for sentence in doubts.ENGLISH)


def test_a_document_without_figures_opens_on_its_statements(cast: Cast, client: Client):
    said = Statement("bc.txt", 0, 7, "Giá luyện kim đều tăng", "other:metallurgy", "+", "2021", None, "đoạn 1")
    page = shown(client, address(build.document(cast.specialist, [], [said])))
    assert "Văn bản không có số liệu. Có 1 nhận định, xem bên dưới." in page
    assert "Giá luyện kim đều tăng" in page


def test_a_statement_becomes_a_note_for_who_may_write_one(cast: Cast, client: Client):
    said = Statement("bc.txt", 0, 7, "Giá luyện kim đều tăng", "other:metallurgy", "+", "2021", None, "đoạn 1")
    document = build.document(cast.specialist, [], [said])
    link = (
        f"/tinh-hinh/ghi/?vb={document.uuid}&amp;cau={document.statements.get().ordinal}&amp;noi=cao-bang&amp;ky=2021"
    )
    assert link in shown(client, address(document))
    assert "/tinh-hinh/ghi/" not in shown(cast.client(cast.reader), address(document))
    answer = client.get(link.replace("&amp;", "&"))
    assert answer.status_code == 200


def test_a_document_being_read_tells_how_far_and_comes_again_when_done(cast: Cast, client: Client):
    document = build.received(cast.specialist)
    Document.objects.update(state=State.READING, progress_vi="Đang đọc trang 3/12. Đã thấy 41 số liệu.")
    assert "Đang đọc trang 3/12. Đã thấy 41 số liệu." in shown(client, address(document))
    Document.objects.update(state=State.READ)
    assert client.get(address(document), headers=HTMX).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("act", ["nhan/", "sua/", "bo/", "mo-lai/"])
def test_who_may_only_look_sees_no_button_and_is_refused(cast: Cast, document: Document, act: str):
    clerk = cast.client(cast.clerk)
    assert 'data-keys="Ctrl+Enter"' not in shown(clerk, address(document, "?so=1"))
    assert clerk.post(address(document, f"so/1/{act}")).status_code == 403
    assert clerk.post(address(document, "nhan-het/")).status_code == 403
    assert cast.client(cast.specialist_elsewhere).post(address(document, f"so/1/{act}")).status_code == 404
    assert not Entry.objects.exists()


def test_text_of_a_document_is_never_markup(cast: Cast, client: Client):
    document = build.document(
        cast.specialist, [stated(1, label="<b>x</b>", number="<i>1</i>")], title="<script>1</script>"
    )
    Document.objects.filter(pk=document.pk).update(text="<script>alert(1)</script>")
    page = client.get(address(document, "?so=1")).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert "<title>&lt;script" in page


# The ledger.


def test_an_entry_shows_its_sentence_its_trail_and_every_value(cast: Cast, client: Client, document: Document):
    entry = actions.accept(cast.head, document.figures.get(ordinal=1))
    where = f"/so-lieu/but-toan/{entry.uuid}/"
    page = shown(client, where)
    assert "5.300" in page
    assert f"{address(document)}?so=1#cau-1" in page
    answer = client.post(f"{where}thay/", {"value": "5.310", "unit": "tỷ đồng", "reason": "Đính chính"}, follow=True)
    new = " ".join(answer.content.decode().split())
    assert "5.310" in new
    assert "Đính chính" in new
    assert "Câu gốc của số trước" in new
    assert "Số này đã được thay bằng số khác." in shown(client, where)


def test_replacing_needs_a_number_and_a_reason(cast: Cast, client: Client, document: Document):
    entry = actions.accept(cast.head, document.figures.get(ordinal=1))
    where = f"/so-lieu/but-toan/{entry.uuid}/"
    for typed, told in [
        ({"value": "5.310"}, "wrong"),
        ({"value": "năm nghìn", "reason": "x"}, "Không hiểu số “năm nghìn”"),
    ]:
        assert told in client.post(f"{where}thay/", typed).content.decode()
    assert "wrong" in client.post(f"{where}rut/", {}).content.decode()
    assert Entry.objects.count() == 1


def test_a_withdrawn_number_is_struck_and_stays(cast: Cast, client: Client, document: Document):
    entry = actions.accept(cast.head, document.figures.get(ordinal=1))
    answer = client.post(f"/so-lieu/but-toan/{entry.uuid}/rut/", {"reason": "Nhầm kỳ"}, follow=True)
    page = answer.content.decode()
    assert "struck" in page
    assert "Nhầm kỳ" in page
    assert client.post(f"/so-lieu/but-toan/{entry.uuid}/rut/", {"reason": "lần nữa"}).status_code in (200, 302)


def test_who_may_not_change_the_ledger_sees_no_form_and_is_refused(cast: Cast, document: Document):
    entry = actions.accept(cast.head, document.figures.get(ordinal=1))
    clerk, where = cast.client(cast.clerk), f"/so-lieu/but-toan/{entry.uuid}/"
    assert "thay/" not in shown(clerk, where)
    assert clerk.post(f"{where}thay/", {"value": "1", "reason": "x"}).status_code == 403
    assert clerk.post(f"{where}rut/", {"reason": "x"}).status_code == 403
    assert cast.client(cast.specialist_elsewhere).get(where).status_code == 404


def test_a_series_shows_level_growth_and_plan_ratio_and_leads_to_the_source(
    cast: Cast, client: Client, document: Document
):
    for figure in document.figures.all():
        actions.accept(cast.head, figure)
    page = shown(client, "/so-lieu/industrial_output/cao-bang/")
    for words in ("5.300", "Tăng 12,77% so với cùng kỳ năm trước.", "Bằng 100% kế hoạch.", "?so=1#cau-1"):
        assert words in page
    assert "Giá trị sản xuất công nghiệp" in shown(client, "/so-lieu/")
    assert client.get("/so-lieu/khong-co/cao-bang/").status_code == 404
    assert client.get("/so-lieu/industrial_output/lang-son/").status_code == 404


def test_an_indicator_with_signs_in_its_code_has_an_address(cast: Cast, client: Client):
    figure = build.figure(
        cast.specialist, stated(10, indicator="product:xi măng/clanh-ke", unit="ton", label="xi măng")
    )
    actions.accept(cast.head, figure)
    found = re.search(r'href="(/so-lieu/product[^"]+)"', shown(client, "/so-lieu/"))
    assert found
    assert client.get(found[1]).status_code == 200
