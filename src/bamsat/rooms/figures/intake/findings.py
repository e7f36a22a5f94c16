# SPDX-License-Identifier: Apache-2.0
"""What a dry run finds, each at its cell: a sentence that says what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class Weight(StrEnum):
    """What a finding means for its row."""

    ERROR = "error"  # the row cannot be written
    CONFLICT = "conflict"  # the ledger has another value: the person chooses
    NOTICE = "notice"  # written, but worth knowing


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: its weight, its name in a list of counts, and its sentence."""

    weight: Weight
    name: str
    says: str


def _error(name: str, says: str) -> Kind:
    return Kind(Weight.ERROR, name, says)


def _notice(name: str, says: str) -> Kind:
    return Kind(Weight.NOTICE, name, says)


KINDS: Mapping[str, Kind] = {
    "indicator": _error(
        gettext_noop("Chưa có chỉ tiêu"),
        gettext_noop("Danh mục không có chỉ tiêu “%(text)s”. Hãy sửa tên, hoặc thêm chỉ tiêu vào danh mục."),
    ),
    "indicator_near": _error(
        gettext_noop("Chưa có chỉ tiêu"),
        gettext_noop("Danh mục không có chỉ tiêu “%(text)s”. Gần nhất là “%(near)s”."),
    ),
    "indicator_many": _error(
        gettext_noop("Tên chỉ tiêu trùng nhau"),
        gettext_noop("“%(text)s” là tên của nhiều chỉ tiêu (%(near)s). Hãy ghi mã chỉ tiêu."),
    ),
    "place": _error(
        gettext_noop("Chưa có địa bàn"),
        gettext_noop("Không tìm thấy địa bàn “%(text)s”, hoặc có nhiều nơi trùng tên. Hãy ghi mã hoặc tên đầy đủ."),
    ),
    "place_near": _error(
        gettext_noop("Chưa có địa bàn"),
        gettext_noop("Không tìm thấy địa bàn “%(text)s”. Gần nhất là “%(near)s”."),
    ),
    "place_missing": _error(
        gettext_noop("Thiếu địa bàn"),
        gettext_noop("Chưa rõ số này của địa bàn nào. Hãy thêm cột Địa bàn hoặc chọn địa bàn mặc định khi nạp."),
    ),
    "ended": _error(
        gettext_noop("Địa bàn đã hết hiệu lực"),
        gettext_noop("%(place)s không còn từ %(day)s, mà kỳ %(period)s kết thúc sau ngày đó. Nay là: %(near)s."),
    ),
    "unborn": _notice(
        gettext_noop("Địa bàn chưa thành lập"),
        gettext_noop("%(place)s có từ %(day)s, sau kỳ %(period)s. Số được ghi như số tính lại theo địa giới mới."),
    ),
    "rights": _error(
        gettext_noop("Ngoài quyền của anh/chị"),
        gettext_noop("Anh/chị không được nạp chỉ tiêu “%(indicator)s” cho %(place)s."),
    ),
    "period": _error(
        gettext_noop("Không hiểu kỳ"),
        gettext_noop("Không hiểu kỳ “%(text)s”. Hãy viết như 2021, 07/2021, quý III/2021 hoặc 6 tháng 2021."),
    ),
    "number": _error(
        gettext_noop("Không đọc được số"),
        gettext_noop("“%(text)s” không phải là số. Hãy viết như 1.234,5 và để đơn vị ở cột Đơn vị."),
    ),
    "number_either": _error(
        gettext_noop("Số đọc được hai cách"),
        gettext_noop("“%(text)s” đọc được hai cách, vì tệp có cả 1.234,5 lẫn 1,234.5. Hãy viết lại một kiểu."),
    ),
    "number_large": _error(
        gettext_noop("Số quá lớn"),
        gettext_noop("“%(text)s” lớn quá sức chứa của sổ. Hãy xem lại đơn vị: có thể đã nhân nghìn hoặc tỷ hai lần."),
    ),
    "bounds": _error(
        gettext_noop("Cận không chứa giá trị"),
        gettext_noop("Giá trị “%(text)s” nằm ngoài cận dưới và cận trên đã ghi."),
    ),
    "unit": _error(
        gettext_noop("Không hiểu đơn vị"),
        gettext_noop("Không hiểu đơn vị “%(text)s”. Chỉ tiêu này tính bằng %(near)s."),
    ),
    "unit_missing": _error(
        gettext_noop("Thiếu đơn vị"),
        gettext_noop("Chưa ghi đơn vị: %(near)s hay đơn vị khác? Hãy thêm cột Đơn vị."),
    ),
    "unit_family": _error(
        gettext_noop("Sai loại đơn vị"),
        gettext_noop("“%(indicator)s” tính bằng %(near)s, không phải “%(text)s”."),
    ),
    "unit_other": _notice(
        gettext_noop("Đơn vị khác danh mục"),
        gettext_noop("“%(indicator)s” trong danh mục tính bằng %(near)s, tệp ghi “%(text)s”: thành một chuỗi riêng."),
    ),
    "price_basis": _error(
        gettext_noop("Lẫn loại giá"),
        gettext_noop("“%(indicator)s” tính theo %(near)s, dòng này ghi “%(text)s”."),
    ),
    "price_mixed": _notice(
        gettext_noop("Lẫn loại giá"),
        gettext_noop("“%(indicator)s” có dòng ghi loại giá (%(near)s), có dòng không ghi: thành các chuỗi riêng."),
    ),
    "word": _error(
        gettext_noop("Không hiểu từ"),
        gettext_noop("Không hiểu “%(text)s”. Dùng được: %(near)s."),
    ),
    "code": _error(
        gettext_noop("Chưa có mã phân tổ"),
        gettext_noop("Danh mục “%(list)s” không có mã hoặc tên “%(text)s”. Gần nhất: %(near)s."),
    ),
    "twice": _error(
        gettext_noop("Hai dòng, hai giá trị"),
        gettext_noop("Đã có giá trị khác cho cùng chỉ tiêu, địa bàn và kỳ ở %(first)s: “%(near)s”, ở đây “%(text)s”."),
    ),
    "again": _notice(
        gettext_noop("Dòng lặp lại"),
        gettext_noop("Lặp lại %(first)s, cùng giá trị; chỉ ghi một lần."),
    ),
    "conflict": Kind(
        Weight.CONFLICT,
        gettext_noop("Sổ có số khác"),
        gettext_noop("Sổ đang có %(near)s, tệp ghi %(text)s."),
    ),
    "rounded": _notice(
        gettext_noop("Số được làm tròn"),
        gettext_noop("“%(text)s” có nhiều chữ số thập phân hơn sổ giữ (%(places)s); được làm tròn."),
    ),
    "sheet": _error(
        gettext_noop("Không hiểu trang tính"),
        gettext_noop("Trang tính “%(text)s” không có bảng số liệu hiểu được: cần cột chỉ tiêu và các cột kỳ."),
    ),
    "column": _notice(
        gettext_noop("Cột không nạp"),
        gettext_noop("Cột “%(text)s” không nạp: tỷ lệ so sánh được tính lại từ số liệu."),
    ),
    "column_twice": _error(
        gettext_noop("Hai cột, một kỳ"),
        gettext_noop("Cột “%(text)s” cùng kỳ và loại với một cột trước nên không nạp. Hãy ghi rõ kỳ ở đầu cột."),
    ),
    "damaged": _error(
        gettext_noop("Dòng hỏng"),
        gettext_noop("Không đọc được từ đây: %(text)s."),
    ),
    "moved": _error(
        gettext_noop("Sổ đổi sau khi xem thử"),
        gettext_noop("Sổ có số mới (%(near)s) ghi sau khi xem thử; dòng này được để lại."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding at a cell; `said` fills the sentence."""

    kind: str
    cell: str
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        return KINDS[self.kind].weight

    def as_json(self) -> list[Any]:
        """As JSON holds it; PostgreSQL keeps no NUL."""
        return [self.kind, self.cell, {name: str(value).replace("\0", " ") for name, value in self.said.items()}]


def sentence(kind: str, said: Mapping[str, Any]) -> str:
    """The finding in the language of the page."""
    blanks: dict[str, Any] = dict.fromkeys(
        ("text", "near", "place", "day", "period", "indicator", "first", "list", "places"), ""
    )
    return _(KINDS[kind].says) % (blanks | dict(said))


def name_of(kind: str) -> str:
    return _(KINDS[kind].name)
