# SPDX-License-Identifier: Apache-2.0
"""A composed report as a file: Word, PDF, Excel or a web page; the same bytes on a page and from the command."""

from __future__ import annotations

from bamsat.core.report.docx import to_docx
from bamsat.core.report.docx.template import fill
from bamsat.core.report.pdf import to_pdf
from bamsat.core.report.web import page
from bamsat.core.report.xlsx import sheets_of, to_xlsx
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.catalogue.models import Indicator, SetMember
from bamsat.rooms.reports.content.asked import Composed

MEDIA = ("docx", "pdf", "html", "xlsx")


class MediaUnknown(BamsatError):
    """A kind of file that no report is written as."""


def write(composed: Composed, media: str, template: bytes | None = None) -> bytes:
    """The bytes of a report; a template is an office's own Word file and lays out Word alone."""
    report = composed.report
    match media:
        case "docx" if template is not None:
            return fill(template, report, names=names(), sets=members())
        case "docx":
            return to_docx(report)
        case "pdf":
            return to_pdf(report)
        case "html":
            return page(report).encode()
        case "xlsx":
            return to_xlsx(
                sheets_of(report), {"title": report.title, "company": report.frame.organ, **report.attributes}
            )
    every = ", ".join(f".{one}" for one in MEDIA)
    raise MediaUnknown(
        vi=f"Không viết báo cáo ra tệp .{media}. Các loại tệp: {every}.",
        en=f"A report is not written as .{media}. The kinds of file are {every}.",
    )


def names() -> dict[str, str]:
    """The name of every indicator of the catalogue, an office's own among them."""
    return dict(Indicator.objects.values_list("code", "name_vi"))


def members() -> dict[str, list[str]]:
    """The indicators of each set, in its order."""
    found: dict[str, list[str]] = {}
    for held, code in SetMember.objects.order_by("set__code", "order", "pk").values_list(
        "set__code", "indicator__code"
    ):
        found.setdefault(held, []).append(code)
    return found
