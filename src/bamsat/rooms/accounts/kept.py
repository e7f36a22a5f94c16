# SPDX-License-Identifier: Apache-2.0
"""What a record of the trail keeps of a change: plain values, not too many, that every database gives back unaltered.

A list or text too long for the trail is cut, and its digest stands for the rest, so what was meant can still be proved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from typing import Any

MOST_ITEMS, MOST_LETTERS, MOST_DEPTH = 50, 2000, 6
# All details together; about ten times what the longest ordinary record has.
MOST_IN_ALL = 40_000


def kept(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details as the trail has them.

    >>> kept({"places": ("a", "b"), "share": 0.5})
    {'places': ['a', 'b'], 'share': '0.5'}
    """
    found = {kept_text(str(name)): _plain(value, MOST_DEPTH) for name, value in details.items()}
    while len(text := written(found)) > MOST_IN_ALL:
        longest = max(found, key=lambda name: len(written(found[name])))
        if isinstance(found[longest], dict) and set(found[longest]) == {"sha256", "letters"}:
            return {"sha256": _digest(text), "letters": len(text)}
        found[longest] = {"sha256": _digest(written(found[longest])), "letters": len(written(found[longest]))}
    return found


def kept_text(text: str) -> str:
    """A text of bounded length, without what PostgreSQL has no room for."""
    text = text.replace("\0", "␀").encode("utf-8", "replace").decode()
    if len(text) <= MOST_LETTERS:
        return text
    return f"{text[:MOST_LETTERS]}… (sha256 {_digest(text)}, {len(text)})"


def written(value: Any) -> str:
    """JSON written one way only, as the digests cover it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool) or (isinstance(value, int) and type(value) is int):
        return value
    if isinstance(value, Mapping) and depth:
        return _some({kept_text(str(name)): _plain(one, depth - 1) for name, one in value.items()})
    if isinstance(value, Set):
        value = sorted(value, key=str)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and depth:
        return _first([_plain(one, depth - 1) for one in value])
    # A float is kept as text: jsonb gives 1e+22 back as a whole number, and the digest would no longer fit.
    return kept_text(str(value))


def _first(items: list[Any]) -> list[Any]:
    if len(items) <= MOST_ITEMS:
        return items
    return [*items[:MOST_ITEMS], {"count": len(items), "sha256": _digest(written(items))}]


def _some(items: dict[str, Any]) -> dict[str, Any]:
    if len(items) <= MOST_ITEMS:
        return items
    return dict(list(items.items())[:MOST_ITEMS]) | {"…": {"count": len(items), "sha256": _digest(written(items))}}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
