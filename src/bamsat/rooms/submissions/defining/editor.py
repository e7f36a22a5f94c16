# SPDX-License-Identifier: Apache-2.0
"""From a posted page of the editor to a definition, and back; nothing that was typed is lost, readable or not."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from bamsat.core.forms.definition import Trouble
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import suggest
from bamsat.rooms.submissions.defining.editor_fields import LISTS, MAIN, MORE, PARTS, Field

MOST_PARTS = 400
_WHERE = {"cột": "column", "dòng": "row", "quy tắc": "rule"}
_DEADLINE = ("day", "months_after", "month", "years_after", "working_days_after")
_SHAPES = {
    "month": ("day", "months_after", "if_off", "time"),
    "year": ("day", "month", "years_after", "if_off", "time"),
    "working": ("working_days_after", "time"),
}
_NEW: dict[str, dict[str, Any]] = {
    "column": {"name": {"vi": ""}, "fill": "typed"},
    "row": {"name": {"vi": ""}},
    "rule": {"says": "", "severity": "error", "message": {"vi": ""}},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what stands in it."""

    field: Field
    name: str
    value: Any
    told: str = ""  # of an indicator: its name


@dataclass(frozen=True, slots=True)
class Part:
    """A column, row or rule as the page shows it."""

    kind: str
    at: int
    code: str
    main: list[Shown]
    more: list[Shown]
    rest: str  # what the page does not show, to come back unchanged
    level: int
    title: str
    wrong: list[Trouble] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How far its name is indented; deeper than that shows in its level alone."""
        return min(self.level, 4)

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.at}"


# From a definition to the page.


def parts_of_page(definition: Mapping[str, Any], kind: str, opened: str, troubles: Iterable[Trouble]) -> list[Part]:
    items = items_of(definition, kind)
    names = _names(items)
    wrong = placed(definition, troubles)
    return [_part(kind, at, item, opened, names, wrong.get((kind, at), [])) for at, item in enumerate(items)]


def items_of(definition: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    found = definition.get(LISTS[kind])
    return (
        [each if isinstance(each, dict) else {"name": str(each)} for each in found] if isinstance(found, list) else []
    )


def _part(
    kind: str, at: int, item: dict[str, Any], opened: str, names: Mapping[str, str], wrong: list[Trouble]
) -> Part:
    is_open = opened == f"{kind}-{at}"
    shown = (*MAIN[kind], *(MORE[kind] if is_open else ()))
    rest = copy.deepcopy(item)
    for each in shown:
        _put(rest, each, None)
    level = item.get("level", 0)
    return Part(
        kind, at, str(item.get("code", "")),
        [_shown(kind, at, item, each, names) for each in MAIN[kind]],
        [_shown(kind, at, item, each, names) for each in MORE[kind]] if is_open else [],
        json.dumps(rest, ensure_ascii=False), level if isinstance(level, int) and 0 <= level <= 8 else 0,
        title_of(item), wrong,
    )  # fmt: skip


def title_of(item: Mapping[str, Any]) -> str:
    name = item.get("name") or item.get("message") or ""
    return str(name.get("vi", "") if isinstance(name, Mapping) else name) or str(item.get("code", ""))


def _shown(kind: str, at: int, item: Mapping[str, Any], told: Field, names: Mapping[str, str]) -> Shown:
    value = typed_of(item, told)
    name = names.get(value, value) if told.kind == "indicator" else ""
    return Shown(told, f"{kind}-{at}-{told.name}", value, name)


def typed_of(item: Mapping[str, Any], told: Field) -> Any:
    """What stands in a field, as it is typed."""
    if told.of:
        words = item.get(told.of)
        if isinstance(words, Mapping):
            return str(words.get(told.kind) or "")
        return str(words or "") if told.kind == "vi" else ""
    value = item.get(told.name)
    if told.kind == "flag":
        return bool(told.usual if value is None else value)
    if value is None:
        return told.usual if told.kind == "choice" else ""
    if told.kind in ("names", "list") and isinstance(value, list):
        return (" " if told.kind == "names" else "; ").join(map(str, value))
    if told.kind == "pairs" and isinstance(value, Mapping):
        return "; ".join(f"{key}={each}" for key, each in value.items())
    return str(value)


def _names(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    codes = {str(item.get("indicator")) for item in items if item.get("indicator")}
    return {each.code: each.name for each in Indicator.objects.filter(code__in=codes)}


def placed(definition: Mapping[str, Any], troubles: Iterable[Trouble]) -> dict[tuple[str, int], list[Trouble]]:
    """Troubles by the part of the page at which they stand; ("", 0) are those of the form as a whole."""
    at: dict[tuple[str, str], int] = {}
    for kind in PARTS:
        for number, item in enumerate(items_of(definition, kind)):
            at.setdefault((kind, str(item.get("code") or number + 1)), number)
    found: dict[tuple[str, int], list[Trouble]] = {}
    for trouble in troubles:
        word, _space, code = trouble.where.partition(" ")
        if trouble.where.startswith("quy tắc "):
            word, code = "quy tắc", trouble.where.removeprefix("quy tắc ")
        kind = _WHERE.get(word, "")
        place = (kind, at[kind, code]) if (kind, code) in at else ("", 0)
        found.setdefault(place, []).append(trouble)
    return found


# From the page to a definition.


def read_page(posted: QueryDict) -> dict[str, Any]:
    """The definition as it was typed."""
    definition: dict[str, Any] = {
        "frequency": posted.get("frequency", ""),
        "senders": _senders(posted),
        "deadline": _deadline(posted),
        "checks": posted.getlist("checks"),
        "approves": posted.getlist("approves"),
        "provider": posted.get("provider", "").strip() or "department",
    }
    unit = {"vi": posted.get("unit_vi", "").strip(), "en": posted.get("unit_en", "").strip()}
    if unit["vi"]:
        definition["unit"] = {key: value for key, value in unit.items() if value}
    if not definition["deadline"]:
        del definition["deadline"]
    for kind in PARTS:
        definition[LISTS[kind]] = [_item(posted, kind, at) for at in range(_count(posted, kind))]
    return definition


def _count(posted: QueryDict, kind: str) -> int:
    count = posted.get(f"{kind}s", "0")
    return min(int(count[:6]), MOST_PARTS) if count.isdecimal() else 0


def _senders(posted: QueryDict) -> dict[str, Any]:
    senders: dict[str, Any] = {"kinds": posted.getlist("kinds")}
    where: dict[str, list[str]] = {}
    for part in posted.get("where", "").split(";"):
        code, equals, values = part.partition("=")
        if equals and code.strip():
            where[code.strip()] = [each.strip() for each in values.split(",") if each.strip()]
        elif part.strip():
            where[part.strip()] = []
    return senders | ({"where": where} if where else {})


def where_typed(definition: Mapping[str, Any]) -> str:
    """The attributes of senders as they are typed: "grade=hạng 1, hạng 2"."""
    senders = definition.get("senders")
    where = senders.get("where") if isinstance(senders, Mapping) else None
    if not isinstance(where, Mapping):
        return ""
    return "; ".join(
        f"{code}={', '.join(map(str, values))}" for code, values in where.items() if isinstance(values, list)
    )


def _deadline(posted: QueryDict) -> dict[str, Any]:
    shape = posted.get("deadline", "")
    found: dict[str, Any] = {}
    for name in _SHAPES.get(shape, ()):
        typed = posted.get(f"deadline_{name}", "").strip()
        if typed:
            found[name] = _number(typed) if name in _DEADLINE else typed
    return found


def deadline_shape(said: Mapping[str, Any]) -> str:
    if not said:
        return ""
    return "working" if "working_days_after" in said else "year" if "month" in said else "month"


def _item(posted: QueryDict, kind: str, at: int) -> dict[str, Any]:
    item = _rest(posted.get(f"{kind}-{at}-rest", ""))
    for told in (*MAIN[kind], *(MORE[kind] if f"{kind}-{at}-more" in posted else ())):
        _put(item, told, _said(posted, f"{kind}-{at}-{told.name}", told))
    ordered = [each.name for each in MAIN[kind]]
    return dict(sorted(item.items(), key=lambda pair: ordered.index(pair[0]) if pair[0] in ordered else len(ordered)))


def _rest(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(posted: QueryDict, name: str, told: Field) -> Any:
    """What a field says; None for nothing, or for what is usual."""
    typed = posted.get(name, "").strip()
    if told.kind == "pairs" and (more := posted.get(f"{name}_add", "").strip()):
        typed = f"{typed}; {more}" if typed else more
    if told.kind == "flag":
        return None if (name in posted) == told.usual else name in posted
    if told.kind == "indicator":
        return _indicator(posted.get(f"{name}_code", "").strip(), typed)
    if not typed or typed == told.usual:
        return None
    if told.kind == "number":
        return _number(typed)
    if told.kind == "names":
        return re.split(r"[\s,;]+", typed.strip(" ,;"))
    if told.kind == "list":
        return [each.strip() for each in typed.split(";") if each.strip()]
    return _pairs(typed) if told.kind == "pairs" else typed


def _put(item: dict[str, Any], told: Field, value: Any) -> None:
    """Say a field in an item, or take it away."""
    if not told.of:
        if value is None:
            item.pop(told.name, None)
        else:
            item[told.name] = value
        return
    words = item.get(told.of)
    words = dict(words) if isinstance(words, Mapping) else {"vi": str(words)} if words else {}
    words.pop(told.kind, None)
    if value is not None:
        words[told.kind] = value
    if words:
        item[told.of] = {key: words[key] for key in ("vi", "en") if key in words}
    else:
        item.pop(told.of, None)


def _number(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else typed


def _pairs(typed: str) -> dict[str, str] | str:
    found: dict[str, str] = {}
    for part in filter(str.strip, typed.split(";")):
        key, equals, value = part.partition("=")
        if not equals:
            return typed
        found[key.strip()] = value.strip()
    return found


def _indicator(code: str, typed: str) -> str | None:
    """The code that was chosen, or what was typed if that is a code or a name; else the words, to be told of."""
    if code or not typed:
        return code or None
    if Indicator.objects.filter(code=typed).exists():
        return typed
    said = typed.lower()
    exact = [each.code for each in suggest(typed, limit=3) if said in (each.name.lower(), each.matched.lower())]
    return exact[0] if exact else typed


# What a button does to the list that it stands in.


def done(definition: dict[str, Any], asked: str) -> str:
    """Carry out "row:down:3" in place; answers the part to look at, "row-4"."""
    kind, _colon, rest = asked.partition(":")
    verb, _colon, number = rest.partition(":")
    if kind not in PARTS or not number.isdecimal():
        return ""
    items, at = definition[LISTS[kind]], int(number[:6])
    if verb == "below" and len(items) < MOST_PARTS:
        return _inserted(items, kind, min(at + 1, len(items)), _fresh(items, kind, at))
    if at >= len(items):
        return ""
    if verb == "copy" and len(items) < MOST_PARTS:
        like = copy.deepcopy(items[at])
        return _inserted(items, kind, at + 1, like | {"code": _free(items, str(like.get("code") or kind[0]))})
    if verb == "remove":
        items.pop(at)
        return f"{kind}-{max(at - 1, 0)}"
    if verb in ("up", "down"):
        to = min(max(at + (1 if verb == "down" else -1), 0), len(items) - 1)
        items.insert(to, items.pop(at))
        return f"{kind}-{to}"
    if verb in ("in", "out"):
        level = items[at].get("level", 0)
        moved = (level if isinstance(level, int) else 0) + (1 if verb == "in" else -1)
        items[at]["level"] = min(max(moved, 0), 8)
    return f"{kind}-{at}"


def _inserted(items: list[dict[str, Any]], kind: str, at: int, item: dict[str, Any]) -> str:
    items.insert(at, item)
    return f"{kind}-{at}"


def _fresh(items: list[dict[str, Any]], kind: str, at: int) -> dict[str, Any]:
    new = copy.deepcopy(_NEW[kind])
    if kind == "row" and 0 <= at < len(items) and items[at].get("level"):
        new["level"] = items[at]["level"]
    return {"code": _free(items, kind[0])} | new


def _free(items: Iterable[Mapping[str, Any]], like: str) -> str:
    taken = {str(each.get("code")) for each in items}
    stem = like.rstrip("0123456789").rstrip("_")[:36] or "x"
    return next(each for each in (f"{stem}_{number}" for number in range(2, 10_000)) if each not in taken)
