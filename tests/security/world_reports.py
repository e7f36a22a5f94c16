# SPDX-License-Identifier: Apache-2.0
"""A report of the office at home, written from its secret figures, planned and issued."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bamsat.core.report.docx.template_start import starting_template
from bamsat.core.report.outline import Frame
from bamsat.core.terms.period import Period
from bamsat.rooms.reports import actions, actions_issue, actions_plan, actions_write
from bamsat.rooms.reports.actions_issue import Register, Uploaded
from bamsat.rooms.reports.models import Report, ReportPlan, Template
from bamsat.rooms.reports.templating.actions import put_template

if TYPE_CHECKING:
    from tests.security.world import World

PDF = b"%PDF-1.7\n%%EOF\n"
TEMPLATES = ("template", "template_start", "template_drop", "template_file", "template_again")
PLANS = ("plan_edit", "plan_end", "plan_resume")


def planned(world: World) -> ReportPlan:
    said = actions_plan.Said(
        "nam", f"{world.mark}: báo cáo", "year", date(2021, 1, 1), audience=f"{world.mark}: nơi nhận",
        deadline={"day": 31, "month": 1, "years_after": 1},
    )  # fmt: skip
    return actions_plan.add_plan(world.cast.specialist, world.cast.home, said)


def issued(world: World) -> Report:
    """The secret report, issued last year with a signed paper."""
    cast = world.cast
    report = actions.begin_planned(cast.specialist, planned(world), Period.year(2021))
    actions_write.write_draft(cast.specialist, report, f"{world.mark}: lý do")
    actions.submit(cast.specialist, report)
    actions.approve(cast.director, report)
    said = Register("7", "BC-SCT", date(2022, 1, 15), f"{world.mark}: người ký")
    actions_issue.issue(cast.director, report, said, date(2022, 2, 1), Uploaded(f"{world.mark}.pdf", PDF))
    return report


def templated(world: World) -> Template:
    """The office's own Word template."""
    content = starting_template(Frame(subject="báo cáo"))
    return put_template(world.cast.director, world.cast.home, "thang", f"{world.mark}.docx", content, world.mark)


def of_reports(world: World) -> dict[str, Any]:
    """What stands for the parameters of the addresses of reports."""
    report = issued(world)
    version = report.issue.version
    template, kinds = templated(world).pk, dict.fromkeys((f"reports:{name}.kind" for name in TEMPLATES), "thang")
    return kinds | {
        "reports.uuid": report.uuid, "reports.version": version.uuid, "reports:download.media": "html", "number": 0,
        "reports:step.what": "duyet", "reports.pk": template,
        **{f"reports:{name}.uuid": report.plan.uuid for name in PLANS if report.plan},
    }  # fmt: skip
