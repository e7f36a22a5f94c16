# SPDX-License-Identifier: Apache-2.0
"""The register as the machine fills it and as people mend it: lines, numbers, relations, lines that are one."""

from datetime import date
from typing import Any

import pytest

from bamsat.core.terms.directive import Citation, Instruction, Letterhead
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents import actions_register as register
from bamsat.rooms.documents import reading
from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.actions_register import Line, register_issued
from bamsat.rooms.documents.models import Direction, Document, ReadInstruction, Record, Relation
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PLAN = Letterhead(
    type="Kế hoạch", symbol="841/KH-UBND", number="841", date="2026-03-02", issuer="ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
    subject="Bình ổn giá xăng dầu", post="PHÓ CHỦ TỊCH", urgency="khan",
)  # fmt: skip


def read(user: Any, head: Letterhead | None = None, *citations: Citation, **more: Any) -> Document:
    """A document in whose head and text the reader found just this."""
    found = build.received(user)
    source = build.Source("bc.txt", "txt", "Văn bản", (), attributes={})
    reading.store(found, build.Reading(source, (), (), "Cao Bằng", "2026", head, citations, **more))
    found.refresh_from_db()
    return found


def cites(symbol: str | None, relation: str = "cites", kind: str = "named", **more: Any) -> Citation:
    said = {"type": "Kế hoạch", "date": None, "issuer": None, "about": ""} | more
    return Citation(doc="", start=0, end=5, text="Kế hoạch", kind=kind, symbol=symbol, relation=relation, **said)


def line(symbol: str, subject: str = "Việc", direction: str = Direction.RECEIVED, **more: Any) -> Line:
    return Line(direction, **{"type": "Kế hoạch", "symbol": symbol, "subject": subject} | more)


# Proposed by the machine.


def test_a_document_with_a_head_is_proposed_and_waits_for_somebody_to_look(cast: Cast) -> None:
    document = read(cast.clerk, PLAN)
    record = Record.objects.get()
    assert (record.direction, record.holder, record.document) == (Direction.RECEIVED, cast.home, document)
    assert (record.symbol, record.number, record.key) == ("841/KH-UBND", "841", "841/kh-ubnd")
    assert (record.dated, record.urgency, record.subject) == (date(2026, 3, 2), "khan", "Bình ổn giá xăng dầu")
    assert (record.confirmed_at, record.arrival) == (None, None)
    assert record.received_on is not None
    assert record.as_read["issuer"] == PLAN.issuer
    assert AuditRecord.objects.filter(action="documents.record.read").exists()


@pytest.mark.parametrize(
    ("issuer", "above", "direction"),
    [
        ("SỞ CÔNG THƯƠNG", "UBND TỈNH CAO BẰNG", "issued"), ("Sở Công Thương tỉnh Cao Bằng", "", "issued"),
        ("SỞ CÔNG THƯƠNG", "UBND TỈNH LẠNG SƠN", "received"), ("Sở Công Thương Lạng Sơn", "", "received"),
        ("SỞ TÀI CHÍNH", "UBND TỈNH CAO BẰNG", "received"), ("BỘ CÔNG THƯƠNG", "", "received"),
    ],
)  # fmt: skip
def test_what_the_office_itself_issued_goes_into_the_other_book(
    cast: Cast, issuer: str, above: str, direction: str
) -> None:
    read(cast.clerk, Letterhead(type="Báo cáo", symbol="12/BC", date="2026-01-05", issuer=issuer, above=above))
    assert Record.objects.get().direction == direction


def test_a_draft_of_the_office_waits_for_its_number(cast: Cast) -> None:
    read(cast.clerk, Letterhead(type="Báo cáo", symbol="/BC-SCT", issuer="SỞ CÔNG THƯƠNG", above="UBND TỈNH CAO BẰNG"))
    assert Record.objects.get().number == ""


def test_an_article_is_no_line_of_the_register(cast: Cast) -> None:
    read(cast.clerk)
    read(cast.clerk, Letterhead(type="Báo cáo"))
    assert not Record.objects.exists()


def test_two_files_of_one_document_have_one_line(cast: Cast) -> None:
    read(cast.clerk, PLAN)
    read(cast.specialist, PLAN)
    assert Record.objects.count() == 1


def test_the_same_number_of_two_bodies_are_two_documents(cast: Cast) -> None:
    for name in ("Nguyên Bình", "Bảo Lạc"):
        read(cast.clerk, Letterhead(type="Kế hoạch", symbol="5/KH-UBND", date="2026-01-02", issuer=f"UBND XÃ {name}"))
    assert Record.objects.count() == 2


def test_what_it_asks_is_kept_with_its_words(cast: Cast) -> None:
    asked = Instruction(
        doc="", start=0, end=7, text="Giao Sở Công Thương rà soát trước 30/6", kind="instruction", who="Sở Công Thương",
        supporting=(), what="rà soát", by_when="trước 30/6", time="date", due="2026-06-29", indicators=("iip",),
    )  # fmt: skip
    read(cast.clerk, PLAN, instructions=(asked,))
    row = ReadInstruction.objects.get()
    assert (row.state, row.due, row.who, row.by_when) == ("waiting", date(2026, 6, 29), "Sở Công Thương", "trước 30/6")
    assert row.as_read["indicators"] == ["iip"]


