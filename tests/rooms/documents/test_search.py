# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.rooms.documents import actions_register as register
from bamsat.rooms.documents import indexing
from bamsat.rooms.documents.actions_register import Line
from bamsat.rooms.documents.models import Direction, Document, Record
from bamsat.rooms.documents.search_words import groups_of
from bamsat.rooms.documents.searching import Found, found, records_for
from bamsat.rooms.documents.snippets import marked, snippet
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def entered(cast: Cast, subject: str, symbol: str = "", text: str = "", **more: object) -> Record:
    """A line of the register of the office at home, with a file that says `text`."""
    said = {"direction": Direction.RECEIVED, "type": "Công văn", "issuer": "UBND tỉnh Cao Bằng", "subject": subject}
    document = None
    if text:
        document = build.received(cast.clerk, text)
        Document.objects.filter(pk=document.pk).update(text=text)
    return register.enter(cast.clerk, cast.home, Line(**said | {"symbol": symbol} | more), document)  # type: ignore[arg-type]


def subjects(cast: Cast, words: str) -> list[str]:
    return [one.subject for one in found(cast.clerk, words)]


def test_accents_and_the_place_of_tones_do_not_matter(cast: Cast) -> None:
    entered(cast, "Về tiêu thụ hàng hóa nông sản, thủy sản")
    for words in ("hàng hoá", "hang hoa", "HÀNG HÓA", "thuỷ sản", "nong san", "tiêu thụ"):
        assert subjects(cast, words), words
    assert not subjects(cast, "lâm sản")


def test_a_symbol_is_found_however_it_is_typed(cast: Cast) -> None:
    entered(cast, "Đăng ký dự hội nghị", symbol="841/UBND-VX")
    entered(cast, "Việc khác", symbol="1841/UBND-VX")
    for words in ("841/ubnd-vx", "841 ubnd vx", "841/UBND", "0841/UBND-VX", "841"):
        assert subjects(cast, words) == ["Đăng ký dự hội nghị"], words
    entered(cast, "Thực hiện nghị quyết", symbol="07/QĐ-UBND")
    assert subjects(cast, "7/qd-ubnd") == subjects(cast, "07 QĐ") == ["Thực hiện nghị quyết"]


def test_words_in_quotation_marks_must_follow_one_another_and_the_last_word_may_be_a_beginning(cast: Cast) -> None:
    entered(cast, "Phát triển công nghiệp nông thôn")
    entered(cast, "Phát triển nông nghiệp, công nghệ nông thôn mới")
    assert len(subjects(cast, "nông thôn công")) == 2
    assert subjects(cast, "“công nghiệp nông thôn”") == ["Phát triển công nghiệp nông thôn"]
    assert len(subjects(cast, "phát triển nôn")) == 2
    assert subjects(cast, '"phát triển nôn"') == []


def test_what_a_document_is_called_by_comes_before_its_text_and_the_newer_first(cast: Cast) -> None:
    text = "Năm nay cần bình ổn giá xăng dầu trên địa bàn."
    entered(cast, "Công tác quý I", text=text, dated=date(2026, 3, 1))
    entered(cast, "Công tác quý II", text=text + " Hai.", dated=date(2026, 6, 1))
    entered(cast, "Bình ổn xăng dầu", dated=date(2020, 1, 1))
    entered(cast, "Quản lý xăng dầu, bình ổn", dated=date(2021, 1, 1))
    rows = Found(records_for(cast.clerk), groups_of("xăng dầu bình ổn"))
    assert [one.subject for one in rows[0:10]] == [
        "Quản lý xăng dầu, bình ổn", "Bình ổn xăng dầu", "Công tác quý II", "Công tác quý I",
    ]  # fmt: skip
    assert [one.subject for one in rows[1:3]] == ["Bình ổn xăng dầu", "Công tác quý II"]
    assert (rows.count(), rows.more) == (4, False)


def test_words_may_stand_half_in_the_head_and_half_in_the_text(cast: Cast) -> None:
    entered(cast, "Về an toàn hồ đập", text="Thủy điện Bảo Lạc phải cắm mốc hành lang.")
    assert subjects(cast, "hồ đập bảo lạc") == ["Về an toàn hồ đập"]
    assert subjects(cast, '"hồ đập thủy điện"') == []


