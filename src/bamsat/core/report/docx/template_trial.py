# SPDX-License-Identifier: Apache-2.0
"""A trial before a template comes into force: it is filled with a made-up report that has a number for every code."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bamsat.core.report.amounts import told
from bamsat.core.report.docx.template import fill
from bamsat.core.report.docx.template_check import Mistake, mistakes
from bamsat.core.report.docx.template_names import Codes
from bamsat.core.report.docx.template_values import TemplateUnfit
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Appendix, Block, Cell, Column, Frame, Paragraph, Report, Row, Table, Words
from bamsat.core.report.wording import Setting
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period

_PERIOD = Period.months(2021, 1, 9)
_FRAME = Frame(
    parent="ỦY BAN NHÂN DÂN TỈNH", organ="SỞ CÔNG THƯƠNG", number="1", symbol="BC-SCT", place="Cao Bằng",
    subject="Thử mẫu", addressee=("Nơi gửi",), bases=("Căn cứ",), recipients=("Nơi nhận", "Lưu: VT"),
    authority="KT. GIÁM ĐỐC", post="PHÓ GIÁM ĐỐC",
)  # fmt: skip


def troubles(template: bytes, codes: Codes, name: str = "mẫu.docx") -> tuple[Mistake, ...]:
    """Every mistake of a template; where none is seen, whatever a trial filling runs into."""
    found = mistakes(template, codes, name)
    if found:
        return found
    sections: dict[str, tuple[Block, ...]] = {code: tuple(_blocks()) for code in codes.sections}
    topics = {code: _topic(code, text) for code, text in codes.indicators.items()}
    sets = {code: tuple(topics)[:10] for code in codes.sets}
    report = Report(
        _FRAME, tuple(_blocks()), (Appendix("Phụ lục", tuple(_blocks())),), attributes={"period": _PERIOD.code}
    )
    try:
        fill(template, report, sections, topics, sets=sets, setting=Setting(_PERIOD, "Cao Bằng"))
    except (TemplateUnfit, FileUnreadable) as error:
        return (Mistake(None, "", error.vi, error.en),)
    return ()


def _fact(measure: str = "level") -> Fact:
    value, unit = (Decimal("5300000000000"), "VND") if measure == "level" else (Decimal("12.77"), "%")
    base = _PERIOD.shift_years(-1) if measure == "growth" else None
    return Fact("industrial_output", measure, value, unit, _PERIOD, base)


def _topic(code: str, name: str) -> Topic:
    part = Topic(code, name, _PERIOD, level=_fact(), segment="khu vực FDI")
    return Topic(
        code, name, _PERIOD, level=_fact(), growth=_fact("growth"), plan_ratio=_fact("plan_ratio"), plan=_fact(),
        share=_fact("share"), parts=(part,), to_date=Topic(code, name, _PERIOD, level=_fact(), growth=_fact("growth")),
    )  # fmt: skip


def _blocks() -> Iterator[Block]:
    yield Paragraph((Words("Giá trị đạt "), told(_fact()), Words(".")))
    head, number = Column(("Chỉ tiêu",)), Column(("Giá trị",), number=True)
    yield Table("Bảng thử", (head, number), (Row((Cell((Words("Giá trị"),)), Cell((told(_fact()),)))),), unit="tỷ đồng")