# Cited.


def test_a_cited_document_is_noted_once_and_becomes_the_line_when_it_comes(cast: Cast) -> None:
    first = read(cast.clerk, Letterhead(type="Công văn", symbol="1/SCT", issuer="Sở Tài chính"), cites("841/KH-UBND"))
    read(cast.clerk, None, cites("841 / KH-UBND", date="2026", issuer="UBND tỉnh Cao Bằng"))
    noted = Record.objects.get(direction=Direction.CITED)
    assert (noted.key, noted.issuer) == ("841/kh-ubnd", "UBND tỉnh Cao Bằng")
    assert noted.citations.count() == 2
    read(cast.clerk, PLAN)
    noted.refresh_from_db()
    assert (noted.direction, noted.subject) == (Direction.RECEIVED, PLAN.subject)
    assert Relation.objects.get().of == first.record
    assert Relation.objects.get().to == noted


def test_a_citation_finds_the_line_that_is_there_with_its_kind(cast: Cast) -> None:
    read(cast.clerk, PLAN)
    read(
        cast.clerk, Letterhead(type="Công văn", symbol="1/SCT", issuer="Sở Tài chính"),
        cites("0841/KH–UBND", "based_on", date="2026-03-02"), cites("841/KH-UBND", "carries_out"),
    )  # fmt: skip
    assert Record.objects.count() == 2
    assert set(Relation.objects.values_list("kind", flat=True)) == {"based_on", "carries_out"}


@pytest.mark.parametrize("more", [{"date": "2025"}, {"date": "2026-03-03"}, {"issuer": "UBND tỉnh Lạng Sơn"}])
def test_another_year_day_or_issuer_is_another_document(cast: Cast, more: dict[str, str]) -> None:
    read(cast.clerk, PLAN)
    read(cast.clerk, None, cites("841/KH-UBND", **more))
    assert Record.objects.filter(direction=Direction.CITED).count() == 1


def test_without_a_symbol_type_issuer_and_day_tell_a_document(cast: Cast) -> None:
    read(cast.clerk, PLAN)
    read(cast.clerk, None, cites(None, issuer="UBND tỉnh Cao Bằng", date="2026-03-02"))
    assert Record.objects.get().citations.count() == 1
    read(cast.clerk, None, cites(None, issuer="UBND tỉnh Cao Bằng", about="Phòng, chống dịch"))
    read(cast.clerk, None, cites(None, issuer="UBND tỉnh Cao Bằng", about="phòng, chống dịch"))
    assert Record.objects.filter(direction=Direction.CITED).count() == 1


def test_sets_and_documents_without_a_name_are_not_noted(cast: Cast) -> None:
    read(cast.clerk, None, cites(None, kind="generic"), cites(None, kind="set", count=30), cites(None))
    assert not Record.objects.exists()


def test_each_office_has_a_register_of_its_own(cast: Cast) -> None:
    read(cast.clerk, PLAN)
    build.role(cast.clerk, "cao-bang")
    document = build.received(cast.specialist_elsewhere)
    source = build.Source("x", "txt", "Văn bản", (), attributes={})
    reading.store(document, build.Reading(source, (), (), "Lạng Sơn", "2026", None, (cites("841/KH-UBND"),)))
    assert Record.objects.get(direction=Direction.CITED).holder == cast.elsewhere


# By hand.


def test_confirming_keeps_what_was_read_and_tells_what_was_mended(cast: Cast) -> None:
    read(cast.clerk, PLAN)
    record = Record.objects.get()
    said = line("842/KH-UBND", "Bình ổn giá", arrival=7, received_on=date(2026, 3, 4), dated=date(2026, 3, 2))
    register.confirm(cast.clerk, record, said)
    record.refresh_from_db()
    assert (record.symbol, record.arrival, record.year, record.confirmed_by) == ("842/KH-UBND", 7, 2026, cast.clerk)
    assert record.as_read["symbol"] == "841/KH-UBND"
    told = AuditRecord.objects.get(action="documents.record.mended").details["changed"]
    assert told["symbol"] == ["841/KH-UBND", "842/KH-UBND"]


def test_mending_a_symbol_joins_what_was_only_cited_under_it(cast: Cast) -> None:
    citing = read(cast.clerk, Letterhead(type="Công văn", symbol="1/SCT", issuer="Sở Tài chính"), cites("841/KH-UBND"))
    record = register.enter(cast.clerk, cast.home, line("814/KH-UBND"))
    register.confirm(cast.clerk, record, line("841/KH-UBND"))
    assert not Record.objects.filter(direction=Direction.CITED).exists()
    assert (Relation.objects.get().of, Relation.objects.get().to) == (citing.record, record)
    assert citing.citations.get().record == record
    assert AuditRecord.objects.filter(action="documents.record.merged").exists()


