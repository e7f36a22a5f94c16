# SPDX-License-Identifier: Apache-2.0
"""Breakdowns in codes ("industry:C10|partner:CN"), and which one is a part of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bamsat.rooms.catalogue.models import Code


def codes_of(segment: str) -> dict[str, str] | None:
    """List and code of each dimension; None for a breakdown in free words.

    >>> codes_of("industry:C10|partner:CN"), codes_of(""), codes_of("khu vực FDI")
    ({'industry': 'C10', 'partner': 'CN'}, {}, None)
    """
    if not segment:
        return {}
    pairs = [part.partition(":") for part in segment.split("|")]
    if not all(head and colon and tail and " " not in head for head, colon, tail in pairs):
        return None
    return {head: tail for head, _colon, tail in pairs}


def segment_of(codes: dict[str, str]) -> str:
    """
    >>> segment_of({"partner": "CN", "industry": "C10"})
    'industry:C10|partner:CN'
    """
    return "|".join(f"{codelist}:{code}" for codelist, code in sorted(codes.items()))


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """The codes above the codes that some breakdowns use."""

    above: dict[tuple[str, str], str]

    @classmethod
    def of(cls, segments: Iterable[str]) -> Breakdowns:
        lists = {codelist for segment in set(segments) for codelist in codes_of(segment) or {}}
        rows = Code.objects.filter(codelist__code__in=lists, parent__isnull=False) if lists else Code.objects.none()
        pairs = rows.values_list("codelist__code", "code", "parent__code")
        return cls({(codelist, code): above for codelist, code, above in pairs})

    def part_of(self, part: str, whole: str) -> str:
        """The list by which `part` is directly below `whole`; nothing where it is not."""
        below, above = codes_of(part), codes_of(whole)
        if not below or above is None or any(codelist not in below for codelist in above):
            return ""
        differing = [codelist for codelist, code in below.items() if above.get(codelist) != code]
        if len(differing) != 1:
            return ""
        codelist = differing[0]
        return codelist if self.above.get((codelist, below[codelist])) == above.get(codelist) else ""
