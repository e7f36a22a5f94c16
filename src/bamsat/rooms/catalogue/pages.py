# SPDX-License-Identifier: Apache-2.0
"""What the pages of the tables show: lists with search and filters, one row in words, the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue import queries
from bamsat.rooms.catalogue.models import AddsUp, CodeList, Identity, Indicator, IndicatorSet
from bamsat.rooms.catalogue.planning import Wrong
from bamsat.rooms.catalogue.tables import (
    BY_CODE,
    DAYS,
    ON_THE_FIRST_PAGE,
    Field,
    Kind,
    Table,
    key_of,
    written,
)
from bamsat.ui import words

_TRAIL_SHOWN = 30
_SATURDAY = 5
_FEW = 200  # references to a small table are chosen from a list, others are typed


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in words; what it refers to has an address."""

    label: str
    text: str
    address: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table on the first page."""

    table: Table
    count: int
    parts: str


def shelves() -> list[Shelf]:
    found = []
    for table in ON_THE_FIRST_PAGE:
        parts = [BY_CODE[code] for code in table.parts]
        told = ", ".join(f"{words.number(part.model._default_manager.count())} {part.one}" for part in parts)
        found.append(Shelf(table, table.model._default_manager.count(), told))
    return found


def address_of(table: Table, row: Any) -> str:
    return reverse("catalogue:row", kwargs={"table": table.slug, "key": key_of(table, row)})


def find(table: Table, key: str) -> Any:
    """The row with this key, or None. Names and members have no page: they stand on their owner's."""
    last = table.keys[-1]
    if last.kind not in (Kind.TEXT, Kind.DATE) or "\0" in key:
        return None
    text = key.rsplit("/", 1)[-1] if len(table.keys) > 1 else key
    if last.kind is Kind.DATE and not _is_iso_day(text):
        return None
    return next((row for row in table.rows().filter(**{last.code: text}) if key_of(table, row) == key), None)


def _is_iso_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


# Lists.


def listed(table: Table, search: str, chosen: Mapping[str, str], ended: bool = False, of_set: str = "") -> Any:
    """Rows that fit, without regard to tones; a query where the table keeps folded names, else a list."""
    rows = table.rows()
    for name, value in chosen.items():
        rows = rows.filter(**_narrowed(table.field(name), value))
    columns = {column.code for column in table.fields}
    if not ended and "valid_to" in columns:
        rows = rows.filter(queries.in_force())
    if of_set:
        rows = rows.filter(memberships__set__code=of_set)
    if not search:
        return rows
    kept = {column.name for column in table.model._meta.concrete_fields}
    if "folded" in kept:
        return rows.filter(_all_words(table, fold(search).split())).distinct()
    wanted = fold(search).split()
    return [row for row in rows if all(word in _folded(table, row) for word in wanted)]


def _narrowed(column: Field, value: str) -> dict[str, str]:
    if column.kind is not Kind.REFERENCE:
        return {column.code: value}
    code, _slash, version = value.partition("/")
    return {f"{column.code}__code": code, f"{column.code}__version": version}


def _all_words(table: Table, typed: list[str]) -> Q:
    here, named = Q(), Q()
    for word in typed:
        here &= (
            Q(folded__contains=word) | Q(code__icontains=word) if table.code != "names" else Q(folded__contains=word)
        )
        named &= Q(names__folded__contains=word) if table.code == "indicators" else Q(pk__in=[])
    return here | named


def _folded(table: Table, row: Any) -> str:
    return fold(" ".join(written(column, row) for column in table.fields))


def choices_of(table: Table, name: str) -> list[tuple[str, str]]:
    """What a filter offers."""
    column = table.field(name)
    if column.kind is Kind.CHOICE:
        return [(str(code), words.capital(str(said))) for code, said in table.column(column).choices if code != ""]
    return [(key_of(BY_CODE[column.to], row), str(row)) for row in BY_CODE[column.to].rows()]


@dataclass(frozen=True, slots=True)
class KnownYear:
    """What the calendar of a year comes to: what is computed, and what the table says."""

    year: int
    days: list[queries.SpecialDay]

    @property
    def off(self) -> int:
        """Days off beside Saturdays and Sundays."""
        return sum(not one.working and one.day.weekday() < _SATURDAY for one in self.days)

    @property
    def worked(self) -> int:
        """Saturdays and Sundays that are worked."""
        return sum(one.working and one.day.weekday() >= _SATURDAY for one in self.days)


def known_years(table: Table, today: date) -> list[KnownYear]:
    """This year and the next, so that nobody enters what is known already; nothing for the other tables."""
    if table is not DAYS:
        return []
    return [KnownYear(year, queries.special_days(year, year)) for year in (today.year, today.year + 1)]


# A row in words.


def cell(table: Table, column: Field, row: Any) -> Cell:
    value, label = getattr(row, column.code), table.label(column)
    if value is None or value == "" or value == []:
        return Cell(label, "", code=column.code)
    if column.kind is Kind.REFERENCE:
        return Cell(label, _name(value), address_of(BY_CODE[column.to], value), column.code)
    if column.kind is Kind.CHOICE:
        return Cell(label, words.capital(str(getattr(row, f"get_{column.code}_display")())), code=column.code)
    if column.kind is Kind.DATE:
        return Cell(label, words.day(value), code=column.code)
    if column.kind is Kind.NUMBER:
        shown = str(value) if column.code == "base_year" else words.number(value)
        return Cell(label, shown, code=column.code)
    if column.code in ("unit", "display_unit"):
        return Cell(label, words.unit_name(value), code=column.code)
    if column.kind is Kind.LISTS:
        return Cell(label, ", ".join(_lists_named(value)), code=column.code)
    return Cell(label, ", ".join(value) if isinstance(value, list) else str(value), code=column.code)


