# SPDX-License-Identifier: Apache-2.0
"""The scoreboard as a map: provinces as outlines, what is below a province as marks over its outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from bamsat.rooms.places.models import Kind, Place, PlaceKind
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.scoreboard.places.asked import (
    DEEP,
    GROWTH,
    PLAN,
    STATE,
    VALUE,
    PlacesAsked,
    above_of,
    below,
    codes_of,
)
from bamsat.rooms.scoreboard.places.opened import opened
from bamsat.rooms.scoreboard.places.shown import MERGER, Line, number_in_words, size_of
from bamsat.rooms.scoreboard.places.standings import Standings
from bamsat.ui import charts_map
from bamsat.ui.charts_map import COUNTRY, ISLANDS, Frame, Outline, frame_around, limits, outlines, step_of, steps

WAYS_BY = (GROWTH, VALUE, PLAN, STATE)
NOTHING, UNSEEN, PLAIN = "nil", "unseen", "plain"


@dataclass(frozen=True, slots=True)
class Area:
    """A province on the map."""

    path: str
    kind: str  # k1 to k5, nil without a number, unseen, plain where marks say it
    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the map: a place below a province, an island, or the state of a province."""

    x: str
    y: str
    kind: str  # of the fill, or of the shape of a state
    title: str
    address: str
    here: bool = False
    label: str = ""
    anchor: str = "start"
    away: str = "10"  # how far the label stands from the point


@dataclass(frozen=True, slots=True)
class Drawn:
    frame: Frame
    areas: tuple[Area, ...]
    marks: tuple[Mark, ...]
    apart: tuple[Mark, ...]  # far from the frame: in a box beside the map
    classes: tuple[tuple[str, str], ...]
    unplaced: int  # places without coordinates
    country: bool


@may(Function.SEE)
@require_GET
def mapped(request: HttpRequest) -> HttpResponse:
    """Places on a map, and the same numbers in the table beside it."""
    found_or_page = opened(request, _("Bản đồ"), WAYS_BY)
    if isinstance(found_or_page, HttpResponse):
        return found_or_page
    found, standings, context = found_or_page
    lines = {one.standing.place.pk: one for one in (*context["ranked"], *context["without"])}
    context["map"] = drawn(found, standings, lines)
    context["sentence"] = sentence(found, context["ranked"], len(standings.without))
    context["states"] = states(context["ranked"]) if found.by == STATE else ()
    return render(request, "scoreboard/places/map.html", context)


def drawn(found: PlacesAsked, standings: Standings, lines: Mapping[int, Line]) -> Drawn:
    between = limits([one.number for one in standings.ranked if one.number is not None])
    if found.above is not None and found.above.kind == Kind.COUNTRY:
        made = _country(found, lines, between)
    else:
        made = _province(found, lines, between)
    return replace(made, classes=_classes(found, standings, between))


def _shapes(day: date) -> str:
    return "shapes_2025" if f"{day:%Y-%m-%d}" >= MERGER else "shapes_2008"


def _kind(found: PlacesAsked, line: Line | None, between: Sequence[Decimal]) -> str:
    if line is None:
        return UNSEEN
    if found.by == STATE:
        return PLAIN
    number = line.standing.number
    return NOTHING if number is None else f"k{step_of(number, between)}"


def _title(name: str, found: PlacesAsked, line: Line | None) -> str:
    """Place, value, state; nothing of what the user may not see."""
    if line is None:
        return _("%(place)s: không thuộc quyền xem") % {"place": name}
    told = line.number or line.standing.why or _("chưa có số")
    return f"{name}: {told}. {line.state}"


def _country(found: PlacesAsked, lines: Mapping[int, Line], between: Sequence[Decimal]) -> Drawn:
    there = codes_of(found.day)
    areas, marks, kinds = [], [], {}
    named = _named(lines)
    shapes = outlines(_shapes(found.day))
    chosen = next((shapes[code] for code, one in there.items() if one == found.asked.place and code in shapes), None)
    for code, outline in shapes.items():
        place = there.get(code)
        line = lines.get(place.pk) if place else None
        name = place.label if place else code
        kinds[code] = kind = _kind(found, line, between)
        title, address = _title(name, found, line), line.address if line else ""
        here = bool(line and line.here)
        areas.append(Area(outline.path, kind, title, address, here))
        label = name if line and (here or line.standing.place.pk in named) else ""
        # Beside the chosen place its name alone stands.
        if label and not here and _near(outline, chosen):
            label = ""
        if label or (line and found.by == STATE):
            shape = line.kind if line and found.by == STATE else ""
            marks.append(Mark(COUNTRY.x(outline.x), COUNTRY.y(outline.y), shape, title, address, here, label))
    islands = [mark for island in ISLANDS for mark in _islands(island, kinds, there)]
    areas.sort(key=lambda one: one.here)  # the border of the chosen one lies over its neighbours'
    return Drawn(COUNTRY, tuple(areas), (*marks, *islands), (), (), 0, True)


def _near(one: Outline, other: Outline | None) -> bool:
    return other is not None and abs(one.x - other.x) < COUNTRY.width / 4 and abs(one.y - other.y) < COUNTRY.height / 20


def _named(lines: Mapping[int, Line]) -> set[int]:
    """The first and the last are named on the map; the table names all."""
    ranked = sorted((one for one in lines.values() if one.standing.rank), key=lambda one: one.standing.rank)
    return {one.standing.place.pk for one in (ranked[:1] + ranked[-1:] if len(ranked) > 2 else ranked)}


