# SPDX-License-Identifier: Apache-2.0
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from bamsat.rooms.documents import actions_register as register
from bamsat.rooms.documents import register_page
from bamsat.rooms.documents.actions_register import Line
from bamsat.rooms.documents.models import Direction, ReadInstruction, Record, Relation
from bamsat.rooms.documents.register_page import Section
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def line(symbol: str, subject: str, direction: str = Direction.RECEIVED, **more: object) -> Line:
    said = {"type": "Kế hoạch", "issuer": "UBND tỉnh Cao Bằng", "dated": date(2026, 3, 2)}
    return Line(direction, symbol=symbol, subject=subject, **said | more)  # type: ignore[arg-type]


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def typed(**changes: str) -> dict[str, str]:
    said = {
        "direction": "received", "type": "Công văn", "symbol": "841/UBND-VX", "dated": "02/03/2026",
        "issuer": "UBND tỉnh Cao Bằng", "subject": "Tiêu thụ nông sản", "signer": "", "post": "", "urgency": "khan",
        "arrival": "215", "received_on": "03/03/2026", "note": "",
    }  # fmt: skip
    return said | changes


def test_the_books_show_their_lines_and_their_search_marks_what_was_found(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("12/KH-UBND", "Bình ổn giá xăng dầu"))
    register.enter(cast.clerk, cast.home, line("99/KH-SCT", "Khuyến công", Direction.ISSUED))
    page = cast.client(cast.clerk).get("/so-van-ban/")
    assert page.status_code == 200
    assert "Bình ổn giá xăng dầu" in text_of(page)
    assert "Khuyến công" not in text_of(page)
    assert reverse("documents:record", args=[record.uuid]) in text_of(page)
    assert "Khuyến công" in text_of(cast.client(cast.clerk).get("/so-van-ban/?so=di"))
    searched = text_of(cast.client(cast.clerk).get("/so-van-ban/?tim=xang+dau"))
    assert "<mark>xăng</mark>" in searched
    assert "<mark>dầu</mark>" in searched
    for filters in ("nam=2026", "loai=Kế hoạch", "co-quan=ubnd tinh cao", "tim=12/kh-ubnd", "nam=2026&tim=gia"):
        assert "Bình ổn" in text_of(cast.client(cast.clerk).get(f"/so-van-ban/?{filters}")), filters
    for filters in ("nam=2020", "loai=Công văn", "co-quan=Bộ Y tế", "khan=khan", "chua-xem=1", "tim=điện"):
        assert "Bình ổn" not in text_of(cast.client(cast.clerk).get(f"/so-van-ban/?{filters}")), filters


def test_the_register_belongs_to_its_office(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("12/KH-UBND", "Bình ổn giá xăng dầu"))
    other = cast.client(cast.specialist_elsewhere)
    assert "Bình ổn" not in text_of(other.get("/so-van-ban/?noi=cao-bang"))
    assert other.get(f"/so-van-ban/{record.uuid}/").status_code == 404
    assert other.post(f"/so-van-ban/{record.uuid}/xac-nhan/", typed()).status_code == 404
    for user in (cast.commune_official, cast.reader, cast.newcomer):
        assert cast.client(user).get("/so-van-ban/").status_code == 403


def test_a_clerk_enters_a_paper_by_hand_and_the_next_number_is_only_offered(cast: Cast) -> None:
    client = cast.client(cast.clerk)
    assert "Số kế tiếp trong sổ: 1." in text_of(client.get("/so-van-ban/vao-so/"))
    answer = client.post("/so-van-ban/vao-so/", typed())
    record = Record.objects.get()
    assert answer["Location"] == f"/so-van-ban/{record.uuid}/"
    assert (record.arrival, record.year, record.number, record.key) == (215, 2026, "841", "841/ubnd-vx")
    assert (record.confirmed_by, record.document, record.urgency) == (cast.clerk, None, "khan")
    again = client.post("/so-van-ban/vao-so/", typed(symbol="842/UBND-VX"))
    assert "Số đến 215 năm 2026 đã ghi cho" in text_of(again)
    empty = client.post("/so-van-ban/vao-so/", typed(symbol="", type="", subject="", arrival=""))
    assert "Dòng còn trống" in text_of(empty)


def test_the_file_of_a_paper_comes_later(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("12/KH-UBND", "Bình ổn giá xăng dầu"))
    file = io.BytesIO("Năm 2026 cần bình ổn giá xăng dầu tại vùng cao.".encode())
    file.name = "ke-hoach.txt"
    cast.client(cast.clerk).post(f"/so-van-ban/{record.uuid}/tep/", {"tep": file})
    record.refresh_from_db()
    assert record.document is not None
    assert record.document.name == "ke-hoach.txt"
    assert "vùng cao" in text_of(cast.client(cast.clerk).get("/so-van-ban/?tim=vung+cao")).replace(
        "</mark> <mark>", " "
    )


