# SPDX-License-Identifier: Apache-2.0
"""Reports at every step of their way, planned and on request, and the pages of all of them."""

from __future__ import annotations

from tests.cast import Cast
from tests.rooms.reports.office import a_report, plan_of, with_figures


def addresses(office: Cast) -> list[str]:
    """What a head finds: the lists, a draft that lacks much, one returned, one to approve, one issued."""
    assert office.clerk.pk
    with_figures(office)
    issued = a_report(office, "issued", plan_of(office))
    found = {state: a_report(office, state) for state in ("begun", "written", "submitted", "returned", "dropped")}
    plan = issued.plan
    assert plan is not None
    return [
        "/bao-cao/", "/bao-cao/?tim=cong-nghiep", "/bao-cao/?tim=khong-co", "/bao-cao/moi/",
        "/bao-cao/ke-hoach/", "/bao-cao/ke-hoach/them/", f"/bao-cao/ke-hoach/{plan.uuid}/",
        *(f"/bao-cao/{one.uuid}/" for one in (*found.values(), issued)),
        f"/bao-cao/{found['written'].uuid}/the-thuc/", f"/bao-cao/{issued.uuid}/doi-chieu/",
    ]  # fmt: skip


def to_issue(office: Cast) -> list[str]:
    """What a clerk finds: a report that was approved, and the form of the register."""
    with_figures(office)
    approved = a_report(office, "approved")
    return ["/bao-cao/", f"/bao-cao/{approved.uuid}/", f"/bao-cao/{approved.uuid}/ban-hanh/"]
