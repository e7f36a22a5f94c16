# SPDX-License-Identifier: Apache-2.0
"""Sentences of documents in reports; the conference report, the interview pack and the table of the year."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bamsat.core.read.reader import read
from bamsat.core.report.docx.tags import without_tags
from bamsat.core.report.outline import Heading, Paragraph, Table, Told, Words
from bamsat.core.report.wording import plain
from bamsat.core.terms.period import Period
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.actions import withdraw
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports.content.asked import Asked, Composed
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.writing import MEDIA, write
from tests import build
from tests.cast import Cast
from tests.rooms.scoreboard.test_articles import Office, office

pytestmark = pytest.mark.django_db
MAPPED = (
    "Đến nay, 40/40 nhà máy, 3/5 siêu thị, 25/79 chợ và 38/232 nhà hàng đã khai báo tình trạng trên bản đồ an toàn."
)
HONOURED = (
    "Hội nghị tôn vinh 5 nghệ nhân ưu tú, danh hiệu do Chủ tịch nước phong tặng; 5 doanh nghiệp nhận giấy chứng nhận "
    "sản phẩm công nghiệp nông thôn tiêu biểu khu vực phía Bắc năm 2020; 13 cá nhân được khen vì hoàn thành xuất sắc "
    "nhiệm vụ."
)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def cao_bang(cast: Cast) -> Office:
    load_directory()
    return office(cast, "cao-bang-nam-2021.docx")


def made(there: Office, kind: str, year: int = 2021, **more: object) -> Composed:
    return compose(there.cast.specialist, Asked(kind, there.place, Period.year(year), **more))  # type: ignore[arg-type]


def lines(composed: Composed) -> list[str]:
    blocks = composed.report.blocks
    said = [plain(one.pieces) if isinstance(one, Paragraph) else one.text for one in blocks
            if isinstance(one, Paragraph | Heading)]  # fmt: skip
    return [line.replace("\u00a0", " ") for line in said]


class TestWhatOnlyItsDocumentHasANameFor:
    def test_it_is_told_once_in_the_sentence_of_its_document(self, cao_bang: Office):
        composed = made(cao_bang, "nam")
        assert lines(composed).count(MAPPED) == 1
        assert not any("Cơ sở đã cập nhật" in line for line in lines(composed))
        block = next(
            one for one in composed.report.blocks if isinstance(one, Paragraph) and "40/40" in plain(one.pieces)
        )
        told = [piece for piece in block.pieces if isinstance(piece, Told)]
        assert [one.text for one in told] == ["40/40 nhà máy", "3/5 siêu thị", "25/79 chợ", "38/232 nhà hàng"]
        for one in told:
            entry = Entry.objects.get(uuid=one.entries[0])
            assert (entry.amount, entry.amount_of) == (one.fact.value, one.fact.of)
            assert entry.source
            assert entry.source.number == one.text
        document = Document.objects.get()
        words = [piece for piece in block.pieces if isinstance(piece, Words)]
        assert {piece.source for piece in words} == {f"/van-ban/{document.uuid}/"}
        assert not any(piece.quoted for piece in words)  # the department's own report

    def test_a_sentence_keeps_its_hedge_and_reads_back_to_the_same_figures(self, cao_bang: Office):
        composed = made(cao_bang, "nam")
        assert any(line.startswith("Sở đã phát hành hơn 30 văn bản hướng dẫn") for line in lines(composed))
        free = {one["indicator"]: one for one in composed.numbers if ":" in one["indicator"]}
        assert free["document:văn bản hướng dẫn phòng"]["hedge"] == "over"
        read_back = read(without_tags(write(composed, "docx")), "bao-cao.docx").figures
        found = {one.indicator: one for one in read_back if ":" in one.indicator}
        assert found.keys() == free.keys()
        for code, figure in found.items():
            assert (figure.value, figure.period, figure.hedge or "") == (
                Decimal(free[code]["value"]), free[code]["period"], free[code]["hedge"],
            )  # fmt: skip

    def test_where_one_of_its_numbers_does_not_stand_the_others_are_told_by_name(self, cao_bang: Office):
        entry = Entry.objects.get(series__indicator__code="facility_coverage:siêu thị")
        withdraw(cao_bang.cast.director if cao_bang.place == cao_bang.cast.home else cao_bang.cast.administrator, entry,
                 "đếm nhầm")  # fmt: skip
        said = lines(made(cao_bang, "nam"))
        assert MAPPED not in said
        assert any("25/79 chợ" in line and line.startswith("Cơ sở đã cập nhật bản đồ an toàn") for line in said)

    @pytest.mark.parametrize(
        "change",
        [
            {"period": "2020"}, {"value_text": "4", "number": "4/5 siêu thị"}, {"state": "waiting"},
            {"hedge": "about"},
        ],
    )  # fmt: skip
    def test_a_sentence_that_was_corrected_says_no_longer_what_holds(self, cao_bang: Office, change: dict[str, str]):
        Document.objects.get().figures.filter(indicator="facility_coverage:siêu thị").update(**change)
        assert MAPPED not in lines(made(cao_bang, "nam"))

    def test_who_may_not_read_the_document_does_not_get_its_sentence(self, cao_bang: Office):
        Document.objects.update(holder=build.place("ha-giang"))
        said = lines(made(cao_bang, "nam"))
        assert MAPPED not in said
        assert any("25/79 chợ" in line for line in said)

    @pytest.mark.parametrize(
        ("before", "after"),
        [("Đến nay,", "Tôi báo:"), ("Đến nay,", "Theo ông Sáu,"), ("an toàn.", "an toàn" + " cho dân" * 50 + ".")],
    )
    def test_what_a_person_says_and_what_is_too_long_is_no_sentence_of_a_report(
        self, cao_bang: Office, before: str, after: str
    ):
        document = Document.objects.get()
        at = document.text.index(MAPPED)
        changed = MAPPED.replace(before, after)
        moved = len(after) - len(before) if before.startswith("Đến") else 0
        for figure in document.figures.all():
            if figure.start > at and moved:
                document.figures.filter(pk=figure.pk).update(start=figure.start + moved, end=figure.end + moved)
        document.text = document.text[:at] + changed + document.text[at + len(MAPPED) :]
        document.save()
        said = lines(made(cao_bang, "nam"))
        assert changed not in said
        assert any("25/79 chợ" in line for line in said)

    def test_the_words_of_another_provider_stand_in_quotation_marks(self, cao_bang: Office):
        Document.objects.update(provider="press", title="Bản tin công thương")
        assert f"“{MAPPED[:-1]}” (theo Bản tin công thương)." in lines(made(cao_bang, "nam"))


def test_a_report_opens_and_closes_as_reports_do(cao_bang: Office):
    subject = "tình hình công nghiệp, thương mại năm 2021 và phương hướng, nhiệm vụ năm 2022"
    said = lines(made(cao_bang, "nam"))
    office_ = "Sở Công Thương tỉnh Cao Bằng"
    assert said[0] == f"Thực hiện chế độ báo cáo định kỳ, {office_} báo cáo {subject} như sau:"
    assert said[-1] == f"Trên đây là báo cáo {subject} của {office_}./."
    assert (
        "Chi cục Quản lý thị trường" in lines(made(cao_bang, "nam", frame={"organ": "Chi cục Quản lý thị trường"}))[0]
    )


class TestTheConference:
    def test_it_tells_results_aims_and_who_is_honoured(self, cast: Cast):
        load_directory()
        composed = made(office(cast, "thai-binh-nam-2020.pdf"), "hoi-nghi", 2020)
        said = lines(composed)
        assert said[0].startswith("Sở Công Thương tỉnh Thái Bình báo cáo hội nghị kết quả công tác ngành Công Thương")
        headings = [one.text for one in composed.report.blocks if isinstance(one, Heading)]
        assert headings == [
            "Kết quả công tác năm 2020", "Công nghiệp", "Thương mại, dịch vụ", "Xuất khẩu, nhập khẩu",
            "Mục tiêu, nhiệm vụ năm 2021", "Mục tiêu", "Biểu dương, khen thưởng",
        ]  # fmt: skip
        assert HONOURED in said
        assert any("79.770 tỷ đồng, tăng gần 16%" in line for line in said)
        assert said[-1] == "Trên đây là báo cáo của Sở Công Thương tỉnh Thái Bình trình hội nghị xem xét, thảo luận./."


class TestTheInterview:
    def test_each_answer_is_given_by_the_post_with_the_figures_behind_it(self, cao_bang: Office):
        blocks = made(cao_bang, "phong-van").report.blocks
        at = next(i for i, one in enumerate(blocks) if isinstance(one, Paragraph) and one.style == "question")
        question, answer, basis = blocks[at : at + 3]
        assert isinstance(question, Paragraph)
        assert plain(question.pieces).startswith("P.V: Xin Giám đốc cho biết kết quả sản xuất công nghiệp")
        assert isinstance(answer, Paragraph)
        assert answer.style == "answer"
        assert (
            plain(answer.pieces)
            .replace("\u00a0", " ")
            .startswith("Giám đốc Sở: Giá trị sản xuất công nghiệp năm 2021 đạt")
        )
        assert isinstance(basis, Table)
        assert basis.caption == "Số liệu làm căn cứ"
        row = [cell.text.replace("\u00a0", " ") for cell in basis.rows[0].cells]
        assert row[1:3] == ["Giá trị sản xuất công nghiệp, năm 2021", "5.300 tỷ đồng"]
        assert row[3].startswith("Văn bản “cao-bang-nam-2021.docx”, ")
        levels = Entry.objects.filter(series__indicator__code="industrial_output", series__measure="level")
        assert row[4] in {str(entry.uuid)[:8] for entry in levels}

    def test_every_number_of_an_answer_stands_in_its_table(self, cao_bang: Office):
        answered: set[tuple[str, ...]] = set()
        for block in made(cao_bang, "phong-van").report.blocks:
            if isinstance(block, Paragraph):
                answered |= {piece.entries for piece in block.pieces if isinstance(piece, Told)}
            elif isinstance(block, Table):
                behind = {
                    p.entries for row in block.rows for cell in row.cells for p in cell.pieces if isinstance(p, Told)
                }
                assert answered == behind
                answered = set()
        assert not answered

    def test_a_name_stands_there_only_where_the_office_gave_it(self, cao_bang: Office):
        named = made(cao_bang, "phong-van", frame={"signer": "Người Ký Thử"})
        assert any(line.startswith("Giám đốc Sở Người Ký Thử: ") for line in lines(named))

    def test_what_cannot_be_answered_is_told_with_where_to_mend_it(self, cao_bang: Office):
        composed = made(cao_bang, "phong-van")
        lacking = next(one for one in composed.lacking if "Khó khăn lớn nhất" in one.text)
        assert lacking.address.startswith("/tinh-hinh/")
        assert not any("Khó khăn lớn nhất" in line for line in lines(composed))
        assert any("Khó khăn lớn nhất" in line for line in lines(made(cao_bang, "phong-van", draft=True)))


class TestTheTableOfTheYear:
    def test_it_has_formulas_two_signatures_and_only_what_has_a_name(self, cao_bang: Office):
        composed = made(cao_bang, "bang-nam")
        (appendix,) = composed.report.appendices
        assert (appendix.landscape, appendix.prepared, appendix.headed) == (True, "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ")
        (table,) = appendix.blocks
        assert isinstance(table, Table)
        assert [row.cells[0].text for row in table.rows] == [str(at) for at in range(1, len(table.rows) + 1)]
        assert not any("siêu thị" in row.cells[1].text.lower() for row in table.rows)
        book = load_workbook(BytesIO(write(composed, "xlsx")))
        cells = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert any(cell.startswith("=") for cell in cells)
        assert {"NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"} <= set(cells)


@pytest.mark.parametrize("kind", ["bang-nam", "mot-trang", "hoi-nghi", "phong-van"])
def test_every_kind_is_written_in_every_medium(cao_bang: Office, kind: str):
    composed = made(cao_bang, kind)
    assert [write(composed, media)[:4] for media in MEDIA] == [b"PK\x03\x04", b"%PDF", b"<!do", b"PK\x03\x04"]
