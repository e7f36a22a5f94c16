# SPDX-License-Identifier: Apache-2.0
"""What an office issues again and again: added, changed, ended, taken up again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.act.deadlines import DeadlineRule
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.actions import Refused, lines_of
from bamsat.rooms.reports.models import Frequency, ReportPlan
from bamsat.rooms.reports.naming import asks_for_field, frequency_of, kind_name, offered
from bamsat.rooms.submissions.models import Form

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """All that a plan says."""

    kind: str
    name: str
    frequency: str
    since: date
    audience: str = ""
    deadline: dict[str, Any] = field(default_factory=dict)
    field: IndicatorSet | None = None
    forms: tuple[str, ...] = ()
    symbol: str = ""
    authority: str = ""
    post: str = ""


@transaction.atomic
def add_plan(by: User, place: Place, said: Said) -> ReportPlan:
    """A report that the place issues in every period from a day on."""
    rights.ask(by, place, rights.WRITE, said.field)
    columns = _columns(place, said)
    made = ReportPlan.objects.create(place=place, created_by=by, **columns)
    audit.record(by, "reports.plan.added", made, **_told(made))
    return made


@transaction.atomic
def change_plan(by: User, plan: ReportPlan, said: Said) -> ReportPlan:
    """What it says from now on; reports that were begun keep what they have."""
    held = _held(by, plan)
    rights.ask(by, held.place, rights.WRITE, said.field)
    if held.reports.exists() and (said.kind, said.frequency) != (held.kind, held.frequency):
        raise Refused(
            vi="Đã có báo cáo theo kế hoạch này nên không đổi loại và định kỳ. "
            "Hãy thôi kế hoạch này và lập kế hoạch mới.",
            en="Reports of this plan exist, so its kind and frequency stay. End it and make a new plan.",
        )
    for name, value in _columns(held.place, said, held).items():
        setattr(held, name, value)
    held.save()
    audit.record(by, "reports.plan.changed", held, **_told(held))
    return held


@transaction.atomic
def end_plan(by: User, plan: ReportPlan, until: date, reason: str) -> ReportPlan:
    """No report falls due by it from this day on."""
    held = _held(by, plan)
    if not reason.strip():
        raise Refused(
            vi="Hãy ghi lý do thôi làm báo cáo này.", en="Say why this report is no longer issued."
        )  # fmt: skip
    if until < held.since:
        raise Refused(
            vi=f"Ngày thôi không thể trước ngày bắt đầu {held.since:%d/%m/%Y}.",
            en=f"It cannot end before it began on {held.since:%d/%m/%Y}.",
        )
    held.until = until
    held.save(update_fields=["until"])
    audit.record(by, "reports.plan.ended", held, reason.strip(), **_told(held))
    return held


@transaction.atomic
def resume_plan(by: User, plan: ReportPlan) -> ReportPlan:
    """What was ended falls due again."""
    held = _held(by, plan)
    held.until = None
    held.save(update_fields=["until"])
    audit.record(by, "reports.plan.resumed", held, **_told(held))
    return held


def _held(by: User, plan: ReportPlan) -> ReportPlan:
    held = ReportPlan.objects.select_for_update(of=("self",)).select_related("place", "field").get(pk=plan.pk)
    rights.ask(by, held.place, rights.WRITE, held.field)
    return held


def _columns(place: Place, said: Said, held: ReportPlan | None = None) -> dict[str, Any]:
    name = " ".join(said.name.split())
    if not name:
        raise Refused(vi="Hãy ghi tên báo cáo.", en="Name the report.")
    if said.kind not in offered():
        raise Refused(vi="Hãy chọn loại báo cáo.", en="Choose a kind of report.")
    if said.frequency not in Frequency.values:
        raise Refused(vi="Hãy chọn định kỳ của báo cáo.", en="Choose how often it is issued.")
    wanted = frequency_of(said.kind)
    if wanted and wanted != said.frequency:
        raise Refused(
            vi=f"{kind_name(said.kind)} có định kỳ “{wanted.label}”. Hãy chọn lại.",
            en=f"“{kind_name(said.kind)}” comes every “{wanted.label}”. Choose again.",
        )
    if asks_for_field(said.kind) and said.field is None:
        raise Refused(
            vi="Báo cáo chuyên đề cần một bộ chỉ tiêu. Hãy chọn lĩnh vực.",
            en="A thematic report needs a set of indicators. Choose a field.",
        )
    _named_once(place, name, held)
    deadline = DeadlineRule.parse(said.deadline).written() if said.deadline else {}
    known = set(Form.objects.filter(code__in=said.forms).values_list("code", flat=True))
    return {
        "kind": said.kind, "name": name[:300], "frequency": said.frequency, "since": said.since, "deadline": deadline,
        "audience": "\n".join(lines_of(said.audience)), "field": said.field,
        "forms": [code for code in said.forms if code in known], "symbol": " ".join(said.symbol.split())[:60],
        "authority": " ".join(said.authority.split())[:60], "post": " ".join(said.post.split())[:120],
    }  # fmt: skip


def _named_once(place: Place, name: str, held: ReportPlan | None) -> None:
    others = ReportPlan.objects.filter(place=place, until=None)
    others = others.exclude(pk=held.pk) if held else others
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise Refused(
            vi=f"{place.label} đã có kế hoạch “{name}”. Hãy đặt tên khác, hoặc sửa kế hoạch ấy.",
            en=f"{place.label} has a plan “{name}” already. Give another name, or change that plan.",
        )


def _told(plan: ReportPlan) -> dict[str, Any]:
    told = {
        "plan": str(plan.uuid), "place": plan.place.slug, "kind": plan.kind, "name": plan.name,
        "frequency": str(plan.frequency), "deadline": plan.deadline, "forms": plan.forms,
        "audience": plan.audience, "since": plan.since.isoformat(),
        "until": plan.until.isoformat() if plan.until else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
