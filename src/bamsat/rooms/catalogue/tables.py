# SPDX-License-Identifier: Apache-2.0
"""Each table of the catalogue, described once: its pages, its forms, its files and its loading all follow from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.catalogue.models import (
    Code,
    CodeList,
    DayOff,
    Identity,
    Indicator,
    IndicatorName,
    IndicatorSet,
    Provider,
    SetMember,
    Unit,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    REFERENCE = "reference"  # the key of a row of another table
    WORDS = "words"  # several texts, parted by semicolons
    LISTS = "lists"  # codes of code lists, parted by semicolons


@dataclass(frozen=True, slots=True)
class Field:
    """A column: the attribute of the model, which is also the column's head in files."""

    code: str
    kind: Kind = Kind.TEXT
    key: bool = False  # part of what tells one row from another; never changed
    shown: bool = False  # a column of the list on the page
    fixed: bool = False  # chosen once: figures that are already kept depend on it
    to: str = ""  # the table that a reference leads to
    within: str = ""  # the reference is written without this part of its key, which the row shares
    hint: StrPromise | str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: code in files, slug in addresses, model, names, columns in the order of forms and files."""

    code: str
    slug: str
    model: type[models.Model]
    name: StrPromise
    one: StrPromise
    about: StrPromise
    fields: tuple[Field, ...]
    filters: tuple[str, ...] = ()
    owner: str = ""  # the column that leads to the row on whose page this table's rows stand
    parts: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.key)

    @property
    def kind_of_object(self) -> str:
        """What the trail calls a row: "catalogue.indicator"."""
        return self.model._meta.label_lower

    def field(self, code: str) -> Field:
        return next(field for field in self.fields if field.code == code)

    def column(self, field: Field) -> Any:
        """The model's own field: its label, its limits, its choices."""
        return self.model._meta.get_field(field.code)

    def label(self, field: Field) -> str:
        name = str(self.column(field).verbose_name)
        return name[:1].upper() + name[1:]

    def rows(self) -> models.QuerySet[Any]:
        """Every row, with what its cells need, in the order of the model."""
        related = [field.code for field in self.fields if field.kind is Kind.REFERENCE]
        deeper = [f"{field.code}__codelist" for field in self.fields if field.to == "codes"]
        return self.model._default_manager.select_related(*related, *deeper)


_CODE = Field("code", key=True, shown=True)
_VI = Field("name_vi", shown=True)
_EN = Field("name_en", shown=True)
_ORDER = Field("order", Kind.NUMBER)
_FROM = Field("valid_from", Kind.DATE)
_TO = Field("valid_to", Kind.DATE)

