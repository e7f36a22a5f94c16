# SPDX-License-Identifier: Apache-2.0
"""What a director looks at: nine months of a year beside three whole ones, with plans, in a province of two communes.

Exports are clearly behind their plan, because of one of the communes; industry is ahead of its own.
"""

from __future__ import annotations

from datetime import date

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation import actions as situation
from bamsat.rooms.situation.models import Kind
from tests.cast import Cast

YEAR, DONE = 2026, 9
UNITS = {"industrial_output": "tỷ đồng", "retail_services": "tỷ đồng", "exports": "triệu USD"}
# A month of 2023 and how it swings over the year, then what each year brings on top, the last being this year.
MONTHS = (0, -3, 1, 2, 0, 3, -1, 1, 2, 3, 4, 6)
GROWN = {
    ("industrial_output", "cao-bang"): (400, (0, 30, 65, 110)),
    ("retail_services", "cao-bang"): (700, (0, 40, 90, 130)),
    ("exports", "cao-bang"): (30, (0, 2, 4, -6)),
    ("exports", "xa-nha"): (20, (0, 1, 2, -9)),
    ("exports", "xa-ben"): (10, (0, 1, 2, 3)),
}
TARGETS = {
    ("industrial_output", "cao-bang"): ("5.900 tỷ đồng", "6"), ("retail_services", "cao-bang"): ("9.950 tỷ đồng", ""),
    ("exports", "cao-bang"): ("470 triệu USD", "12"), ("exports", "xa-nha"): ("310 triệu USD", ""),
    ("exports", "xa-ben"): ("160 triệu USD", ""),
}  # fmt: skip


def year_so_far(office: Cast) -> None:
    for place in (office.commune, office.other_commune):
        place.versions.update(valid_from=date(2015, 1, 1))
    lines = ["Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị"]
    for (code, slug), (start, grown) in GROWN.items():
        for back, more in enumerate(grown):
            year = YEAR - 3 + back
            lines += [
                f"{code};{slug};{year}-{month:02};{UNITS[code]};{start + more + MONTHS[month - 1] * start // 100}"
                for month in range(1, (DONE if year == YEAR else 12) + 1)
            ]
    given = intake_actions.receive(office.head, "ba-nam.csv", "\n".join(lines).encode(), Options(), now=True)
    intake = check(given)
    assert intake.rows == len(lines) - 1
    assert not intake.report["left"], intake.report["first"]
    intake_actions.confirm(office.head, intake, now=True)
    write(intake)
    planned(office)
    tied = (Indicator.objects.get(code="exports"),)
    told = "Cửa khẩu đóng hai mươi ngày trong quý III."
    cause = situation.Said(Kind.CAUSE, told, Period.quarter(YEAR, 3), indicators=tied)
    situation.write(office.specialist, office.home, cause, date(YEAR, 10, 5))


def planned(office: Cast) -> None:
    issued = ("100/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(YEAR - 1, 12, 20), f"Kế hoạch năm {YEAR}")
    plan = plans.record_plan(office.head, office.home, *issued, str(YEAR))
    for (code, slug), (level, growth) in TARGETS.items():
        place, indicator = Place.objects.get(slug=slug), Indicator.objects.get(code=code)
        plans.set_target(office.head, plan, indicator, place, level=level, growth=growth)
