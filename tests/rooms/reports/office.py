# SPDX-License-Identifier: Apache-2.0
"""An office with figures of a year in its ledger, and a report of it at any step of its way."""

from __future__ import annotations

import io
from datetime import date

from docx import Document as WordDocument

from bamsat.core.terms.period import Period
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.reports import actions, actions_issue, actions_plan, actions_write
from bamsat.rooms.reports.actions_issue import Register, Uploaded
from bamsat.rooms.reports.models import Report, ReportPlan
from tests import build
from tests.cast import Cast

YEAR = Period.year(2021)
TODAY = date(2022, 1, 20)
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
STEPS = ("begun", "written", "submitted", "returned", "approved", "issued", "dropped")


def with_figures(cast: Cast) -> None:
    """Industrial output and exports of 2021 with their growth, approved into the ledger."""
    build.catalogue()
    told = [
        build.stated("5300000000000"), build.growth("12.77"), build.stated("4700000000000", period="2020"),
        build.stated("703000000", indicator="exports", unit="USD", label="kim ngạch xuất khẩu"),
    ]  # fmt: skip
    document = build.document(cast.specialist, told, title="Số liệu năm 2021")
    for figure in document.figures.order_by("ordinal"):
        figures.accept(cast.head, figure)


def plan_of(cast: Cast) -> ReportPlan:
    said = actions_plan.Said(
        kind="nam", name="Báo cáo tình hình công nghiệp, thương mại năm", frequency="year", since=date(2021, 12, 1),
        deadline={"day": 15, "month": 12, "years_after": 0, "if_off": "before", "time": "17:00"},
        audience="Bộ Công Thương\nỦy ban nhân dân tỉnh\nLưu: VT, KHTCTH", symbol="BC-SCT",
        authority="KT. GIÁM ĐỐC", post="PHÓ GIÁM ĐỐC",
    )  # fmt: skip
    return actions_plan.add_plan(cast.specialist, cast.home, said)


def a_report(cast: Cast, until: str = "written", plan: ReportPlan | None = None) -> Report:
    """The report of 2021, brought as far as `until`."""
    if plan:
        report = actions.begin_planned(cast.specialist, plan, YEAR)
    else:
        report = actions.begin(cast.specialist, cast.home, "nam", YEAR)
    if until == "begun":
        return report
    actions_write.write_draft(cast.specialist, report)
    if until in ("submitted", "returned", "approved", "issued"):
        actions.submit(cast.specialist, report)
    if until == "returned":
        actions.send_back(cast.head, report, "Xem lại mục xuất khẩu")
    if until in ("approved", "issued"):
        actions.approve(cast.head, report)
    if until == "issued":
        actions_issue.issue(cast.clerk, report, Register("7", "BC-SCT", date(2022, 1, 15), "Giám đốc"), TODAY)
    if until == "dropped":
        actions.drop(cast.specialist, report, "Bộ không yêu cầu nữa")
    report.refresh_from_db()
    return report


def edited(content: bytes, sentence: str = "Nhìn chung tình hình ổn định.") -> bytes:
    """The same Word file with one more sentence, as somebody edited it."""
    word = WordDocument(io.BytesIO(content))
    word.add_paragraph(sentence)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def text_of(content: bytes) -> str:
    """All words of a Word file, numbers in their controls included, with plain spaces."""
    word = WordDocument(io.BytesIO(content))
    found = word.element.body.iter(f"{{{WORDS}}}p")
    told = ("".join(each.text or "" for each in paragraph.iter(f"{{{WORDS}}}t")) for paragraph in found)
    return "\n".join(told).replace("\xa0", " ")


def a_pdf(name: str = "ban-ky.pdf", content: bytes = PDF) -> Uploaded:
    return Uploaded(name, content)
