# SPDX-License-Identifier: Apache-2.0
"""Changes to an office's templates. A template with a mistake never comes into force; the one before stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from bamsat.core.report.docx.template_check import Mistake
from bamsat.core.report.docx.template_package import LARGEST_TEMPLATE
from bamsat.core.report.docx.template_trial import troubles
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.models import Template
from bamsat.rooms.reports.naming import offered
from bamsat.rooms.reports.templating.queries import codes_of, in_force, kept

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST_REASON = 1000


class TemplateRefused(BamsatError):
    """A template that does not come into force, with every mistake in it."""

    def __init__(self, mistakes: tuple[Mistake, ...] = (), *, vi: str = "", en: str = "") -> None:
        count = len(mistakes)
        super().__init__(
            vi=vi or f"Mẫu chưa dùng được: có {count} chỗ phải sửa. Mẫu đang dùng giữ nguyên.",
            en=en or f"The template cannot be used: {count} places have to be mended. The one in force stays.",
        )
        self.mistakes = mistakes


def may_define(user: User, place: Place) -> bool:
    """Whether the user sets the templates of a place: who defines its forms does."""
    return rights.may_do(user, place, Function.FORMS)


@transaction.atomic
def put_template(
    by: User, place: Place, kind: str, name: str, content: bytes | BinaryIO | Iterable[bytes], reason: str = ""
) -> Template:
    """Put a template in force for a kind of report of a place, after it was looked through and tried."""
    _ask(by, place, kind)
    name = clean_name(name)
    held = files.keep(name, content, LARGEST_TEMPLATE)
    found = troubles(kept(held.sha256), codes_of(kind), name)
    if found:
        raise TemplateRefused(found)
    before = in_force(place, kind)
    if before and before.sha256 == held.sha256:
        raise TemplateRefused(
            vi=f"Tệp “{name}” chính là mẫu đang dùng, không có gì thay đổi.",
            en=f"The file “{name}” is the template in force; nothing changes.",
        )
    made = Template.objects.create(
        place=place, kind=kind, name=name, sha256=held.sha256, size=held.size, by=by, reason=reason[:LONGEST_REASON]
    )
    audit.record(
        by, "reports.template.put", made, reason, place=place.slug, kind=kind, name=name, sha256=held.sha256,
        before=before.sha256 if before else "",
    )  # fmt: skip
    return made


@transaction.atomic
def drop_template(by: User, place: Place, kind: str, reason: str = "") -> Template:
    """Put the product's own layout back; the office's template stays in the history."""
    _ask(by, place, kind)
    before = in_force(place, kind)
    if before is None:
        raise TemplateRefused(
            vi="Loại báo cáo này đang dùng trình bày có sẵn, không có mẫu riêng để bỏ.",
            en="This kind of report uses the product's own layout; there is no template to drop.",
        )
    made = Template.objects.create(place=place, kind=kind, by=by, reason=reason[:LONGEST_REASON])
    audit.record(by, "reports.template.dropped", made, reason, place=place.slug, kind=kind, before=before.sha256)
    return made


@transaction.atomic
def put_back(by: User, row: Template, reason: str = "") -> Template:
    """Put an earlier template in force again; it is looked through anew, for codes may have gone since."""
    return put_template(by, row.place, row.kind, row.name, kept(row.sha256), reason)


def _ask(by: User, place: Place, kind: str) -> None:
    if kind not in offered():
        raise TemplateRefused(vi="Hãy chọn loại báo cáo.", en="Choose a kind of report.")
    if not may_define(by, place):
        raise NotAllowed(
            vi=f"Anh/chị không đặt mẫu báo cáo của {place.label}. Hãy nhờ lãnh đạo phòng, lãnh đạo Sở hoặc quản trị.",
            en=f"You do not set the templates of {place.label}. Ask a head, a director or an administrator.",
        )
