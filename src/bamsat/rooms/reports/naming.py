# SPDX-License-Identifier: Apache-2.0
"""What kinds of report are called, and what a report and its file are called."""

from __future__ import annotations

import re

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.reports.content.kinds import kinds
from bamsat.rooms.reports.models import Frequency, Report, ReportPlan
from bamsat.rooms.submissions.period_words import period_name
from bamsat.ui import words

# In the official document, whatever the language of the page.
_SUBJECTS = {
    "chuyen-de": "Báo cáo chuyên đề", "hoi-nghi": "Báo cáo tại hội nghị", "phong-van": "Tài liệu trả lời phỏng vấn",
    "bang-nam": "Bảng số liệu", "luoi-thang": "Chỉ tiêu công nghiệp, thương mại",
    "bieu-10": "Báo cáo công tác phát triển chợ", "mot-trang": "Tóm tắt tình hình công nghiệp, thương mại",
}  # fmt: skip
_OFFICIAL = "Báo cáo tình hình công nghiệp, thương mại"
_PERIOD_AT_END = re.compile(r"\s+(?:tháng|quý|năm|6 tháng|9 tháng|5 năm|hằng năm|hằng quý|hằng tháng)$", re.IGNORECASE)
LONGEST_NAME = 120


def offered() -> list[str]:
    """The codes of the kinds that can be written."""
    return list(kinds())


def kind_name(code: str) -> str:
    """What pages call a kind, in their language; the code of one that is no longer shipped."""
    kind = kinds().get(code)
    if kind is None:
        return code
    return kind.name_en if words.language() == "en" else kind.name_vi


def frequency_of(code: str) -> Frequency | None:
    """How often a kind comes; nothing where it is written on request or unknown."""
    kind = kinds().get(code)
    return Frequency(kind.frequency) if kind and kind.frequency != Frequency.ONCE else None


def asks_for_field(code: str) -> bool:
    """Whether a kind is about one indicator set, which has to be named."""
    kind = kinds().get(code)
    return kind is not None and kind.asks_for_field


def title_of(kind: str, period: Period, plan: ReportPlan | None = None, field: str = "") -> str:
    """The official title of a report, in Vietnamese: "Báo cáo tình hình công nghiệp, thương mại tháng 10/2026"."""
    name = _PERIOD_AT_END.sub("", plan.name) if plan else _SUBJECTS.get(kind, _OFFICIAL)
    if field:
        name = f"{name}: {field}," if not plan else name
    return f"{name} {period_name(period)}"


def file_name(report: Report, media: str, mark: str = "") -> str:
    """ "bao-cao-thang-cao-bang-2026-10.docx": a name that every system takes, from words that people know."""
    kind = report.kind if report.kind.startswith("bao-cao") else f"bao-cao-{report.kind}"
    period = report.period.replace("/", "_")
    return f"{_plain(f'{kind}-{report.place.slug}-{period}{mark}')}.{media}"


def titled_file(report: Report, media: str, mark: str = "") -> str:
    """The same for people: the report's own title, as a file name."""
    told = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", f"{report.title} {report.place.label}{mark}").split())
    return f"{told[:LONGEST_NAME].rstrip(' .')}.{media}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9_.-]+", "-", fold(text)).strip("-")
