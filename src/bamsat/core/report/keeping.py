# SPDX-License-Identifier: Apache-2.0
"""A report's outline as bytes that can be kept under their hash, and back: every form of a version comes from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bamsat.core.report import facts, outline
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period

_KIND = "_"
_RAW = {"spec", "attributes"}  # plain JSON already: a chart's specification, words of the file
_KINDS: Mapping[str, Callable[..., Any]] = {
    kind.__name__: kind
    for kind in (
        facts.Fact, facts.Topic, Period, outline.Told, outline.Words, outline.Heading, outline.Paragraph,
        outline.Column, outline.Cell, outline.Row, outline.Table, outline.Chart, outline.Lacking, outline.PageBreak,
        outline.Frame, outline.Appendix, outline.Report,
    )
}  # fmt: skip


class OutlineUnreadable(BamsatError):
    """Kept bytes that are no outline of this version of the product or an earlier one."""


def to_bytes(report: outline.Report, lacking: tuple[outline.Lacking, ...] = ()) -> bytes:
    """The outline with what it lacks, one way only: the same outline gives the same bytes.

    >>> kept = to_bytes(outline.Report(outline.Frame(subject="tháng 10"), ()))
    >>> from_bytes(kept)[0].frame.subject
    'tháng 10'
    """
    told = {"report": _plain(report), "lacking": _plain(lacking)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_loosely).encode()


def from_bytes(kept: bytes) -> tuple[outline.Report, tuple[outline.Lacking, ...]]:
    """What `to_bytes` wrote. Fields that came later have their defaults, fields that are no more are left."""
    try:
        told = json.loads(kept)
        return _object(told["report"]), _object(told["lacking"])
    except (ValueError, KeyError, TypeError) as trouble:
        raise OutlineUnreadable(
            vi="Không mở được nội dung đã giữ của bản này. Hãy tải tệp Word của bản, hoặc soạn lại báo cáo.",
            en="The kept content of this version cannot be opened. Take its Word file, or write the report again.",
        ) from trouble


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told: dict[str, Any] = {_KIND: type(value).__name__}
        for each in fields(value):
            held = getattr(value, each.name)
            if each.name in _RAW:
                told[each.name] = held if isinstance(held, dict) else dict(held)
            elif isinstance(held, tuple) or held != each.default:
                told[each.name] = _plain(held)
        return told
    if isinstance(value, Decimal):
        return {_KIND: "Decimal", "is": str(value)}
    if isinstance(value, date):
        return {_KIND: "date", "is": value.isoformat()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _loosely(value: Any) -> Any:
    """Numbers and days of a chart's specification, where only drawing needs them."""
    return float(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else str(value)


def _object(told: Any) -> Any:
    if isinstance(told, list):
        return tuple(_object(each) for each in told)
    if not isinstance(told, dict):
        return told
    kind = told[_KIND]
    if kind == "Decimal":
        return Decimal(told["is"])
    if kind == "date":
        return date.fromisoformat(told["is"])
    made = _KINDS[kind]
    known = {each.name for each in fields(made)}  # type: ignore[arg-type]
    return made(**{name: held if name in _RAW else _object(held) for name, held in told.items() if name in known})
