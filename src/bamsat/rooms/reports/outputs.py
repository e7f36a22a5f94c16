# SPDX-License-Identifier: Apache-2.0
"""The files of a version: its bytes as they were kept, and its other forms, made from its outline and kept then."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from bamsat.core.report import keeping
from bamsat.core.report.charts import svg
from bamsat.core.report.outline import Chart, Lacking
from bamsat.core.report.outline import Report as Outline
from bamsat.core.report.web import page
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents import files
from bamsat.rooms.reports.content.asked import Composed
from bamsat.rooms.reports.models import Rendering, Template, Version
from bamsat.rooms.reports.writing import write

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
}
KEPT = ("pdf", "xlsx", "html")  # forms of an issued version
LARGEST = 256 * 1024 * 1024  # what we wrote ourselves is kept whatever an upload may be


class NoSuchForm(BamsatError):
    """A form that a version does not have: an edited Word file has no outline of ours."""


def path_of(sha256: str) -> Path:
    """Where kept bytes lie."""
    return Path(settings.BAMSAT_DATA) / "files" / sha256[:2] / sha256[2:]


def bytes_of(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def outline_of(version: Version) -> tuple[Outline, tuple[Lacking, ...]]:
    """What the version was written from, with what it lacked; NoSuchForm for one that came from outside."""
    if not version.outline:
        raise _no_such_form()
    return keeping.from_bytes(bytes_of(version.outline))


def keep_outline(outline: Outline, lacking: tuple[Lacking, ...]) -> str:
    return files.keep("outline.json", keeping.to_bytes(outline, lacking), LARGEST).sha256


def template_bytes(template: Template | None) -> bytes | None:
    return bytes_of(template.sha256) if template and template.sha256 else None


def in_form(version: Version, media: str) -> Path:
    """The version as a file of this kind: its own bytes, a form kept with it, or one made when first asked for.

    Looking changes nothing that is told: what is made here lies beside the files, and can be made again.
    """
    if media == version.media:
        return path_of(version.sha256)
    found = version.renderings.filter(media=media).first()
    if found:
        return path_of(found.sha256)
    made = Path(settings.BAMSAT_DATA) / "renderings" / f"{version.uuid}.{media}"
    if not made.exists():
        _put(made, _content(version, media))
    return made


def keep_forms(version: Version) -> None:
    """Keep the PDF, the workbook and the page of an issued version: whatever the product writes later, these stay."""
    if not version.outline:
        return
    for media in KEPT:
        kept = files.keep(f"{version.uuid}.{media}", in_form(version, media).read_bytes(), LARGEST)
        Rendering.objects.create(version=version, media=media, sha256=kept.sha256, size=kept.size)


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all, whoever else asks in the same moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="making-", dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).replace(path)


def _content(version: Version, media: str) -> bytes:
    outline, lacking = outline_of(version)
    return _chart(outline, media) if media.startswith("svg") else _written(version, outline, lacking, media)


def _written(version: Version, outline: Outline, lacking: tuple[Lacking, ...], media: str) -> bytes:
    if media == "html":
        return page(outline).encode()
    if media not in MEDIA:
        raise _no_such_form()
    return write(Composed(outline, lacking, version.numbers), media)


def _chart(outline: Outline, media: str) -> bytes:
    """A chart by its place in the whole report, counted from 0 as the web page counts."""
    charts = [block for block in outline.all_blocks() if isinstance(block, Chart)]
    number = int(media.removeprefix("svg"))
    if number >= len(charts):
        raise _no_such_form()
    return svg(charts[number].spec).encode()


def _no_such_form() -> NoSuchForm:
    return NoSuchForm(
        vi="Bản này chỉ có tệp Word của nó. Hãy tải tệp Word.",
        en="This version has its Word file alone. Download the Word file.",
    )
