# SPDX-License-Identifier: Apache-2.0
"""The names that an office writes in its Word template: fields, numbers of an indicator, parts of a report, lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Place = Literal["text", "run", "block"]


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for, told to whoever edits the template."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that a template may name, with what each stands for: indicators, sets of them, sections of the kind."""

    indicators: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


# {{ name }}: words of the frame.
TEXTS: dict[str, Named] = {
    "co_quan_cap_tren": Named("cơ quan cấp trên", "the body above"),
    "co_quan": Named("cơ quan ban hành", "the issuing body"),
    "so": Named("số của văn bản", "the number of the document"),
    "ky_hieu": Named("ký hiệu của văn bản", "the symbol of the document"),
    "dia_danh": Named("địa danh", "the place of issue"),
    "ngay": Named("ngày, tháng, năm ban hành", "the day of issue"),
    "loai": Named("tên loại văn bản", "the type of document"),
    "trich_yeu": Named("trích yếu", "the subject"),
    "ky": Named("kỳ báo cáo bằng chữ", "the period in words"),
    "dia_ban": Named("địa bàn của báo cáo", "the place that the report is about"),
    "noi_gui": Named("các nơi kính gửi, viết liền", "the addressees in one line"),
    "tham_quyen": Named("thẩm quyền ký (KT., TL., TM.)", "the authority to sign"),
    "chuc_vu": Named("chức vụ người ký", "the post of the signer"),
    "nguoi_ky": Named("người ký", "the signer"),
}

# {%p for dong in name %}: lines of the frame.
LISTS: dict[str, Named] = {
    "kinh_gui": Named("các nơi kính gửi", "the addressees"),
    "can_cu": Named("các căn cứ", "the bases"),
    "noi_nhan": Named("các dòng nơi nhận", "the lines of recipients"),
}

# {{r name("code") }} of an indicator, {{r ct.name }} of an indicator in a loop.
NUMBERS: dict[str, Named] = {
    "so": Named("mức, có đơn vị", "the level with its unit"),
    "dat": Named("đạt hoặc ước đạt bao nhiêu", "what it came to, or is estimated to"),
    "gia_tri": Named("mức, chỉ con số", "the level, number alone"),
    "tang": Named("tăng, giảm so với cùng kỳ", "growth on the same period"),
    "toc_do": Named("tăng trưởng, chỉ con số", "growth, number alone"),
    "tang_ky_truoc": Named("tăng, giảm so với kỳ trước", "growth on the period before"),
    "ke_hoach": Named("so với kế hoạch", "of the plan"),
    "ty_le": Named("so với kế hoạch, chỉ con số", "of the plan, number alone"),
    "giao": Named("kế hoạch giao", "the target"),
    "ty_trong": Named("tỷ trọng", "the share"),
    "luy_ke": Named("mức lũy kế từ đầu năm", "the level since January"),
    "tang_luy_ke": Named("lũy kế so với cùng kỳ", "growth since January"),
    "cau": Named("cả câu", "the whole sentence"),
}

# {{ ct.name }} of an indicator in a loop.
TEXTS_OF_INDICATOR: dict[str, Named] = {
    "ten": Named("tên chỉ tiêu", "the name of the indicator"),
    "ma": Named("mã chỉ tiêu", "the code of the indicator"),
    "don_vi": Named("đơn vị", "the unit"),
}

# {{p name }} and {{p name("code") }}: paragraphs, tables and charts.
BLOCKS: dict[str, Named] = {
    "noi_dung": Named("toàn bộ nội dung", "the whole body"),
    "phu_luc": Named("các phụ lục", "the appendices"),
}
BLOCKS_OF_SECTION: dict[str, Named] = {
    "phan": Named("một phần của báo cáo", "a section of the report"),
    "bang": Named("các bảng của một phần", "the tables of a section"),
    "bieu_do": Named("các biểu đồ của một phần", "the charts of a section"),
}

# What a loop runs over besides the lists, what a condition asks.
INDICATORS = "chi_tieu"  # chi_tieu("main"), or chi_tieu() for all
PARTS = "phan"  # ct.phan: the parts of an indicator in a loop
HOLDS = "co"  # co("exports"): whether there is a number, or something in a section

EVERY_NAME = frozenset(
    {*TEXTS, *LISTS, *NUMBERS, *BLOCKS, *BLOCKS_OF_SECTION, INDICATORS, HOLDS, "loop"}
)  # fmt: skip