def test_nobody_finds_what_another_office_keeps(cast: Cast) -> None:
    entered(cast, "Kế hoạch khuyến công")
    assert not found(cast.specialist_elsewhere, "khuyến công").exists()
    assert not found(cast.commune_official, "khuyến công").exists()
    assert found(cast.administrator, "khuyến công").exists()


def test_the_index_follows_the_line_and_can_be_made_anew(cast: Cast) -> None:
    record = entered(cast, "Kế hoạch khuyến công", text="Hỗ trợ 12 đề án.")
    register.confirm(cast.clerk, record, Line(Direction.RECEIVED, type="Kế hoạch", subject="Xúc tiến thương mại"))
    assert (subjects(cast, "khuyến công"), subjects(cast, "xúc tiến")) == ([], ["Xúc tiến thương mại"])
    indexing.empty()
    assert subjects(cast, "xúc tiến") == []
    assert list(indexing.rebuild()) == [1]
    assert subjects(cast, "xúc tiến") == subjects(cast, "12 đề án") == ["Xúc tiến thương mại"]
    record.refresh_from_db()
    indexing.unindex(record)
    assert subjects(cast, "xúc tiến") == []


def test_no_words_find_nothing(cast: Cast) -> None:
    entered(cast, "Kế hoạch")
    for words in ("", "  ", '"', "()", "***", "-", "\0"):
        assert subjects(cast, words) == []


_PIECES = [*"ab841độ \"'“”()*:^+-/\\&|!<>%_;,.{}\0\n", "NEAR", " AND ", " OR ", " NOT ", "head:", "rowid"]
_SPICY = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(_SPICY, st.text(max_size=60)))
def test_no_typed_words_are_an_error_or_a_command(cast: Cast, words: str) -> None:
    rows = Found(records_for(cast.clerk), groups_of(words))
    assert len(rows[0:5]) <= rows.count() or rows.count() == 0
    assert list(found(cast.clerk, words)[:5]) is not None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), typed=st.text(min_size=1, max_size=20))
def test_any_text_can_be_indexed_and_taken_out_again(cast: Cast, text: str, typed: str) -> None:
    record = entered(cast, f"Văn bản thử {text}"[:200])
    indexing.index(record)
    assert found(cast.clerk, "văn bản thử").filter(pk=record.pk).exists()
    snippet(text, groups_of(typed))
    indexing.unindex(record)
    record.delete()


def test_a_snippet_shows_the_words_with_their_own_letters() -> None:
    text = "Mở đầu. " * 60 + "Sở Công Thương chủ trì tiêu thụ hàng hoá nông sản tại 07 huyện. " + "Kết thúc. " * 60
    pieces = snippet(text, groups_of('"hàng hóa" nong 7 huyện'))
    assert [one.text for one in pieces if one.marked] == ["hàng hoá", "nông", "07", "huyện"]
    assert pieces[0].text.startswith("… ")
    assert len("".join(one.text for one in pieces)) < 240
    assert snippet(text, groups_of("lâm nghiệp")) == []
    assert "".join(one.text for one in marked("Kế hoạch số 07/KH-SCT", groups_of("7/kh"))) == "Kế hoạch số 07/KH-SCT"


def test_the_search_of_the_desk_finds_lines_of_the_register_too(cast: Cast) -> None:
    record = entered(cast, "Bình ổn giá xăng dầu", symbol="841/UBND-VX", text="Kho ở vùng cao.")
    client = cast.client(cast.clerk)
    for words in ("xang dau", "841 ubnd", "vung cao"):
        for more in ({}, {"HX-Request": "true"}):
            page = client.get("/tim/", {"tim": words}, headers=more).content.decode()
            assert f"/so-van-ban/{record.uuid}/" in page, words
    assert str(record.uuid) not in cast.client(cast.reader).get("/tim/", {"tim": "xang dau"}).content.decode()


def test_the_command_makes_the_index_anew(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    entered(cast, "Bình ổn giá xăng dầu")
    indexing.empty()
    call_command("index", "documents")
    assert "1/1" in capsys.readouterr().out
    assert subjects(cast, "xang dau") == ["Bình ổn giá xăng dầu"]
