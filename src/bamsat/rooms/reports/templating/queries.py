# SPDX-License-Identifier: Apache-2.0
"""Which template is in force for a kind of report of a place, its history, and the codes that a template may name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bamsat.core.report.docx.template_names import Codes
from bamsat.core.report.docx.template_topics import section_code
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.content.kinds import kinds
from bamsat.rooms.reports.models import Template
from bamsat.rooms.reports.naming import kind_name, offered


@dataclass(frozen=True, slots=True)
class OfKind:
    """A kind of report at a place: the template in force, and all there were."""

    code: str
    name: str
    template: Template | None
    history: list[Template]


def kept(sha256: str) -> bytes:
    """The bytes of a template."""
    return path_of(sha256).read_bytes()


def path_of(sha256: str) -> Path:
    return Path(settings.BAMSAT_DATA) / "files" / sha256[:2] / sha256[2:]


def in_force(place: Place, kind: str) -> Template | None:
    """The template of the place for this kind; none where the last row puts the product's own layout back."""
    last = Template.objects.filter(place=place, kind=kind).order_by("-pk").first()
    return last if last and last.sha256 else None


def template_in_force(place: Place, kind: str) -> bytes | None:
    """Its bytes."""
    row = in_force(place, kind)
    return kept(row.sha256) if row else None


def by_kind(place: Place) -> list[OfKind]:
    """Every kind of report with its templates at the place, in one query."""
    rows: dict[str, list[Template]] = {code: [] for code in offered()}
    for row in Template.objects.filter(place=place).select_related("by").order_by("-pk"):
        rows.setdefault(row.kind, []).append(row)
    return [
        OfKind(code, kind_name(code), found[0] if found and found[0].sha256 else None, found)
        for code, found in rows.items()
    ]


def template_at(place: Place, pk: int) -> Template:
    return Template.objects.select_related("place").get(place=place, pk=pk)


def codes_of(kind: str) -> Codes:
    """The codes that a template of this kind may name, with their Vietnamese names."""
    return Codes(
        indicators=dict(Indicator.objects.order_by("order", "code").values_list("code", "name_vi")),
        sets=dict(sets().values_list("code", "name_vi")),
        sections=sections_of_kind(kind),
    )


def sections_of_kind(kind: str) -> dict[str, str]:
    """The sections of a kind of report: their codes and headings."""
    found = kinds().get(kind)
    if found is None:
        return {}
    headed = [each.heading for each in found.all_sections() if each.heading]
    told = {section_code(heading): heading.replace("{period}", "…").replace("{next}", "…") for heading in headed}
    return {code: heading for code, heading in told.items() if code}
