# SPDX-License-Identifier: Apache-2.0
"""A year's report of Cao Bằng, put together by hand from the figures that its department told for 2021."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from lxml import etree

from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import (
    Appendix,
    Cell,
    Chart,
    Column,
    Frame,
    Heading,
    Lacking,
    Paragraph,
    Report,
    Row,
    Table,
    Told,
    Words,
)  # fmt: skip
from bamsat.core.terms.period import Period

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
YEAR, YEAR_AGO = Period.year(2021), Period.year(2020)


def entry(number: int) -> str:
    return str(UUID(int=0x20210000000040008000000000000000 + number))


def told(text: str, number: int, measure: str = "level", value: str = "1", unit: str = "VND", **more: Any) -> Told:
    entries = more.pop("entries", (entry(number),))
    return Told(text, Fact("industrial_output", measure, Decimal(value), unit, YEAR, entries=entries, **more))


def said(*pieces: str | Words | Told, style: str = "body") -> Paragraph:
    return Paragraph(tuple(Words(piece) if isinstance(piece, str) else piece for piece in pieces), style)


def cells(*texts: str | Told) -> tuple[Cell, ...]:
    return tuple(Cell((Words(text),) if isinstance(text, str) else (text,)) for text in texts)


COLUMNS = (
    Column(("TT",)),
    Column(("Chỉ tiêu",)),
    Column(("Đơn vị tính",)),
    Column(("Năm 2021", "Kế hoạch"), number=True),
    Column(("Năm 2021", "Ước thực hiện"), number=True),
    Column(("So sánh (%)", "Cùng kỳ"), number=True),
    Column(("So sánh (%)", "Kế hoạch"), number=True),
)
TABLE = Table(
    "Các chỉ tiêu chủ yếu ngành Công Thương năm 2021",
    COLUMNS,
    (
        Row(cells("I", "Công nghiệp"), "head"),
        Row(cells("1", "Giá trị sản xuất công nghiệp", "tỷ đồng", told("5.300", 20), told("5.300", 21),
                  told("112,77", 22), told("100,00", 23))),
        Row(cells("2", "Kim ngạch xuất khẩu", "triệu USD", told("306,060", 24), told("337,887", 25),
                  told("121,43", 26), told("110,40", 27)), level=1),
        Row(cells("", "Tổng cộng", "", "", told("777,792", 28)), "total"),
    ),
    unit="như trong cột",
    note="Nguồn: Thống kê tỉnh Cao Bằng.",
    numbered=True,
)  # fmt: skip
SPEC = {"width": 560, "height": 120, "mark": "bar", "data": {"values": [{"x": "2021", "y": 5300}]},
        "encoding": {"x": {"field": "x"}, "y": {"field": "y", "type": "quantitative"}}}  # fmt: skip
CHART = Chart("Giá trị sản xuất công nghiệp", SPEC, "Năm 2021 ước đạt 5.300 tỷ đồng.", note="Nguồn: Sở Công Thương.")
LEVEL = told("5.300 tỷ đồng", 1, value="5300000000000", status="estimate")
GROWTH = told("12,77%", 2, "growth", "12.77", "%", base=YEAR_AGO, entries=(entry(2), entry(3)))
QUOTE = Words("giá kim loại tăng đã mang lại lợi nhuận tốt", quoted=True, source="/tinh-hinh/0001/")
BLOCKS = (
    said("Sở Công Thương báo cáo tình hình năm 2021 như sau:"),
    Heading(1, "KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "I."),
    Heading(2, "Sản xuất công nghiệp", "1."),
    said("Giá trị sản xuất công nghiệp năm 2021 ước đạt ", LEVEL, ", tăng ", GROWTH, " so với cùng kỳ năm 2020."),
    said(Words("Nguyên nhân: ", strong=True), QUOTE, "."),
    CHART,
    Heading(3, "Xuất nhập khẩu", "a)"),
    said("Kim ngạch xuất khẩu đạt ", told("337,887 triệu USD", 4, unit="USD"), ".", style="item"),
    TABLE,
    TABLE,
    Lacking("Chưa có kim ngạch nhập khẩu chính thức tháng 12/2021.", "estimate"),
    said("Trên đây là báo cáo năm 2021./."),
)
FRAME = Frame(
    parent="ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
    organ="SỞ CÔNG THƯƠNG",
    number="5",
    symbol="BC-SCT",
    place="Cao Bằng",
    day=date(2022, 1, 5),
    subject="Kết quả công tác ngành Công Thương năm 2021 và nhiệm vụ trọng tâm năm 2022",
    addressee=("Ủy ban nhân dân tỉnh Cao Bằng",),
    bases=("Căn cứ Nghị định số 09/2019/NĐ-CP ngày 24 tháng 01 năm 2019 của Chính phủ", "Căn cứ chương trình công tác"),
    recipients=("Như trên", "Lưu: VT, KHTC"),
    authority="KT. GIÁM ĐỐC",
    post="Phó Giám đốc",
)
ANNEX = Appendix("Sản phẩm chủ yếu", (TABLE,), "I", prepared="Người lập biểu", headed="Thủ trưởng đơn vị")
UPRIGHT = Appendix("Danh mục cụm công nghiệp", (TABLE,), "II", landscape=False)
REPORT = Report(
    FRAME, BLOCKS, (ANNEX, UPRIGHT), title="Báo cáo năm 2021",
    attributes={"kind": "nam", "place": "cao-bang", "period": "2021", "known": "2022-01-05"},
)  # fmt: skip


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(element: Any) -> str:
    return "".join(found.text or "" for found in element.iter(W + "t")).replace("\u00a0", " ")


def paragraph_of(root: Any, text: str) -> Any:
    """The first paragraph that begins with these words."""
    return next(found for found in root.iter(W + "p") if text_of(found).startswith(text))


def setting(style: Any, path: str, name: str = "val", styles: Any = None) -> str | None:
    """What a style says, or the style that it stands on."""
    found = style.find("/".join(W + step for step in path.split("/")))
    if found is not None and (found.get(W + name) is not None or name == "val"):
        return str(found.get(W + name, "true"))
    on = style.find(W + "basedOn")
    if on is None or styles is None:
        return None
    return setting(styles.find(f"{W}style[@{W}styleId='{on.get(W + 'val')}']"), path, name, styles)