PROVIDERS = Table(
    "providers", "nguon", Provider, _("Nguồn số liệu"), _("nguồn số liệu"),
    _("Ai đưa ra số; số của nhiều nguồn đứng cạnh nhau."),
    (_CODE, _VI, _EN, Field("order", Kind.NUMBER, shown=True), _TO),
)  # fmt: skip
UNITS = Table(
    "units", "don-vi", Unit, _("Đơn vị tính"), _("đơn vị tính"), _("Đơn vị đo và số chữ số thập phân mà sổ giữ."),
    (_CODE, _VI, _EN, Field("scale", Kind.NUMBER, shown=True, fixed=True), _TO),
)  # fmt: skip
LISTS = Table(
    "lists", "danh-muc-ma", CodeList, _("Danh mục mã"), _("danh mục mã"),
    _("Ngành, nhóm hàng, nước, khu vực kinh tế: những cách phân tổ, mỗi phiên bản có ngày hiệu lực."),
    (_CODE, _VI, _EN, Field("version", key=True, shown=True), Field("valid_from", Kind.DATE, shown=True),
     Field("valid_to", Kind.DATE, shown=True),
     Field("act", shown=True)),
    parts=("codes",),
)  # fmt: skip
CODES = Table(
    "codes", "ma", Code, _("Mã"), _("mã"), _("Từng mã của các danh mục."),
    (Field("codelist", Kind.REFERENCE, key=True, to="lists"), _CODE, _VI, _EN,
     Field("parent", Kind.REFERENCE, to="codes", within="codelist", shown=True),
     Field("other_names", Kind.WORDS, hint=_("Cách gọi khác trong báo cáo, cách nhau bằng dấu chấm phẩy.")),
     Field("unit"), _ORDER, _FROM, _TO),
    filters=("codelist",), owner="codelist",
)  # fmt: skip
INDICATORS = Table(
    "indicators", "chi-tieu", Indicator, _("Chỉ tiêu"), _("chỉ tiêu"),
    _("Cái được đo: tên, đơn vị, cách cộng, loại giá, phân tổ, khái niệm và nguồn."),
    (_CODE, _VI, Field("name_en"), Field("unit", shown=True),
     Field("display_unit", hint=_("Như “tỷ đồng”; để trống nếu hiển thị bằng đơn vị gốc.")),
     Field("display_scale", Kind.NUMBER),
     Field("adds_up", Kind.CHOICE, shown=True), Field("good", Kind.CHOICE), Field("price_basis", Kind.CHOICE),
     Field("base_year", Kind.NUMBER), Field("weight", Kind.REFERENCE, to="indicators"),
     Field("numerator", Kind.REFERENCE, to="indicators"), Field("denominator", Kind.REFERENCE, to="indicators"),
     Field("dimensions", Kind.LISTS, hint=_("Mã của các danh mục, cách nhau bằng dấu chấm phẩy.")),
     Field("concept", Kind.LONG), Field("method", Kind.LONG), Field("publication"), Field("source"),
     Field("responsible"), Field("higher_code"), _ORDER, _FROM, _TO),
    filters=("adds_up", "price_basis", "good"), parts=("names",),
)  # fmt: skip
NAMES = Table(
    "names", "ten-goi", IndicatorName, _("Tên gọi khác của chỉ tiêu"), _("tên gọi khác"),
    _("Những cách báo cáo gọi một chỉ tiêu."),
    (Field("indicator", Kind.REFERENCE, key=True, to="indicators", shown=True), Field("text", key=True, shown=True)),
    owner="indicator",
)  # fmt: skip
SETS = Table(
    "sets", "bo-chi-tieu", IndicatorSet, _("Bộ chỉ tiêu"), _("bộ chỉ tiêu"),
    _("Chỉ tiêu của từng lĩnh vực, nơi phụ trách và nguồn ưu tiên."),
    (_CODE, _VI, _EN, _ORDER, Field("provider", Kind.REFERENCE, to="providers", shown=True), _TO),
    parts=("members",),
)  # fmt: skip
MEMBERS = Table(
    "members", "chi-tieu-cua-bo", SetMember, _("Chỉ tiêu của bộ"), _("chỉ tiêu của bộ"),
    _("Bộ nào gồm chỉ tiêu nào."),
    (Field("set", Kind.REFERENCE, key=True, to="sets", shown=True),
     Field("indicator", Kind.REFERENCE, key=True, to="indicators", shown=True), _ORDER),
    owner="set",
)  # fmt: skip
IDENTITIES = Table(
    "identities", "dang-thuc", Identity, _("Đẳng thức"), _("đẳng thức"),
    _("Phép tính mà các chỉ tiêu của một nơi, một kỳ phải giữ."),
    (Field("expression", key=True, shown=True, hint=_("Như: trade_balance = exports - imports")),
     Field("note_vi", Kind.LONG, shown=True), Field("note_en", Kind.LONG), _TO),
)  # fmt: skip
DAYS = Table(
    "days", "lich-lam-viec", DayOff, _("Lịch làm việc"), _("ngày nghỉ, làm bù"),
    _("Ngày nghỉ, ngày làm bù do cấp trên quyết định hằng năm; hạn gửi báo cáo đếm theo lịch này."),
    (Field("day", Kind.DATE, key=True, shown=True),
     Field("name_vi", shown=True, hint=_("Như “Nghỉ hoán đổi dịp 30/4”.")), Field("name_en"),
     Field("working", Kind.CHOICE, shown=True,
           hint=_("Ngày nghỉ ghi nhầm thì đổi thành làm việc; thứ Bảy làm bù ghi là làm việc.")),
     Field("act", shown=True, hint=_("Như 12729/VPCP-KGVX ngày 25/12/2025"))),
    filters=("working",),
)  # fmt: skip

# A table comes after those that its rows refer to.
TABLES = (PROVIDERS, UNITS, LISTS, CODES, INDICATORS, NAMES, SETS, MEMBERS, IDENTITIES, DAYS)
BY_CODE = {table.code: table for table in TABLES}
BY_SLUG = {table.slug: table for table in TABLES}
# In the order in which people look for them; the others are parts of these.
ON_THE_FIRST_PAGE = (INDICATORS, SETS, LISTS, PROVIDERS, UNITS, IDENTITIES, DAYS)


def written(field: Field, row: Any) -> str:
    """A cell as files have it: dates 2021-07-31, references by key, several things parted by semicolons."""
    value = getattr(row, field.code)
    if value is None:
        return ""
    if field.kind is Kind.REFERENCE:
        return str(value.code) if field.within else key_of(BY_CODE[field.to], value)
    if field.kind in (Kind.WORDS, Kind.LISTS):
        return "; ".join(value)
    return value.isoformat() if field.kind is Kind.DATE else str(value)


def key_of(table: Table, row: Any) -> str:
    """What names a row in addresses and in files: "exports", "industry/2018/C10"."""
    return "/".join(written(field, row) for field in table.keys)
