# SPDX-License-Identifier: Apache-2.0
"""What must hold between the cells of a row, table by table; each complaint names the column and the way to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from bamsat.core.ledger.identities import IdentityUnreadable, parse
from bamsat.rooms.catalogue.families import FAMILIES
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.catalogue.tables import Table
from bamsat.ui import words

Complaint = tuple[str, str]  # column, sentence
Find = Callable[[str, str], Any]
_PLAIN_CODE = re.compile(r"[a-z][a-z0-9_]*")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DEEPEST = 20


def complaints(table: Table, row: Any, find: Find) -> list[Complaint]:
    """Everything that is wrong with the row as a whole."""
    found = list(_ends_after_it_starts(row))
    if table.code in _RULES:
        found += _RULES[table.code](row, find)
    return found


def _ends_after_it_starts(row: Any) -> Iterator[Complaint]:
    start, end = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    if start and end and end <= start:
        yield "valid_to", _("Ngày hết dùng phải sau ngày bắt đầu dùng.")


def _indicator(row: Any, find: Find) -> Iterator[Complaint]:
    family, colon, subject = row.code.partition(":")
    climbs = {".", ".."} & set(row.code.split("/"))  # the code stands in addresses, which browsers shorten
    if climbs or not (_PLAIN_CODE.fullmatch(row.code) or (colon and family in FAMILIES and subject.strip())):
        yield (
            "code",
            _("Mã viết bằng chữ thường không dấu, như “cluster_area”, hoặc nhóm và tên, như “product:xi măng”."),
        )
    if row.display_scale < 1:
        yield "display_scale", _("Hãy ghi số từ 1 trở lên: tỷ đồng là 1.000.000.000 đồng.")
    if row.base_year and not _FIRST_YEAR <= row.base_year <= _LAST_YEAR:
        yield "base_year", _("Năm gốc viết bốn chữ số, như 2015.")
    yield from _how_it_adds_up(row)


def _how_it_adds_up(row: Any) -> Iterator[Complaint]:
    if bool(row.numerator) != bool(row.denominator):
        lacking = "denominator" if row.numerator else "numerator"
        yield lacking, _("Tỷ lệ cần cả tử số và mẫu số, hoặc để trống cả hai.")
    elif row.numerator and row.adds_up != AddsUp.RATIO:
        yield "adds_up", _("Có tử số, mẫu số thì cách cộng phải là tỷ lệ.")
    elif row.numerator and row.code in (row.numerator.code, row.denominator.code):
        yield "numerator", _("Chỉ tiêu không thể là tử số, mẫu số của chính nó.")
    if row.weight and row.adds_up != AddsUp.INDEX:
        yield "weight", _("Quyền số chỉ dùng cho chỉ số.")
    elif row.weight and row.weight.adds_up not in (AddsUp.FLOW, AddsUp.STOCK):
        yield "weight", _("Quyền số phải là chỉ tiêu cộng được.")


def _list(row: Any, find: Find) -> Iterator[Complaint]:
    if "/" in row.version:
        yield "version", _("Phiên bản không có dấu gạch chéo.")


def _code(row: Any, find: Find) -> Iterator[Complaint]:
    if set(row.code) & set("/|:;"):
        yield "code", _("Mã không có các dấu / | : ;")
    above, steps = row.parent, 0
    while above is not None and steps < _DEEPEST:
        if above.code == row.code:
            yield "parent", _("Mã không thể nằm dưới chính nó.")
            return
        above, steps = above.parent, steps + 1


def _identity(row: Any, find: Find) -> Iterator[Complaint]:
    try:
        codes = parse(row.expression).codes
    except IdentityUnreadable as error:
        yield "expression", words.told(error)
        return
    for code in codes:
        if find("indicators", code) is None:
            yield "expression", _("Chưa có chỉ tiêu “%(code)s” trong danh mục.") % {"code": code}


def _day(row: Any, find: Find) -> Iterator[Complaint]:
    if not _FIRST_YEAR <= row.day.year <= _LAST_YEAR:
        yield "day", _("Năm phải từ %(first)s đến %(last)s.") % {"first": _FIRST_YEAR, "last": _LAST_YEAR}


_RULES: dict[str, Callable[[Any, Find], Iterator[Complaint]]] = {
    "indicators": _indicator, "lists": _list, "codes": _code, "identities": _identity,
    "days": _day,
}  # fmt: skip