def _islands(
    island: tuple[str, str, Sequence[tuple[float, float]]], kinds: Mapping[str, str], there: Mapping[str, Place]
) -> list[Mark]:
    """The islands in the colour of their province; the name stands at the first of them that reaches furthest down."""
    name, code, points = island
    of = there[code].label if code in there else ""
    label = f"{name} ({of})" if of else name
    at = [steps(*point) for point in points]
    lowest = max(range(len(at)), key=lambda one: at[one][1])
    return [
        Mark(
            COUNTRY.x(x), COUNTRY.y(y), f"isle {kinds.get(code, '')}", label, "", label=label if one == lowest else "",
            anchor="middle" if x < COUNTRY.width * 0.8 else "end", away="0",
        )
        for one, (x, y) in enumerate(at)
    ]  # fmt: skip


def _province(found: PlacesAsked, lines: Mapping[int, Line], between: Sequence[Decimal]) -> Drawn:
    outline, code = _outline(found)
    ids = (
        below(found.day, below(found.day, [found.above.pk]) if found.level == DEEP else [found.above.pk])
        if found.above
        else []
    )
    # Everybody knows the administrative units; a facility is named to those alone who may see it.
    known = Q(kind__in=PlaceKind.objects.filter(administrative=True).values("code")) | Q(pk__in=list(lines))
    every = list(Place.objects.filter(known, pk__in=ids).order_by("sort_key"))
    placed = [(place, steps(place.longitude, place.latitude)) for place in every if place.longitude and place.latitude]
    frame = frame_around(outline, [at for _place, at in placed]) if outline else _frame_of([at for _p, at in placed])
    marks, apart = [], []
    named = _named(lines)
    for place, (x, y) in placed:
        line = lines.get(place.pk)
        kind = line.kind if line and found.by == STATE else _kind(found, line, between)
        here = bool(line and line.here)
        label = place.label if line and (here or place.pk in named) else ""
        anchor = "end" if x > frame.left + frame.width * 0.7 else "start"
        mark = Mark(
            frame.x(x), frame.y(y), kind, _title(place.label, found, line), line.address if line else "", here, label,
            anchor, "-10" if anchor == "end" else "10",
        )  # fmt: skip
        if frame.holds(x, y):
            marks.append(mark)
        else:
            apart.append(replace(mark, label=place.label))
    apart += [
        Mark("", "", "isle", name, "", label=name)
        for name, of, _points in ISLANDS
        if of == code and name not in {one.label for one in apart}
    ]
    title = found.above.label if found.above else ""
    areas = (Area(outline, PLAIN, title, "", False),) if outline else ()
    return Drawn(frame, areas, tuple(marks), tuple(apart), (), len(every) - len(placed), False)


def _outline(found: PlacesAsked) -> tuple[str, str]:
    """The outline of the province in which the places lie, and its code; nothing where none is known."""
    place = found.above
    while place is not None and place.kind not in (Kind.PROVINCE, Kind.COUNTRY):
        place = above_of(place, found.day)
    code = next((code for code, one in codes_of(found.day).items() if place and one.pk == place.pk), "")
    outline = outlines(_shapes(found.day)).get(code)
    return (outline.path, code) if outline else ("", "")


def _frame_of(points: Sequence[tuple[float, float]]) -> Frame:
    told = "".join(f"M{round(x)} {round(y)}" for x, y in points)
    return frame_around(told, margin=0.1) if points else COUNTRY


def _classes(found: PlacesAsked, standings: Standings, between: Sequence[Decimal]) -> tuple[tuple[str, str], ...]:
    """The classes in words, the highest first; of states the shapes that are there."""
    if found.by == STATE or not standings.ranked:
        return ()
    size = size_of(found, standings)
    told = [number_in_words(found, limit, size) for limit in between]
    if not told:
        return (("k3", _("mọi nơi bằng nhau")),)
    made = [(f"k{charts_map.STEPS}", _("từ %(limit)s trở lên") % {"limit": told[-1]})]
    for low, high, at in reversed(list(zip(told, told[1:], between, strict=False))):
        kind = f"k{step_of(at, between)}"
        made.append((kind, _("từ %(low)s đến dưới %(high)s") % {"low": low, "high": high}))
    return (*made, ("k1", _("dưới %(limit)s") % {"limit": told[0]}))


def states(ranked: Sequence[Line]) -> list[tuple[str, str, int]]:
    """Shape, word and count of each state that is on the map."""
    counts = Counter((line.kind, line.state) for line in ranked)
    return [(kind, state, count) for (kind, state), count in counts.items()]


def sentence(found: PlacesAsked, ranked: Sequence[Line], without: int) -> str:
    """The map in words."""
    said = []
    if ranked and found.by == STATE:
        said.append("; ".join(f"{state}: {count}" for _kind, state, count in states(ranked)) + ".")
    elif ranked:
        low_first = len(ranked) > 1 and (ranked[0].standing.number or 0) < (ranked[-1].standing.number or 0)
        high, low = (ranked[-1], ranked[0]) if low_first else (ranked[0], ranked[-1])
        told = {
            "high": high.standing.place.label, "top": high.number, "low": low.standing.place.label, "least": low.number,
        }  # fmt: skip
        said.append(_("Cao nhất: %(high)s, %(top)s; thấp nhất: %(low)s, %(least)s.") % told)
    if without:
        said.append(ngettext("%(n)s nơi chưa có số.", "%(n)s nơi chưa có số.", without) % {"n": without})
    return " ".join(said)
