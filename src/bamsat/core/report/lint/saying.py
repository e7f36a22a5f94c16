# SPDX-License-Identifier: Apache-2.0
"""Remarks in words, Vietnamese and English: what the document says, what the ledger says, what to do."""

from __future__ import annotations

from decimal import Decimal

from bamsat.core.report.lint.ground import Computed
from bamsat.core.report.lint.model import Kind, KnownFigure, Remark, Severity
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import unit_name

_LARGE = {
    "VND": ((10**9, "tỷ đồng", "billion đồng"), (10**6, "triệu đồng", "million đồng")),
    "USD": ((10**6, "triệu USD", "million USD"),),
    "kWh": ((10**6, "triệu kWh", "million kWh"),),
}
_PERCENT = {"%": ("%", "%"), "%/year": ("%/năm", "% a year")}
_STATUS = {
    "actual": ("thực hiện", "actual"), "estimate": ("ước", "estimate"), "target": ("kế hoạch", "plan"),
    "forecast": ("dự báo", "forecast"),
}  # fmt: skip


def amount(value: Decimal, unit: str) -> tuple[str, str]:
    """
    >>> amount(Decimal(5_300_000_000_000), "VND"), amount(Decimal("-3.20"), "%")
    (('5.300 tỷ đồng', '5.300 billion đồng'), ('−3,2%', '−3,2%'))
    """
    for scale, vi, en in _LARGE.get(unit, ()):
        if abs(value) >= scale:
            said = format_number(_plain(value / scale))
            return f"{said} {vi}", f"{said} {en}"
    said = format_number(_plain(value))
    if unit in _PERCENT:
        return f"{said}{_PERCENT[unit][0]}", f"{said}{_PERCENT[unit][1]}"
    if unit == "point":
        return f"{said} điểm phần trăm", f"{said} percentage points"
    return f"{said} {unit_name(unit)}".strip(), f"{said} {unit_name(unit, 'en')}".strip()


def _plain(value: Decimal) -> Decimal:
    """Without the digits that only a division left, and without closing zeros."""
    value = round(value, 4).normalize()
    return value if value != value.to_integral_value() else value.quantize(Decimal(1))


def _sure(now: Computed, figure: Figure) -> Decimal:
    """A computed percent to the hundredth, as reports have it."""
    return round(now.number.value, 2) if figure.unit in _PERCENT or figure.unit == "point" else now.number.value


def value_of(one: KnownFigure) -> tuple[str, str]:
    vi, en = amount(one.value, one.unit)
    return (f"{vi} trên {_plain(one.of)}", f"{en} of {_plain(one.of)}") if one.of is not None else (vi, en)


def when(period: Period | None) -> tuple[str, str]:
    return (f"kỳ {period.code}", f"period {period.code}") if period else ("không rõ kỳ", "no period")


def _remark(kind: Kind, severity: Severity, figure: Figure, vi: str, en: str, one: KnownFigure | None = None) -> Remark:
    return Remark(
        kind, severity, figure.start, figure.end, figure.at, figure.number, vi, en,
        one.entry if one else "", one.replaced_by.strip("-") if one else "",
    )  # fmt: skip


def stale(figure: Figure, old: KnownFigure, now: KnownFigure | None) -> Remark:
    on = old.replaced_on
    day_vi, day_en = (f" từ ngày {on:%d/%m/%Y}", f" since {on:%d/%m/%Y}") if on else ("", "")
    if now is None:
        return _remark(
            "stale", "error", figure,
            f"“{figure.number}” là số đã rút khỏi sổ{day_vi}. Hãy bỏ số này hoặc hỏi lại nơi báo số.",
            f"“{figure.number}” was withdrawn from the ledger{day_en}. Leave it out or ask who reported it.", old,
        )  # fmt: skip
    vi, en = value_of(now)
    return _remark(
        "stale", "error", figure,
        f"“{figure.number}” là số cũ; sổ đã thay bằng {vi}{day_vi}. Hãy sửa thành {vi}.",
        f"“{figure.number}” is an old value; the ledger has {en} in its place{day_en}. Change it to {en}.", old,
    )  # fmt: skip


def stale_basis(figure: Figure, was: Computed, now: Computed | None) -> Remark:
    if now is None:
        return _remark(
            "stale", "error", figure,
            f"“{figure.number}” tính từ số cũ, nay sổ không còn dùng. Hãy tính lại hoặc bỏ số này.",
            f"“{figure.number}” follows from a value that no longer stands. Compute it again or leave it out.",
        )  # fmt: skip
    vi, en = amount(_sure(now, figure), figure.unit)
    return _remark(
        "stale", "error", figure,
        f"“{figure.number}” tính từ số cũ; tính lại từ số đang dùng được {vi}. Hãy sửa lại.",
        f"“{figure.number}” follows from an old value; from those that stand now it is {en}. Correct it.",
    )  # fmt: skip


def wrong_unit(figure: Figure, value: Decimal, unit: str, one: KnownFigure | None) -> Remark:
    vi, en = amount(value, unit)
    return _remark(
        "wrong_unit", "error", figure,
        f"“{figure.number}” sai đơn vị hoặc sai dấu phân cách: sổ ghi {vi}. Hãy sửa thành {vi}.",
        f"“{figure.number}” has a wrong unit or separator: the ledger says {en}. Change it to {en}.", one,
    )  # fmt: skip