def _lists_named(codes: list[str]) -> list[str]:
    names = {one.code: one.name for one in CodeList.objects.filter(code__in=codes)}
    return [names.get(code, code) for code in codes]


def _name(row: Any) -> str:
    return str(getattr(row, "name", "") or row)


def title_of(row: Any) -> str:
    return _name(row)


def sets_for_filter(table: Table) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in queries.sets()] if table.code == "indicators" else []


def facts(table: Table, row: Any) -> list[Cell]:
    """Every cell of a row that says something."""
    shown = [column for column in table.fields if column.code != "order" and not _says_nothing(column, row)]
    return [found for column in shown if (found := cell(table, column, row)).text]


def _says_nothing(column: Field, row: Any) -> bool:
    return column.code == "display_scale" and row.display_scale == 1


def adds_up(indicator: Indicator) -> str:
    """How the indicator adds up, in a sentence that a report can rely on."""
    parts = {"numerator": indicator.numerator, "denominator": indicator.denominator, "weight": indicator.weight}
    named = {name: part.name for name, part in parts.items() if part}
    if indicator.adds_up == AddsUp.FLOW:
        return _("Cộng được theo tháng, quý và theo nơi, trong cùng một loại giá.")
    if indicator.adds_up == AddsUp.STOCK:
        return _("Số tại một thời điểm: cộng được theo nơi, không cộng theo thời gian; cả năm là số cuối kỳ.")
    if indicator.adds_up == AddsUp.INDEX:
        if "weight" in named:
            return _("Không cộng. Gộp nhiều nơi thì bình quân theo quyền số “%(weight)s”.") % named
        return _("Không cộng, và chưa có quyền số: không gộp được nhiều nơi.")
    if "numerator" in named:
        return _("Không cộng. Gộp thì tính lại: “%(numerator)s” chia “%(denominator)s”.") % named
    return _("Không cộng, và chưa có tử số, mẫu số: không gộp được.")


def uses_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Where the indicator is used: in other indicators, in identities, and what the rooms above say."""
    others = Indicator.objects.filter(
        Q(weight=indicator) | Q(numerator=indicator) | Q(denominator=indicator)
    ).distinct()
    found = [(other.name, address_of(BY_CODE["indicators"], other)) for other in others]
    for identity in Identity.objects.filter(expression__contains=indicator.code):
        if indicator.code in identity.expression.replace("=", " ").split():
            found.append((identity.expression, address_of(BY_CODE["identities"], identity)))
    return found + [link for hook in queries.used_in for link in hook(indicator)]


def in_charge_of(one: IndicatorSet) -> list[tuple[str, str]]:
    return [link for hook in queries.in_charge for link in hook(one)]


@dataclass(frozen=True, slots=True)
class Told:
    """One record of the trail: which columns changed, from what to what."""

    record: AuditRecord
    cells: list[tuple[str, str, str]]


def trail_of(table: Table, row: Any) -> list[Told]:
    """What was changed, the latest first."""
    rows = AuditRecord.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk)).select_related("by")
    labels = {column.code: table.label(column) for column in table.fields}
    found = []
    for record in rows.order_by("-pk")[:_TRAIL_SHOWN]:
        before, after = record.details.get("before", {}), record.details.get("after", {})
        columns = [code for code in labels if code in before or code in after]
        found.append(Told(record, [(labels[code], before.get(code, ""), after.get(code, "")) for code in columns]))
    return found


def is_over(row: Any) -> bool:
    end = getattr(row, "valid_to", None)
    return end is not None and end <= timezone.localdate()


# Forms.


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form."""

    name: str
    label: str
    kind: str
    value: str
    hint: str
    choices: list[tuple[str, str]]
    wrong: list[str]
    locked: bool
    needed: bool
    offered: str  # the list of suggestions that a typed reference draws on


def inputs(table: Table, cells: Mapping[str, str], row: Any = None, wrong: list[Wrong] | None = None) -> list[Input]:
    """The fields of a row's form, from the same description as its file."""
    return [_input(table, column, cells.get(column.code, ""), row, wrong or []) for column in table.fields]


def _input(table: Table, column: Field, value: str, row: Any, wrong: list[Wrong]) -> Input:
    choices: list[tuple[str, str]] = []
    offered = ""
    if column.kind is Kind.CHOICE:
        choices = [(str(code), words.capital(str(name))) for code, name in table.column(column).choices]
        if table.column(column).blank:
            choices = [("", _("Không nêu")), *choices]
    elif column.kind is Kind.REFERENCE and column.to == "indicators":
        offered = column.to
    elif column.kind is Kind.REFERENCE and not column.within:
        rows = BY_CODE[column.to].rows()[:_FEW]
        choices = [("", _("Không có")), *((key_of(BY_CODE[column.to], each), _name(each)) for each in rows)]
    kind = "select" if choices else "long" if column.kind is Kind.LONG else "line"
    model = table.column(column)
    needed = not model.blank and not model.null and not model.has_default()
    locked = row is not None and (column.key or column.fixed)
    told = [each.message for each in wrong if each.column == column.code]
    shown = words.day(getattr(row, column.code)) if _is_day(column, row, value) else value
    hint = str(column.hint) or (_("Như 31/07/2025") if column.kind is Kind.DATE else "")
    return Input(
        column.code, table.label(column), kind, shown, hint, choices, told, locked, needed, offered
    )  # fmt: skip


def _is_day(column: Field, row: Any, value: str) -> bool:
    return column.kind is Kind.DATE and row is not None and value == written(column, row) and bool(value)


def cells_of(table: Table, row: Any) -> dict[str, str]:
    return {column.code: written(column, row) for column in table.fields}
