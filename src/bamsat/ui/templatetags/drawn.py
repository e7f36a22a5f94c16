# SPDX-License-Identifier: Apache-2.0
"""What a board says in each of its many rows: numbers that lead somewhere and small drawings. Written here because the
template language takes several times as long, which a page of forty rows feels."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bamsat.ui.charts import Mini, PlanBar

register = template.Library()
_NOTHING = SafeString("")


class Leading(Protocol):
    """A number in words, where it leads, and how it was worked out."""

    @property
    def text(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def how(self) -> str: ...


@register.filter
def leading(number: Leading, after: str = "") -> SafeString:
    """The number as a link, with a sign after it; its calculation for who points at it."""
    if not number.how:
        return format_html('<a href="{}">{}{}</a>', number.address, number.text, after)
    return format_html('<a href="{}" title="{}">{}{}</a>', number.address, number.how, number.text, after)


@register.filter
def plan_bar(bar: PlanBar, label: str) -> SafeString:
    """The plan ratio as a bar, with the pace and the plan as lines across it."""
    edge = pace = _NOTHING
    if bar.estimated:
        edge = format_html('<rect class="edge" x="0" y="2" width="{}" height="8"/>', bar.width)
    if bar.pace:
        pace = format_html('<line class="pace" x1="{}" x2="{}" y1="-3" y2="15"/>', bar.pace, bar.pace)
    return format_html(
        '<svg class="ch" role="img" aria-label="{}"><rect class="track" x="0" y="0" width="100%" height="12"/>'
        '<rect class="{}" x="0" y="2" width="{}" height="8"/>{}{}'
        '<line class="plan" x1="{}" x2="{}" y1="-2" y2="14"/></svg>',
        label, "est" if bar.estimated else "bar", bar.width, edge, pace, bar.plan, bar.plan,
    )  # fmt: skip


@register.filter
def mini(drawn: Mini) -> SafeString:
    """Last year, this year and the plan beside each other, so small that only their order is seen."""
    past = now = edge = plan = _NOTHING
    if drawn.past:
        past = format_html('<rect class="past" x="12" y="{}" width="24" height="{}"/>', *drawn.past)
    if drawn.now:
        kind = "est" if drawn.estimated else "bar"
        now = format_html('<rect class="{}" x="48" y="{}" width="24" height="{}"/>', kind, *drawn.now)
        if drawn.estimated:
            edge = format_html('<rect class="edge" x="48.75" y="{}" width="22.5" height="{}"/>', *drawn.now)
    if drawn.plan:
        plan = format_html('<line class="plan" x1="44" x2="76" y1="{}" y2="{}"/>', drawn.plan, drawn.plan)
    axis = '<line class="axis" x1="4" x2="76" y1="39.5" y2="39.5"/>'
    return format_html('<svg class="ch mini" aria-hidden="true">{}{}{}' + axis + "{}</svg>", past, now, edge, plan)
