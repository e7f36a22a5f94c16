# SPDX-License-Identifier: Apache-2.0
"""Template tags of every page: the side bar, states, and the words for numbers, periods and dates."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as plainly
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bamsat.core.terms.vietnamese import fold
from bamsat.ui import charts, navigation, words

register = template.Library()
_CURRENT = mark_safe(' aria-current="true"')

register.filter("number", words.number)
register.filter("signed", words.signed)
register.filter("hedged", words.hedged)
register.filter("period", words.period)
register.filter("period_short", words.period_short)
register.filter("capital", words.capital)
register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("filesize", words.size)
register.filter("measure", words.measure)
register.filter("status", words.status)
register.filter("unit", words.unit_name)
register.filter("price_basis", words.price_basis)
register.filter("doubt", words.doubt)
register.filter("spot", words.spot)
register.filter("month_of", words.month_of)


@register.filter
def query(name: str, value: str) -> str:
    """A name and a value as the end of an address."""
    return urlencode({name: value})


@register.simple_tag(takes_context=True)
def navigation_entries(context: template.Context, which: str = "entries") -> list[navigation.Entry]:
    """The side bar; or with a word, the tabs below its current entry, or the pages of administration."""
    request = context["request"]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    found = {"entries": navigation.entries, "tabs": navigation.tabs, "administration": navigation.administration}
    return found[which](user, request.path)


@register.simple_tag
def address(route: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or nothing where the page does not exist."""
    try:
        return reverse(route, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag
def choices(rows: Iterable[tuple[str, str]], chosen: str, before: str = "?") -> SafeString:
    """A list of links for a choice of hundreds: value and name; the value ends the address. Written here because the
    template language takes ten times as long."""
    start, told = escape(before), []
    for value, name in rows:
        current = _CURRENT if value == chosen else ""
        told.append(f'<li><a href="{start}{plainly(value)}"{current}>{plainly(name)}</a></li>')
    return SafeString("".join(told))


@register.filter
def as_periods(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, words.capital(words.period(code))) for code in codes]


@register.filter
def as_places(places: Iterable[Any]) -> list[tuple[str, str]]:
    return [(place.slug, place.label) for place in places]


@register.simple_tag
def shape(kind: str) -> SafeString:
    """The mark of a state; its word always stands beside it."""
    return format_html('<i class="shape {}" aria-hidden="true"></i>', kind)


@register.simple_tag
def state(kind: str, word: str, count: int | None = None) -> SafeString:
    """Shape, word and, where there is one, the count."""
    told = format_html(" <b>{}</b>", words.number(count)) if count is not None else ""
    return format_html('<span class="state {}"><i class="shape" aria-hidden="true"></i>{}{}</span>', kind, word, told)


@register.filter
def found(text: str, query: str) -> SafeString:
    """The text with the searched words marked, whatever their tones."""
    positions = _matches(text, query)
    if not positions:
        return format_html("{}", text)
    pieces: list[SafeString] = []
    last = 0
    for start, end in positions:
        pieces.append(format_html("{}<mark>{}</mark>", text[last:start], text[start:end]))
        last = end
    pieces.append(format_html("{}", text[last:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _matches(text: str, query: str) -> list[tuple[int, int]]:
    folded = [" " if letter.isspace() else fold(letter) for letter in text]
    # Folding letter by letter keeps positions: a letter that folds to several would move them.
    if any(len(letter) != 1 for letter in folded):
        return []
    whole = "".join(folded)
    spans: list[tuple[int, int]] = []
    for word in sorted(set(fold(query).split()), key=len, reverse=True):
        at = whole.find(word)
        if at >= 0 and not any(start < at + len(word) and at < end for start, end in spans):
            spans.append((at, at + len(word)))
    return sorted(spans)


@register.simple_tag
def keys(*names: str) -> SafeString:
    """Keys as they stand on a keyboard."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((name,) for name in names))


@register.inclusion_tag("ui/parts.html")
def seen_bar(label: str, total: int, left: int, doubt: int, accepted: int, checked: int = 0) -> dict[str, Any]:
    """How much of a document has been looked at."""
    rest = total - left - accepted - checked
    counts = [("good", accepted), ("half", checked), ("none", rest), ("doubt", doubt), ("wait", left - doubt)]
    return {"label": label, "parts": charts.parts(counts)}


@register.inclusion_tag("ui/parts.html")
def parts_bar(label: str, **counts: int) -> dict[str, Any]:
    """Counts side by side on one thin bar; the label says them in words."""
    return {"label": label, "parts": charts.parts(list(counts.items()))}
