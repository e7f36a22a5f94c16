# SPDX-License-Identifier: Apache-2.0
"""From the text of a cell, typed on a page or standing in a file, to a value; or to a sentence on how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import SlugField
from django.utils.translation import gettext as _

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.tables import Field, Kind, Table

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?")
_WHOLE = re.compile(r"-?\d{1,18}(?:\.0)?")
_SLUG = re.compile(r"[A-Za-z0-9_-]+")
_MOST = {"PositiveSmallIntegerField": 32_767, "BigIntegerField": 10**18}
Find = Callable[[str, str], Any]  # table code, key -> the row, or None


class CellWrong(Exception):
    """A cell that cannot be taken; says how to mend it."""


def value_of(table: Table, field: Field, text: str, find: Find) -> Any:
    """The value that the text stands for."""
    text = text.strip()
    if field.kind in (Kind.WORDS, Kind.LISTS):
        return _several(field, text, find)
    if not text:
        return _nothing(table, field)
    if field.kind is Kind.NUMBER:
        return _whole(text)
    if field.kind is Kind.DATE:
        return _date(text)
    if field.kind is Kind.CHOICE:
        return _choice(table, field, text)
    if field.kind is Kind.REFERENCE:
        return _reference(field, text, find)
    return text if field.kind is Kind.LONG else " ".join(text.split())


def within_limits(table: Table, field: Field, value: Any, row: Any) -> None:
    """What the model allows: lengths, ranges, the letters of a code."""
    if field.kind in (Kind.REFERENCE, Kind.WORDS, Kind.LISTS) or value is None:
        return
    if isinstance(value, str) and "\0" in value:
        raise CellWrong(_("Ô có ký tự không ghi được. Hãy gõ lại."))
    model = table.column(field)
    longest = getattr(model, "max_length", None)
    if longest and isinstance(value, str) and len(value) > longest:
        raise CellWrong(_("Dài quá %(most)s ký tự. Hãy viết gọn lại.") % {"most": longest})
    if isinstance(model, SlugField) and not _SLUG.fullmatch(value):
        raise CellWrong(_("Mã chỉ gồm chữ không dấu, chữ số, gạch nối và gạch dưới, như “customs_office”."))
    if field.kind is Kind.NUMBER and not 0 <= value <= _most(model):
        raise CellWrong(_("Số phải từ 0 đến %(most)s.") % {"most": format_number(Decimal(_most(model)))})


def _most(column: Any) -> int:
    name = column.get_internal_type()
    return _MOST.get(name, 2_147_483_647)


def _nothing(table: Table, field: Field) -> Any:
    column = table.column(field)
    if column.null:
        return None
    if field.kind is Kind.NUMBER or (field.kind is Kind.CHOICE and not column.blank):
        return column.get_default()
    if not column.blank:
        raise CellWrong(_("Ô này không được để trống."))
    return ""


def _several(field: Field, text: str, find: Find) -> list[str]:
    found = list(dict.fromkeys(" ".join(piece.split()) for piece in text.split(";") if piece.strip()))
    unknown = [code for code in found if field.kind is Kind.LISTS and find("list codes", code) is None]
    if unknown:
        raise CellWrong(_("Chưa có danh mục mã “%(code)s”. Hãy thêm danh mục ấy trước.") % {"code": unknown[0]})
    return found


def _whole(text: str) -> int:
    # 1.000.000 as people type it; 15.0 as workbooks give a whole number.
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
    if not _WHOLE.fullmatch(plain):
        raise CellWrong(_("“%(text)s” không phải số nguyên. Hãy viết như 1.000.000.") % {"text": text})
    return int(plain.removesuffix(".0"))


def _date(text: str) -> date:
    typed, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    try:
        if typed:
            return date(int(typed[3]), int(typed[2]), int(typed[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise CellWrong(_("“%(text)s” không phải ngày. Hãy viết như 31/07/2025.") % {"text": text})


def _choice(table: Table, field: Field, text: str) -> Any:
    choices = [(code, str(name)) for code, name in table.column(field).choices]
    for code, name in choices:
        if text == str(code) or fold(text) == fold(name):
            return code
    offered = ", ".join(f"{code} ({name})" for code, name in choices)
    raise CellWrong(_("Không có lựa chọn “%(text)s”. Hãy ghi một trong: %(offered)s.") % {
        "text": text, "offered": offered,
    })  # fmt: skip


def _reference(field: Field, text: str, find: Find) -> Any:
    found = find(field.to, text)
    if found is None:
        raise CellWrong(_("Chưa có “%(key)s” trong danh mục. Hãy thêm dòng ấy trước, hoặc sửa mã.") % {"key": text})
    return found