def test_a_line_is_mended_on_its_page(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("12/KH-UBND", "Bình ổn giá xăng dầu"))
    client = cast.client(cast.clerk)
    wrong = client.post(f"/so-van-ban/{record.uuid}/xac-nhan/", typed(received_on=""))
    assert "Hãy ghi ngày đến" in text_of(wrong)
    client.post(f"/so-van-ban/{record.uuid}/xac-nhan/", typed())
    record.refresh_from_db()
    assert (record.symbol, record.subject) == ("841/UBND-VX", "Tiêu thụ nông sản")


def test_the_page_draws_what_it_rests_on_and_what_rests_on_it_two_steps_each_way(cast: Cast) -> None:
    made = [register.enter(cast.clerk, cast.home, line(f"{n}/KH-UBND", f"Việc thứ {n}")) for n in range(1, 7)]
    for of, to in zip(made[1:], made, strict=False):
        register.relate(cast.clerk, of, to, "carries_out")
    page = text_of(cast.client(cast.specialist).get(f"/so-van-ban/{made[3].uuid}/"))
    drawn = page[page.index('<svg class="reg-graph"') : page.index("</svg>\n  <p class")]
    assert [f"{n}/KH-UBND" in drawn for n in range(1, 7)] == [False, True, True, True, True, True]
    assert "<b>Thực hiện</b>" in page
    assert "<b>Được thực hiện bằng</b>" in page
    assert "style=" not in page


def test_a_relation_is_written_and_taken_away_on_the_page(cast: Cast) -> None:
    one = register.enter(cast.clerk, cast.home, line("1/KH-UBND", "Việc thứ nhất"))
    two = register.enter(cast.clerk, cast.home, line("2/KH-UBND", "Việc thứ hai"))
    client = cast.client(cast.clerk)
    assert str(two.uuid) in text_of(client.get(f"/so-van-ban/{one.uuid}/?qh=thu+hai"))
    client.post(f"/so-van-ban/{one.uuid}/quan-he/", {"van-ban": str(two.uuid), "quan-he": "replaces"})
    relation = Relation.objects.get()
    assert (relation.of, relation.to, relation.kind, relation.by) == (one, two, "replaces", cast.clerk)
    for said in ({"van-ban": "x", "quan-he": "cites"}, {"van-ban": str(one.uuid), "quan-he": "cites"}):
        client.post(f"/so-van-ban/{one.uuid}/quan-he/", said)
    assert Relation.objects.count() == 1
    client.post(f"/so-van-ban/{two.uuid}/quan-he/{relation.pk}/bo/")
    assert not Relation.objects.exists()


def test_what_it_asks_and_what_came_of_it_stand_on_the_page(cast: Cast) -> None:
    document = build.document(cast.clerk)
    record = register.enter(cast.clerk, cast.home, line("1/KH-UBND", "Việc thứ nhất"), document)
    ReadInstruction.objects.create(
        document=document, ordinal=1, as_read={}, start=0, end=7, text="Sở Công Thương rà soát quy hoạch",
        kind="instruction", what="rà soát quy hoạch", time="none",
    )  # fmt: skip
    register_page.record_sections.append(
        lambda _user, one: Section("Việc từ văn bản này", "ui/pager.html") if one == record else None
    )
    try:
        page = text_of(cast.client(cast.clerk).get(f"/so-van-ban/{record.uuid}/"))
    finally:
        register_page.record_sections.pop()
    assert "rà soát quy hoạch" in page
    assert "Chờ xem" in page
    assert "Việc từ văn bản này" in page
    assert f"/so-van-ban/{record.uuid}/" in text_of(cast.client(cast.clerk).get(f"/van-ban/{document.uuid}/"))


def test_the_book_of_a_year_is_exported_as_offices_keep_it(cast: Cast) -> None:
    said = {"received_on": date(2026, 3, 4), "arrival": 7, "urgency": "khan", "note": "=1+1"}
    register.enter(cast.clerk, cast.home, line("12/KH-UBND", "Bình ổn giá xăng dầu", **said))
    register.enter(cast.clerk, cast.home, line("3/KH-SCT", "Khuyến công", Direction.ISSUED, signer="Giám đốc Sở"))
    for book, cells in (
        ("den", ["04/03/2026", "7", "UBND tỉnh Cao Bằng", "12/KH-UBND", "02/03/2026", "Kế hoạch Bình ổn giá xăng dầu"]),
        ("di", ["3/KH-SCT", "02/03/2026", "Kế hoạch Khuyến công", "Giám đốc Sở"]),
    ):
        answer = cast.client(cast.clerk).get(f"/so-van-ban/tai-ve.xlsx?so={book}&nam=2026")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert len([head for head in rows[2] if head]) == 10
        assert [cell or "" for cell in rows[4]][: len(cells)] == cells
    assert rows[2][0] == "Số, ký hiệu văn bản"