def test_a_number_of_arrival_is_given_once_a_year_and_only_as_the_office_says(cast: Cast) -> None:
    day = date(2026, 1, 5)
    register.enter(cast.clerk, cast.home, line("1/KH", arrival=41, received_on=day))
    assert register.next_arrival(cast.home, 2026) == 42
    with pytest.raises(register.Refused, match="Số đến 41 năm 2026 đã ghi cho “Kế hoạch 1/KH”"):
        register.enter(cast.clerk, cast.home, line("2/KH", arrival=41, received_on=day))
    register.enter(cast.clerk, cast.home, line("3/KH", arrival=41, received_on=date(2025, 12, 30)))
    with pytest.raises(register.Refused, match="ngày đến"):
        register.enter(cast.clerk, cast.home, line("4/KH", arrival=50))
    with pytest.raises(register.Refused, match="trước ngày văn bản"):
        register.enter(cast.clerk, cast.home, line("5/KH", dated=day, received_on=date(2026, 1, 4)))
    assert Record.objects.count() == 2


def test_nobody_writes_in_another_office_s_register(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("1/KH"))
    for user in (cast.specialist_elsewhere, cast.commune_official, cast.reader):
        for change in (
            lambda user=user: register.enter(user, cast.home, line("2/KH")),
            lambda user=user: register.confirm(user, record, line("2/KH")),
            lambda user=user: register.relate(user, record, record, "cites"),
            lambda user=user: register_issued(user, cast.home, "Báo cáo", "1", "BC-SCT", date(2026, 1, 1), "x", ""),
        ):
            with pytest.raises(NotAllowed):
                change()


def test_a_paper_entered_by_hand_takes_the_file_that_comes_later(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("841/KH-UBND", "Như trên giấy", dated=date(2026, 3, 2)))
    document = read(cast.clerk, PLAN)
    record.refresh_from_db()
    assert (record.document, record.subject, record.issuer) == (document, "Như trên giấy", PLAN.issuer)
    assert Record.objects.count() == 1


def test_a_file_is_attached_to_its_line_and_its_own_proposal_gives_way(cast: Cast) -> None:
    record = register.enter(cast.clerk, cast.home, line("14/KH-UBND"))
    document = read(cast.clerk, PLAN)
    register.attach(cast.clerk, record, document)
    assert Record.objects.get() == record
    assert Record.objects.get().document == document
    other = register.enter(cast.clerk, cast.home, line("15/KH-UBND"))
    with pytest.raises(register.Refused, match="đã là của dòng"):
        register.attach(cast.clerk, other, document)
    foreign = build.document(cast.specialist_elsewhere, area="Lạng Sơn")
    with pytest.raises(register.Refused, match="đơn vị khác"):
        register.attach(cast.clerk, other, foreign)


# Issued.


def issued(cast: Cast, number: str = "07", subject: str = "Báo cáo tháng 3") -> Record:
    return register_issued(
        cast.clerk, cast.home, "Báo cáo", number, "BC-SCT", date(2026, 3, 20), subject, "Giám đốc Sở"
    )


def test_an_issued_document_has_the_number_of_the_office_s_own_register(cast: Cast) -> None:
    record = issued(cast)
    assert (record.symbol, record.number, record.direction, record.year) == ("07/BC-SCT", "07", "issued", 2026)
    assert issued(cast) == record
    with pytest.raises(BamsatError, match="07/BC-SCT năm 2026 đã ghi cho “Báo cáo tháng 3”"):
        issued(cast, subject="Báo cáo khác")
    assert issued(cast, "8").symbol == "8/BC-SCT"


def test_what_was_cited_before_it_was_issued_becomes_the_issued_line(cast: Cast) -> None:
    read(cast.clerk, None, cites("07/BC-SCT", type="Báo cáo", date="2026-03-20"))
    record = issued(cast)
    assert Record.objects.get() == record
    assert record.citations.count() == 1


# From a real file.


def test_a_real_letter_is_read_registered_and_tied(cast: Cast) -> None:
    letter = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Cao Bằng, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Phát triển thương mại biên giới năm 2026
Căn cứ Quyết định số 259/QĐ-TTg ngày 25/02/2021 của Thủ tướng Chính phủ phê duyệt Chương trình phát triển hạ tầng \
thương mại biên giới;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
1. Sở Công Thương chủ trì rà soát quy hoạch chợ biên giới, báo cáo trước ngày 30/6/2026.
"""
    document = receive(cast.clerk, "ke-hoach.txt", letter.encode())
    record = Record.objects.get(document=document)
    assert (record.symbol, record.dated, record.type) == ("15/KH-UBND", date(2026, 3, 5), "Kế hoạch")
    cited = Record.objects.get(direction=Direction.CITED)
    assert (cited.symbol, cited.dated) == ("259/QĐ-TTg", date(2021, 2, 25))
    assert Relation.objects.get(of=record).kind == "based_on"
    assert Place.objects.get(pk=cited.holder_id) == cast.home
