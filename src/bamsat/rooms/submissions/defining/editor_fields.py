# SPDX-License-Identifier: Apache-2.0
"""The fields in which a definition is edited on a page: of a column, a row, a rule; what each is called and takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.catalogue.models import PriceBasis
from bamsat.rooms.figures.models import Measure

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]

FREQUENCIES: Choices = (
    ("month", _("tháng")), ("quarter", _("quý")), ("half", _("6 tháng")), ("nine_months", _("9 tháng")),
    ("year", _("năm")),
)  # fmt: skip
RELATIONS: Choices = (
    ("this", _("kỳ báo cáo")), ("previous", _("kỳ trước")), ("year_ago", _("cùng kỳ năm trước")),
    ("to_date", _("lũy kế từ đầu năm")), ("to_date_previous", _("lũy kế đến kỳ trước")),
    ("to_date_year_ago", _("lũy kế cùng kỳ năm trước")), ("year", _("cả năm")), ("year_before", _("cả năm trước")),
)  # fmt: skip
FILLS: Choices = (
    ("typed", _("nơi gửi nhập")), ("known", _("lấy từ sổ")), ("known_or_typed", _("lấy từ sổ, sửa được")),
    ("computed", _("máy tính")),
)  # fmt: skip
KINDS: Choices = (
    ("actual", _("thực hiện")), ("estimate", _("ước")), ("plan", _("kế hoạch")), ("forecast", _("dự báo")),
)  # fmt: skip
TYPES: Choices = (
    ("number", _("số")), ("text", _("chữ")), ("date", _("ngày")), ("yes_no", _("có, không")), ("choice", _("chọn")),
)  # fmt: skip
SEVERITIES: Choices = (("error", _("phải sửa")), ("doubt", _("hỏi lại, được giải thích")))
MEASURES: Choices = tuple((each.value, each.label) for each in Measure)
PRICES: Choices = (("", _("theo chỉ tiêu")), *((each.value, each.label) for each in PriceBasis))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said of a column, row or rule; `kind` is how it is typed.

    text, number, choice, flag; names (codes with spaces between), list (words with ; between), pairs (a=b; c=d),
    indicator; vi and en are the two languages of a name. One that is `usual` is not written.
    """

    name: str
    label: Words
    kind: str = "text"
    choices: Choices = ()
    usual: Any = ""
    of: str = ""  # of vi and en: the name that they are a part of
    wide: bool = False


CODE = Field("code", _("Mã"))
NAME = Field("name_vi", _("Tên"), "vi", of="name", wide=True)
NAME_EN = Field("name_en", _("Tên tiếng Anh"), "en", of="name", wide=True)
FORMULA = Field("formula", _("Công thức"), wide=True)
UNIT = Field("unit", _("Đơn vị tính"))
DECIMALS = Field("decimals", _("Số chữ số thập phân"), "number")
INDICATOR = Field("indicator", _("Chỉ tiêu"), "indicator", wide=True)
SEGMENT = Field("segment", _("Phân tổ"), "pairs", wide=True)
NUMBER = Field("number", _("Số thứ tự"))

# By part: fields that always stand in the table, and those of what is opened.
MAIN: dict[str, tuple[Field, ...]] = {
    "column": (CODE, NAME, Field("fill", _("Cách có số"), "choice", FILLS, "typed"),
               Field("period", _("Của kỳ nào"), "choice", RELATIONS, "this"), FORMULA, UNIT),
    "row": (NUMBER, CODE, NAME, INDICATOR, UNIT, FORMULA),
    "rule": (CODE, Field("says", _("Phải đúng"), wide=True), Field("severity", _("Nếu không"), "choice", SEVERITIES,
             "error"), Field("message_vi", _("Lời nhắc"), "vi", of="message", wide=True)),
}  # fmt: skip
MORE: dict[str, tuple[Field, ...]] = {
    "column": (
        NAME_EN, Field("group_vi", _("Đầu cột chung"), "vi", of="group", wide=True),
        Field("group_en", _("Đầu cột chung, tiếng Anh"), "en", of="group", wide=True),
        Field("kind", _("Loại giá trị"), "choice", KINDS, "actual"),
        Field("type", _("Nhận"), "choice", TYPES, "number"),
        DECIMALS, SEGMENT, INDICATOR, Field("base", _("So với kỳ"), "choice", (("", "–"), *RELATIONS)),
        Field("number", _("Số của cột")), Field("codelist", _("Danh mục để chọn")),
        Field("choices", _("Các lựa chọn"), "list", wide=True),
        Field("record", _("Ghi vào sổ khi duyệt"), "flag", usual=True),
        Field("hidden", _("Không hiện, chỉ để tính"), "flag", usual=False),
    ),
    "row": (
        NAME_EN, Field("heading", _("Là đề mục, không có ô"), "flag", usual=False), SEGMENT,
        Field("pick", _("Nơi gửi tự thêm dòng theo danh mục"), "names"),
        Field("measure", _("Loại số"), "choice", MEASURES, "level"),
        Field("price_basis", _("Giá"), "choice", PRICES), Field("provider", _("Nguồn số liệu")), DECIMALS,
        Field("columns", _("Chỉ có ở các cột"), "names", wide=True),
        Field("typed", _("Được nhập ở các cột"), "names", wide=True),
        Field("optional", _("Được để trống"), "flag", usual=False),
    ),
    "rule": (
        Field("message_en", _("Lời nhắc tiếng Anh"), "en", of="message", wide=True),
        Field("columns", _("Chỉ xét ở các cột"), "names", wide=True),
        Field("rows", _("Chỉ xét ở các dòng"), "names", wide=True),
    ),
}  # fmt: skip
PARTS = ("column", "row", "rule")
LISTS = {"column": "columns", "row": "rows", "rule": "rules"}