def wrong_direction(figure: Figure, value: Decimal, unit: str, one: KnownFigure | None) -> Remark:
    vi, en = amount(value, unit)
    rose = value > (100 if figure.measure in ("plan_ratio", "index") else 0)
    word_vi, word_en = ("tăng", "rose") if rose else ("giảm", "fell")
    return _remark(
        "wrong_direction", "error", figure,
        f"“{figure.number}” viết ngược chiều: theo sổ là {vi}, tức là {word_vi}. Hãy đổi từ chỉ chiều.",
        f"“{figure.number}” says the wrong direction: by the ledger it is {en}, so it {word_en}. Change the word.", one,
    )  # fmt: skip


def wrong_period(figure: Figure, one: KnownFigure, severity: Severity = "question") -> Remark:
    said, held = when(Period.parse(figure.period) if figure.period else None), when(one.period)
    about_vi = about_en = ""
    if one.period.code == figure.period and one.base is not None:
        said = (f"so với {figure.base or 'kỳ không rõ'}", f"against {figure.base or 'nothing'}")
        held = (f"so với {one.base.code}", f"against {one.base.code}")
    elif one.status != figure.status:
        about_vi, about_en = f" ({_STATUS[one.status][0]})", f" ({_STATUS[one.status][1]})"
    return _remark(
        "wrong_period",
        severity,
        figure,
        f"“{figure.number}” viết cho {said[0]}, nhưng trong sổ là số của {held[0]}{about_vi}. Hãy xem lại kỳ.",
        f"“{figure.number}” is told of {said[1]}, but in the ledger it is of {held[1]}{about_en}. Look at the period.",
        one,
    )


def wrong_indicator(figure: Figure, one: KnownFigure) -> Remark:
    name = one.names[0] if one.names else one.indicator
    name = f"{name}, {one.segment_names[0] if one.segment_names else one.segment}" if one.segment else name
    return _remark(
        "wrong_indicator", "question", figure,
        f"“{figure.number}” trong sổ là của “{name}”, còn ở đây đọc là “{figure.label}”. Hãy xem lại tên chỉ tiêu.",
        f"“{figure.number}” is “{name}” in the ledger and “{figure.label}” here. Look at the name.", one,
    )  # fmt: skip


def contradicts(figure: Figure, one: KnownFigure) -> Remark:
    vi, en = value_of(one)
    return _remark(
        "contradicts", "error", figure,
        f"“{figure.number}” khác sổ: sổ ghi {vi}. Hãy sửa lại, hoặc thay số trong sổ rồi soạn lại báo cáo.",
        f"“{figure.number}” differs from the ledger, which says {en}. Correct it, or replace the entry and write the "
        "report again.", one,
    )  # fmt: skip


def computes_else(figure: Figure, now: Computed, severity: Severity) -> Remark:
    vi, en = amount(_sure(now, figure), figure.unit)
    return _remark(
        "contradicts", severity, figure,
        f"“{figure.number}” không khớp với số tính từ sổ: {vi}. Hãy tính lại.",
        f"“{figure.number}” differs from what follows from the ledger: {en}. Compute it again.",
    )  # fmt: skip


def untraceable(figure: Figure, severity: Severity) -> Remark:
    return _remark(
        "untraceable", severity, figure,
        f"“{figure.number}” không có trong sổ và không tính được từ sổ. Hãy nhận số này vào sổ kèm nguồn, hoặc bỏ đi.",
        f"“{figure.number}” is not in the ledger and does not follow from it. Accept it with its source, or leave it "
        "out.",
    )  # fmt: skip


def rounded(figure: Figure, one: KnownFigure) -> Remark:
    vi, en = value_of(one)
    return _remark(
        "rounded", "information", figure,
        f"“{figure.number}” làm tròn từ {vi}. Nên ghi như nguồn.",
        f"“{figure.number}” is rounded from {en}. The source's digits are better.", one,
    )  # fmt: skip


def unread(start: int, end: int, at: str, words: str, one: KnownFigure | None) -> Remark:
    said = value_of(one) if one else ("", "")
    held = (f" Sổ ghi {said[0]}.", f" The ledger says {said[1]}.") if one else ("", "")
    return Remark(
        "unread", "question", start, end, at, words,
        f"Chỗ này vốn là số của sổ nhưng nay không đọc ra số liệu: “{words}”.{held[0]} Hãy xem lại câu.",
        f"This was a number of the ledger and can no longer be read as one: “{words}”.{held[1]} Look at the sentence.",
        one.entry if one else "",
    )  # fmt: skip


def miscounted(start: int, end: int, at: str, words: str, now: str) -> Remark:
    return Remark(
        "contradicts", "error", start, end, at, words,
        f"“{words}” khác số đếm được trong sổ nhiệm vụ: {now}. Hãy sửa lại, hoặc soạn lại báo cáo.",
        f"“{words}” differs from what the book of tasks counts: {now}. Correct it, or write the report again.",
    )  # fmt: skip
