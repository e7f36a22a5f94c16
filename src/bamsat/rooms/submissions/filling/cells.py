# SPDX-License-Identifier: Apache-2.0
"""Cells of the table written as markup: a form has hundreds of them; here they cost a tenth of a template's time."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from bamsat.rooms.submissions.filling.table import Slot


def written(slots: tuple[Slot, ...]) -> SafeString:
    """The cells of one row; everything that comes from outside is escaped."""
    return mark_safe("".join(_cell(slot) for slot in slots))  # noqa: S308 - each piece is escaped below


def _cell(slot: Slot) -> str:
    if not slot.kind:
        return '<td class="none-here"></td>'
    label = f' data-l="{escape(slot.label)}"'
    if slot.kind == "known":
        told = f'<small class="sub" title="{escape(slot.told)}">{escape(slot.source)}</small>' if slot.source else ""
        return f'<td class="num past"{label}><span>{escape(slot.shown)}{told}</span></td>'
    if slot.kind == "calc":
        kind = "num calc in" if slot.is_in else "num calc"
        return f'<td class="{kind}"{label} data-calc="{escape(slot.key)}">{escape(slot.shown)}</td>'
    field = _select(slot) if slot.kind == "select" else _input(slot)
    return f'<td class="in"{label}>{field}{_source(slot)}</td>'


def _input(slot: Slot) -> str:
    key = escape(slot.key)
    extra = "" if slot.words else ' inputmode="decimal"'
    if slot.hint:
        extra += f' placeholder="{escape(slot.hint)}"'
    if slot.listed:
        extra += f' list="ds-{escape(slot.listed)}"'
    return (
        f'<input class="{_classes(slot)}" name="o:{key}" data-key="{key}" autocomplete="off" '
        f'aria-label="{escape(slot.name)}" value="{escape(slot.shown)}"{extra}{_state(slot)}>'
    )


def _select(slot: Slot) -> str:
    key = escape(slot.key)
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == slot.shown else ""}>{escape(name)}</option>'
        for value, name in slot.options
    )
    # What was typed elsewhere and is none of the choices stays to be seen, and to be mended.
    if slot.shown and slot.shown not in dict(slot.options):
        options += f'<option value="{escape(slot.shown)}" selected>{escape(slot.shown)}</option>'
    return (
        f'<select class="{_classes(slot)}" name="o:{key}" data-key="{key}" aria-label="{escape(slot.name)}"'
        f'{_state(slot)}><option value=""></option>{options}</select>'
    )


def _classes(slot: Slot) -> str:
    return "cell" + (" ask" if slot.state == "ask" else "") + (" text" if slot.words else "")


def _state(slot: Slot) -> str:
    told = ' aria-invalid="true"' if slot.state == "bad" else ""
    return told + (f' aria-describedby="{escape(slot.described)}"' if slot.described else "")


def _source(slot: Slot) -> str:
    """Where a pulled value is from: a short word, the sentence for who hears the page."""
    if not slot.source:
        return ""
    told = escape(slot.told)
    return (
        f'<small class="from" id="tu-{escape(slot.key)}" title="{told}">{escape(slot.source)}'
        f'<span class="vh">: {told}</span></small>'
    )
