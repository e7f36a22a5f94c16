# SPDX-License-Identifier: Apache-2.0
"""The one page for who leads stays one page, in Word as in PDF, however much there is to say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from bamsat.core.report.outline import Chart, Paragraph, Table, Words
from bamsat.core.report.wording import plain
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.reports.content.asked import Asked, Composed
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.writing import write
from bamsat.rooms.situation.actions import Said
from bamsat.rooms.situation.actions import write as note
from bamsat.rooms.situation.models import Kind
from tests import build
from tests.build import stated
from tests.cast import Cast
from tests.rooms.reports.months import recorded

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
BILLION, MILLION = 10**9, 10**6
# Done, its growth and its plan: the three behind their plans are exports, retail and electricity.
BOARD = {
    "industrial_output": ("VND", BILLION, "68812.5", "3.4", "68000"),
    "exports": ("USD", MILLION, "1456.2", "-15.3", "1900"),
    "retail_services": ("VND", BILLION, "46315.4", "-2.6", "51000"),
    "imports": ("USD", MILLION, "1246.8", "21.6", "1100"),
    "trade_total": ("USD", MILLION, "2703", "4.1", "2650"),
    "electricity_consumption": ("kWh", MILLION, "2718.6", "-0.8", "2900"),
}  # fmt: skip
LONG = (
    "Giá nguyên liệu đầu vào và cước vận tải tăng cao trong nhiều tháng, đơn hàng của doanh nghiệp dệt may, da giày "
    "giảm so với cùng kỳ, một số dự án lớn chậm đưa vào vận hành do vướng mắc về mặt bằng và đấu nối lưới điện"
)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def figures(codes: tuple[str, ...] = tuple(BOARD)) -> Iterator[Figure]:
    for code in codes:
        unit, size, done, growth, plan = BOARD[code]
        yield stated(f"{float(done) * size:.0f}", indicator=code, unit=unit, period="2025")
        yield stated(growth, indicator=code, unit="%", measure="growth", period="2025", base="2024")
        yield stated(f"{float(plan) * size:.0f}", indicator=code, unit=unit, period="2025", status="target")
    yield stated("108.4", indicator="iip", unit="%", measure="index", period="2025", base="2024")
    yield stated("103.2", indicator="cpi", unit="%", measure="index", period="2025", base="2024")


def noted(cast: Cast, kind: Kind, text: str, *codes: str) -> None:
    tied = tuple(Indicator.objects.filter(code__in=codes))
    note(cast.specialist, cast.home, Said(kind=kind, text=text, period=YEAR, indicators=tied), date(2026, 1, 5))


def one_page(cast: Cast, **more: object) -> Composed:
    return compose(cast.specialist, Asked("mot-trang", cast.home, YEAR, **more))  # type: ignore[arg-type]


def text(composed: Composed) -> str:
    said = (plain(one.pieces) for one in composed.report.blocks if isinstance(one, Paragraph))
    return "\n".join(said).replace("\u00a0", " ")


def pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


def opened(data: bytes, folder: Path) -> bytes:
    """The Word file as an office program prints it."""
    (folder / "trang.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "trang.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "trang.pdf").read_bytes()


def test_with_everything_there_is_to_say_it_fits_one_page_in_word_and_pdf(cast: Cast, tmp_path: Path):
    recorded(cast.director, list(figures()))
    for at, code in enumerate(("exports", "retail_services", "electricity_consumption")):
        noted(cast, Kind.CAUSE, f"{LONG} (đợt {at + 1}).", code)
    for at in range(3):
        noted(
            cast, Kind.DIFFICULTY, f"Đề nghị Chủ tịch UBND tỉnh chỉ đạo các sở, ngành tháo gỡ; {LONG} (việc {at + 1})."
        )
    made = one_page(cast)
    blocks = made.report.blocks
    assert sum(isinstance(one, Chart) for one in blocks) == 1
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert 3 <= len(table.rows) <= 8
    said = text(made)
    assert said.count(" Ghi nhận: “") == 3
    assert "Kiến nghị: “Đề nghị Chủ tịch UBND tỉnh" in said
    assert pages(write(made, "pdf")) == 1
    assert pages(opened(write(made, "docx"), tmp_path)) == 1


def test_the_worst_come_first_with_what_was_noted_about_them_and_what_is_asked(cast: Cast):
    recorded(cast.director, list(figures(("industrial_output", "exports", "retail_services"))))
    noted(cast, Kind.CAUSE, "Đơn hàng dệt may giảm.", "exports")
    noted(cast, Kind.DIFFICULTY, "Kiến nghị bố trí vốn cho hạ tầng cụm công nghiệp.")
    made = one_page(cast)
    items = [plain(one.pieces).replace("\u00a0", " ") for one in made.report.blocks
             if isinstance(one, Paragraph) and one.style == "item"]  # fmt: skip
    assert re.match(
        r"Cần chú ý: Kim ngạch xuất khẩu .*76,64% kế hoạch năm\..*Ghi nhận: “Đơn hàng dệt may giảm”\.$", items[0]
    )
    assert items[1].startswith("Tổng mức bán lẻ")
    assert items[2] == "Kiến nghị: “Kiến nghị bố trí vốn cho hạ tầng cụm công nghiệp”."
    quoted = [piece for one in made.report.blocks if isinstance(one, Paragraph) for piece in one.pieces
              if isinstance(piece, Words) and piece.quoted]  # fmt: skip
    assert all(piece.source.startswith("/tinh-hinh/") for piece in quoted)
    assert any("Tổng mức bán lẻ" in one.text and one.kind == "note" for one in made.lacking)


def test_each_indicator_says_in_words_where_it_stands(cast: Cast):
    recorded(cast.director, list(figures(("industrial_output", "exports"))))
    (table,) = (one for one in one_page(cast).report.blocks if isinstance(one, Table))
    heads = [column.heads[-1] for column in table.columns]
    assert heads == [
        "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tăng, giảm (%)", "% kế hoạch", "Đánh giá",
    ]  # fmt: skip
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["Kim ngạch xuất khẩu (triệu USD)"][-1] == "Hụt kế hoạch"
    assert rows["Giá trị sản xuất công nghiệp (tỷ đồng)"][-1] == "Vượt kế hoạch"


def test_where_nothing_lies_behind_it_says_so_and_asks_nothing(cast: Cast):
    recorded(cast.director, list(figures(("industrial_output", "imports"))))
    made = one_page(cast)
    assert "không có chỉ tiêu nào hụt kế hoạch hoặc giảm so với cùng kỳ" in text(made)
    assert "Kiến nghị: " not in text(made)
    assert any(one.text == "Chưa ghi nhận kiến nghị, đề xuất nào." for one in made.lacking)
