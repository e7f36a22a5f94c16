# SPDX-License-Identifier: Apache-2.0
"""Kinds of bodies, as the product ships them (data/directory/kinds.yml): names, rank, and their usual posts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from bamsat.core.terms.data import shipped


@dataclass(frozen=True, slots=True)
class UsualPost:
    """A post that every body of a kind has."""

    title: str
    title_en: str
    leads: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class BodyKind:
    """What sort of body it is; a lower rank stands earlier in a list."""

    code: str
    name: str
    name_en: str
    rank: int
    committee: bool
    posts: tuple[UsualPost, ...]

    @property
    def label(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") else self.name


@cache
def kinds() -> dict[str, BodyKind]:
    """Every kind by its code, in the order of their rank."""
    found = [
        BodyKind(
            code, told["name_vi"], told["name_en"], told["rank"], told.get("committee", False),
            tuple(UsualPost(**post) for post in told.get("posts", ())),
        )
        for code, told in shipped("directory/kinds.yml").items()
    ]  # fmt: skip
    return {kind.code: kind for kind in sorted(found, key=lambda kind: kind.rank)}


def committees() -> list[str]:
    """The codes of the kinds that have members and a programme of work."""
    return [kind.code for kind in kinds().values() if kind.committee]
