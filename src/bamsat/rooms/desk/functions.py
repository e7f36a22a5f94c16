# SPDX-License-Identifier: Apache-2.0
"""The functions of a department and where each lives, for the help page; the data ships with the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.urls import NoReverseMatch, reverse

from bamsat.ui import words

# A screen about one thing is reached from the list of such things.
LISTS = {"figures:reading": "documents:list", "figures:series": "figures:list", "figures:entry": "figures:list"}


@dataclass(frozen=True, slots=True)
class Function:
    code: str
    name: str
    address: str  # empty: not yet
    sample: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    functions: list[Function]

    @property
    def built(self) -> int:
        return sum(bool(function.address) for function in self.functions)


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files("bamsat").joinpath("data", "functions.yml").read_text(encoding="utf-8")
    )
    return found


def groups() -> list[Group]:
    data, language = _shipped(), words.language()
    made = {group["code"]: Group(group[f"name_{language}"], []) for group in data["groups"]}
    for one in data["functions"]:
        made[one["group"]].functions.append(
            Function(
                code=str(one["code"]),
                name=one[f"name_{language}"],
                address=_address(one.get("screen")),
                sample=one.get(f"sample_{language}") or "",
                lacks=one.get(f"lacks_{language}") or "",
            )
        )
    return [group for group in made.values() if group.functions]


def _address(screen: str | None) -> str:
    if not screen:
        return ""
    try:
        return reverse(LISTS.get(screen, screen))
    except NoReverseMatch:
        return ""
