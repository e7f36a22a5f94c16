# SPDX-License-Identifier: Apache-2.0
"""What a definition names outside itself: indicators, codes, units, providers, kinds of place, roles; is each known?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bamsat.core.act.deadlines import DeadlineRule
from bamsat.core.forms.definition import Column, Definition, Row, Trouble
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.unit import read_unit
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, PriceBasis, Provider, Unit
from bamsat.rooms.figures.models import Measure
from bamsat.rooms.places.models import PlaceKind, Role

FORM = "biểu"


def unknown_names(definition: Definition) -> list[Trouble]:
    """Everything that a definition names and nobody knows, each where it stands; none: it can be put in use."""
    return [
        *_of_the_form(definition), *_indicators(definition), *_codes(definition), *_words(definition),
    ]  # fmt: skip


def _of_the_form(definition: Definition) -> Iterator[Trouble]:
    kinds = {kind.code: kind for kind in PlaceKind.objects.all()}
    yield from _unknown(FORM, "loại nơi", "kind of place", definition.senders, kinds)
    attributes = {
        attribute["code"] for code in definition.senders if code in kinds for attribute in kinds[code].attributes
    }
    yield from _unknown(FORM, "thuộc tính của nơi gửi", "attribute of its senders", definition.where, attributes)
    roles = [*definition.checks, *definition.approves]
    yield from _unknown(FORM, "vai trò", "role", roles, set(Role.values))
    if definition.deadline:
        try:
            DeadlineRule.parse(definition.deadline)
        except BamsatError as wrong:
            yield Trouble(FORM, wrong.vi, wrong.en)
    known = set(Provider.objects.values_list("code", flat=True))
    yield from _unknown(FORM, "nguồn số liệu", "provider", [definition.provider], known)
    for row in definition.rows:
        yield from _unknown(of_row(row), "nguồn số liệu", "provider", filter(None, [row.provider]), known)


def _indicators(definition: Definition) -> Iterator[Trouble]:
    named = [(of_row(row), row.indicator) for row in definition.rows if row.indicator]
    named += [(of_column(column), column.indicator) for column in definition.columns if column.indicator]
    known = set(Indicator.objects.filter(code__in={code for _where, code in named}).values_list("code", flat=True))
    for where, code in named:
        yield from _unknown(where, "chỉ tiêu", "indicator", [code], known)


def _codes(definition: Definition) -> Iterator[Trouble]:
    """Code lists of breakdowns, of picked rows and of columns, and their codes."""
    lists = set(CodeList.objects.values_list("code", flat=True))
    segments = [(of_row(row), row.segment) for row in definition.rows]
    segments += [(of_column(column), column.segment) for column in definition.columns]
    used = {codelist for _where, segment in segments for codelist in segment}
    codes = set(Code.objects.filter(codelist__code__in=used).values_list("codelist__code", "code"))
    for where, segment in segments:
        yield from _unknown(where, "danh mục mã", "code list", segment, lists)
        for codelist, code in segment.items():
            if codelist in lists and (codelist, code) not in codes:
                yield _trouble(where, f"mã của danh mục {codelist}", f"code of the list {codelist}", code)
    for row in definition.rows:
        yield from _unknown(of_row(row), "danh mục mã", "code list", row.pick, lists)
    for column in definition.columns:
        yield from _unknown(of_column(column), "danh mục mã", "code list", filter(None, [column.codelist]), lists)


def _words(definition: Definition) -> Iterator[Trouble]:
    units = set(Unit.objects.values_list("code", flat=True))
    for where, unit in [(of_row(row), row.unit) for row in definition.rows] + [
        (of_column(column), column.unit) for column in definition.columns
    ]:
        if unit and unit not in units and not _is_unit(unit):
            yield _trouble(where, "đơn vị tính", "unit", unit)
    for row in definition.rows:
        yield from _unknown(of_row(row), "loại số", "measure", [row.measure], set(Measure.values))
        price = filter(None, [row.price_basis])
        yield from _unknown(of_row(row), "loại giá", "price basis", price, set(PriceBasis.values))


def _is_unit(words: str) -> bool:
    found = read_unit(words.lower())
    return found is not None and not words[found.end :].strip()


def of_row(row: Row) -> str:
    return f"dòng {row.code}"


def of_column(column: Column) -> str:
    return f"cột {column.code}"


def _unknown(where: str, vi: str, en: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Trouble]:
    for name in names:
        if name not in known:
            yield _trouble(where, vi, en, name)


def _trouble(where: str, vi: str, en: str, name: str) -> Trouble:
    return Trouble(
        where, f"không có {vi} “{name}”. Hãy chọn trong danh mục.", f"there is no {en} “{name}”. Choose a known one."
    )
