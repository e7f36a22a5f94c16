# SPDX-License-Identifier: Apache-2.0
"""The styles of a document as Decree 30/2020/NĐ-CP sets it, with Vietnamese names; headings are Word's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bamsat.core.report.docx.marks import DECLARED, W, elements, escaped, twips

FONT = "Times New Roman"
BODY_SIZE = 14.0
INDENT = twips(12.7)  # of the first line


@dataclass(frozen=True, slots=True)
class Style:
    """A style, in points and millimetres; what it leaves out comes from the style that it stands on."""

    id: str
    name: str
    on: str = "Normal"
    size: float = 0
    align: str = ""
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    first: float | None = None  # indent of the first line
    left: float = 0
    before: float | None = None
    after: float | None = None
    line: float = 0  # of single spacing
    exact: float = 0  # points
    next: bool = False  # stays with what follows
    together: bool = False
    level: int = -1  # in the outline
    shaded: str = ""
    character: bool = False


STYLES = (
    Style("ThanBai", "Thân bài", size=BODY_SIZE, align="both", first=12.7, before=0, after=6, line=1.15),
    Style("Heading1", "heading 1", on="ThanBai", bold=True, before=6, after=6, next=True, level=0),
    Style("Heading2", "heading 2", on="ThanBai", bold=True, before=6, after=6, next=True, level=1),
    Style("Heading3", "heading 3", on="ThanBai", bold=True, italic=True, before=3, after=6, next=True, level=2),
    Style("Heading4", "heading 4", on="ThanBai", italic=True, before=3, after=6, next=True, level=3),
    Style("GachDauDong", "Gạch đầu dòng", on="ThanBai"),
    Style("CauHoi", "Câu hỏi", on="ThanBai", bold=True, next=True),
    Style("TraLoi", "Trả lời", on="ThanBai"),
    Style("CanGiua", "Căn giữa", on="ThanBai", align="center", first=0),
    Style("CoQuanChuQuan", "Cơ quan chủ quản", size=13, align="center"),
    Style("CoQuanBanHanh", "Cơ quan ban hành", size=13, align="center", bold=True),
    Style("QuocHieu", "Quốc hiệu", size=13, align="center", bold=True),
    Style("TieuNgu", "Tiêu ngữ", size=14, align="center", bold=True),
    Style("GachNgang", "Gạch ngang", size=2, align="center", exact=4),
    Style("SoKyHieu", "Số, ký hiệu", size=13, align="center", before=6),
    Style("DiaDanhNgayThang", "Địa danh, ngày tháng", size=14, align="center", italic=True, before=6),
    Style("TrichYeuCongVan", "Trích yếu công văn", size=12, align="center", before=3),
    Style("TenLoaiVanBan", "Tên loại văn bản", size=14, align="center", bold=True, before=18, next=True),
    Style("TrichYeu", "Trích yếu", size=14, align="center", bold=True, next=True),
    Style("KinhGui", "Kính gửi", size=BODY_SIZE, before=12, after=6),
    Style("NoiKinhGui", "Nơi kính gửi", size=BODY_SIZE, left=50, after=0),
    Style("CanCu", "Căn cứ ban hành", on="ThanBai", italic=True),
    Style("NoiNhan", "Nơi nhận", size=12, bold=True, italic=True, before=6),
    Style("DanhSachNoiNhan", "Danh sách nơi nhận", size=11),
    Style("QuyenHanChucVu", "Quyền hạn, chức vụ", size=14, align="center", bold=True),
    Style("DongKyTen", "Chỗ ký", size=14, align="center"),
    Style("HoTen", "Họ tên người ký", size=14, align="center", bold=True),
    Style("Caption", "caption", size=13, align="center", bold=True, before=6, after=3, next=True),
    Style("TenBieuDo", "Tên biểu đồ", on="Caption", before=3, after=6),
    Style("HinhAnh", "Hình ảnh", align="center", before=6, next=True),
    Style("DonViTinh", "Đơn vị tính", size=12, align="right", italic=True, after=2, next=True),
    Style("OChu", "Ô chữ", size=12, before=1, after=1),
    Style("OSo", "Ô số", on="OChu", align="right"),
    Style("OGiua", "Ô giữa", on="OChu", align="center"),
    Style("DauCot", "Đầu cột", on="OChu", align="center", bold=True, next=True),
    Style("SoCot", "Số thứ tự cột", on="OChu", size=10, align="center", italic=True, next=True),
    Style("GhiChu", "Ghi chú", size=12, align="both", italic=True, before=2, after=6),
    Style("CachBang", "Cách bảng", size=4, exact=6),
    Style("ConThieu", "Còn thiếu", on="ThanBai", shaded="FFF2AB"),
    Style("SoPhuLuc", "Số phụ lục", size=14, align="center", bold=True, next=True),
    Style("TenPhuLuc", "Tên phụ lục", size=14, align="center", bold=True, capitals=True, next=True, level=0),
    Style("KemTheo", "Kèm theo", size=13, align="center", italic=True, after=6, next=True),
    Style("SoTrang", "Số trang", size=13, align="center"),
    Style("LoiTrich", "Lời trích", on="", italic=True, character=True),
    Style("NhanManh", "Nhấn mạnh", on="", bold=True, character=True),
)  # fmt: skip


def _flag(name: str, on: bool) -> str:
    return f"<w:{name}/>" if on else ""


def _type(style: Style) -> str:
    """Settings of the type; a style that stands on headings of Word's own needs its colour put back to black."""
    size = f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>' if style.size else ""
    both = _flag("b", style.bold) + _flag("bCs", style.bold) + _flag("i", style.italic) + _flag("iCs", style.italic)
    return f'<w:rPr>{_fonts()}{both}{_flag("caps", style.capitals)}<w:color w:val="000000"/>{size}</w:rPr>'


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _setting(style: Style) -> str:
    """Settings of the paragraph, in the order of the standard."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.shaded}"/>' if style.shaded else ""
    spacing = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("before", style.before), ("after", style.after))
        if points is not None
    )
    if style.exact:
        spacing += f' w:line="{round(style.exact * 20)}" w:lineRule="exact"'
    elif style.line:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    indent = f' w:left="{twips(style.left)}"' if style.left else ""
    indent += f' w:firstLine="{twips(style.first)}"' if style.first is not None else ""
    return "".join(
        (
            _flag("keepNext", style.next),
            _flag("keepLines", style.together or style.level >= 0),
            shade,
            f"<w:spacing{spacing}/>" if spacing else "",
            f"<w:ind{indent}/>" if indent else "",
            f'<w:jc w:val="{style.align}"/>' if style.align else "",
            f'<w:outlineLvl w:val="{style.level}"/>' if style.level >= 0 else "",
        )
    )


def _markup(style: Style) -> str:
    kind = "character" if style.character else "paragraph"
    own = "" if style.id.startswith(("Heading", "Caption")) else ' w:customStyle="1"'
    on = f'<w:basedOn w:val="{style.on}"/>' if style.on else ""
    follows = '<w:next w:val="ThanBai"/>' if style.level >= 0 else ""
    settings = "" if style.character else f"<w:pPr>{_setting(style)}</w:pPr>"
    return (
        f'<w:style w:type="{kind}"{own} w:styleId="{style.id}"><w:name w:val="{escaped(style.name)}"/>'
        f"{on}{follows}<w:qFormat/>{settings}{_type(style)}</w:style>"
    )


_TABLE_STYLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangSoLieu"><w:name w:val="Bảng số liệu"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
_BASIC = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts()}"
    '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "<w:pPr><w:widowControl/></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


@lru_cache(maxsize=1)
def sheet() -> str:
    """The whole styles part of a document of our own."""
    own = "".join(_markup(style) for style in STYLES)
    return f"<w:styles {DECLARED}>{_BASIC}{own}{_TABLE_STYLE}</w:styles>"


def add_missing(package: Any) -> dict[str, str]:
    """Give a document the styles that it lacks; those that it has, by id or by name, stay as its office set them.

    Answers under which id a document has a style of ours, where that is another one (Word in Vietnamese renames ids).
    """
    root = package.styles.element
    ids = {style.get(W + "styleId") for style in root.iter(W + "style")}
    named = {(name.get(W + "val") or "").lower(): name.getparent().get(W + "styleId") for name in root.iter(W + "name")}
    renamed = {
        style.id: named[style.name.lower()] for style in STYLES if style.id not in ids and style.name.lower() in named
    }
    wanted = [style for style in STYLES if style.id not in ids and style.id not in renamed]
    markup = "".join(_markup(style) for style in wanted)
    root.extend(elements(markup + ("" if "BangSoLieu" in ids else _TABLE_STYLE)))
    return renamed
