# SPDX-License-Identifier: Apache-2.0
"""Proposals as their page shows them: by document, the words in their place, what was understood, what is inferred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.terms.directive import Condition
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import Document, ReadInstruction, Record
from bamsat.rooms.tasks.models import Time
from bamsat.rooms.tasks.page import words_address
from bamsat.rooms.tasks.suggesting import condition_of
from bamsat.ui import words

KINDS = {
    "instruction": gettext_lazy("Chỉ đạo"), "requirement": gettext_lazy("Yêu cầu"),
    "commitment": gettext_lazy("Cam kết"), "proposal": gettext_lazy("Kiến nghị"),
    "solution": gettext_lazy("Giải pháp"), "objective": gettext_lazy("Mục tiêu"), "target": gettext_lazy("Chỉ tiêu"),
    "programme": gettext_lazy("Chương trình"), "contingency": gettext_lazy("Tình huống"),
    "condition": gettext_lazy("Điều kiện"), "emulation": gettext_lazy("Thi đua"),
}  # fmt: skip
_ALL = "all"  # an instruction that serves every target of the year


@dataclass(frozen=True, slots=True)
class Told:
    """One proposal: its words and what the machine understood of them."""

    instruction: ReadInstruction
    kind: str
    who: str
    supporting: str
    due: str
    by_when: str
    product: str
    indicators: str
    condition: str
    inferred: bool
    address: str

    @property
    def what(self) -> str:
        """What is to be done, where it is not the words themselves."""
        said = self.instruction.what.strip()
        return "" if said == self.instruction.text.strip() else said


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one document on a page."""

    document: Document
    record: Record | None
    rows: tuple[Told, ...]


def grouped(found: Iterable[ReadInstruction]) -> list[Group]:
    rows = list(found)
    records = {one.document_id: one for one in Record.objects.filter(document__in={row.document_id for row in rows})}
    names = _names(rows)
    by_document: dict[int, list[ReadInstruction]] = {}
    for row in rows:
        by_document.setdefault(row.document_id, []).append(row)
    return [
        Group(each[0].document, records.get(key), tuple(_told(one, names) for one in each))
        for key, each in by_document.items()
    ]


def told(instruction: ReadInstruction) -> Told:
    return _told(instruction, _names([instruction]))


def _names(rows: Iterable[ReadInstruction]) -> dict[str, str]:
    codes = {code for row in rows for code in row.as_read.get("indicators") or ()}
    codes |= {row.as_read["condition"]["indicator"] for row in rows if row.as_read.get("condition")}
    return {one.code: one.name for one in Indicator.objects.filter(code__in=codes)}


def _told(row: ReadInstruction, names: dict[str, str]) -> Told:
    read: dict[str, Any] = row.as_read
    served = [_served(code, names) for code in read.get("indicators") or ()]
    return Told(
        instruction=row, kind=str(KINDS.get(row.kind, row.kind)), who=row.who,
        supporting=", ".join(read.get("supporting") or ()), due=words.day(row.due) if row.due else _time(row.time),
        by_when=row.by_when, product=read.get("product") or "", indicators=", ".join(served),
        condition=condition_words(condition_of(read.get("condition")), names),
        inferred="due" in (read.get("inferred") or ()), address=words_address(row.document, row.text),
    )  # fmt: skip


def _served(code: str, names: dict[str, str]) -> str:
    """An indicator by its name; one of an open family that nobody has reported yet ("market:chợ") by its words."""
    return _("mọi chỉ tiêu của năm") if code == _ALL else names.get(code) or code.partition(":")[2] or code


def _time(time: str) -> str:
    return str(Time(time).label) if time in Time.values and time != Time.DATE else _("chưa rõ ngày")


def condition_words(condition: Condition | None, names: dict[str, str] | None = None) -> str:
    """ "Vốn đầu tư công giải ngân, bằng % kế hoạch ≥ 60% (9 tháng năm 2026)"."""
    if condition is None:
        return ""
    code = condition.indicator
    if names is None or code not in names:
        found = Indicator.objects.filter(code=code).first()
        name = found.name if found else code.partition(":")[2] or code
    else:
        name = names[code]
    value, unit = words.in_unit(condition.value, condition.unit)
    measure = "" if condition.measure == "level" else f", {words.measure(condition.measure)}"
    sign = {">=": "≥", "<=": "≤"}.get(condition.comparison, condition.comparison)
    amount = f"{value}%" if unit == "%" else f"{value} {unit}".strip()
    period = f" ({words.period(condition.period)})" if condition.period else ""
    return f"{name}{measure} {sign} {amount}{period}"


def lede(waiting: QuerySet[ReadInstruction]) -> str:
    """How many wait, of how many documents."""
    found = waiting.order_by().aggregate(n=Count("pk"), documents=Count("document", distinct=True))
    n, documents = found["n"], found["documents"]
    if not n:
        return _("Đã xem hết các ý kiến giao việc đọc được.")
    said = ngettext(
        "%(n)s ý kiến giao việc đọc được trong %(documents)s văn bản, chờ anh/chị nhận hoặc bỏ qua.",
        "%(n)s ý kiến giao việc đọc được trong %(documents)s văn bản, chờ anh/chị nhận hoặc bỏ qua.", n,
    )  # fmt: skip
    return said % {"n": words.number(n), "documents": words.number(documents)}
