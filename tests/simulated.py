# SPDX-License-Identifier: Apache-2.0
"""A year of a department, played day by day through the product's own actions, as it came in: late, corrected, changed.

The clock is the only thing that is not real. What is recorded carries `django.utils.timezone.now()` as the default of
its column, and pages ask the same function what day it is; so that function alone is told another time, in one place
(`Clock`). Nothing else is patched: every row is written by the action that a person's click calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.actions_rows import add_row, change_row
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.tables import INDICATORS, PROVIDERS
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import actions, intake_actions
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Plan
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions_changes import apply
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import ChangeKind, Place, PlaceVersion, Role
from bamsat.rooms.situation import actions as situation
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.submissions.flow import actions as flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import FormVersion, Return
from tests import build
from tests.cast import Cast

YEAR = 2022
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = time(23, 30)
RENAMED = {"Kim ngạch xuất khẩu hàng hóa": "Kim ngạch xuất khẩu"}  # in December, in the catalogue
FORM = [
    {"code": "goods", "name": "Bán lẻ", "indicator": "retail_goods", "unit": "tỷ đồng"},
    {"code": "travel", "name": "Lữ hành", "indicator": "travel_services", "unit": "tỷ đồng"},
]


class _Any(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class Clock:
    """What `django.utils.timezone` takes for the time while a year is played."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @contextmanager
    def running(self) -> Iterator[Clock]:
        clock = self

        class Told(datetime, metaclass=_Any):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return clock.at.astimezone(tz)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "datetime", Told)
            yield self

    def go_to(self, day: date, at: time) -> None:
        self.at = datetime.combine(day, at, HERE)

    def tick(self) -> None:
        self.at += timedelta(minutes=7)

    @property
    def today(self) -> date:
        return self.at.astimezone(HERE).date()


Event = Callable[[], object]


@dataclass
class SimulatedYear:
    """What happens when, in an office with two communes; `play` makes it happen."""

    cast: Cast
    clock: Clock = field(default_factory=lambda: Clock(datetime(YEAR, 1, 1, 8, tzinfo=HERE)))
    plan: Plan | None = None
    late: Return | None = None
    notes: dict[str, Note] = field(default_factory=dict)
    waits: Document | None = None

    def play(self, at_evening: Callable[[date], None]) -> None:
        """Every day of the year: what happens on it, then `at_evening`."""
        with self.clock.running():
            self.begin()
            happens = self.story()
            for number in range(365):
                day = date(YEAR, 1, 1) + timedelta(days=number)
                self.clock.go_to(day, time(8))
                for event in happens.pop(day, ()):
                    event()
                    self.clock.tick()
                self.clock.go_to(day, EVENING)
                at_evening(day)
            assert not happens, "days outside the year"

    def begin(self) -> None:
        cast = self.cast
        build.catalogue()
        for place in (cast.commune, cast.other_commune):
            PlaceVersion.objects.filter(place=place).update(valid_from=date(2015, 1, 1))
        self.elsewhere_in_the_province = build.role(cast.commune_official, "xa-ben", Role.COMMUNE)
        self.form = build.form("ban-le-gon", rows=FORM, rules=[])

    # What happens.

    def story(self) -> Mapping[date, list[Event]]:
        told: dict[date, list[Event]] = defaultdict(list)

        def on(month: int, day: int, event: Callable[..., object], *what: Any, **more: Any) -> None:
            told[date(YEAR, month, day)].append(lambda: event(*what, **more))

        on(1, 5, self.imported, self.history(), kind=EntryKind.ACTUAL)
        on(1, 10, self.planned)
        on(1, 12, self.noted, "objective", Kind.OBJECTIVE, "Giữ vững sản xuất công nghiệp.", str(YEAR))
        on(2, 8, self.reported, 1, "450", "700", "25")
        on(3, 6, self.reported, 2, "380", "640", "20")
        on(3, 9, self.corrected, "retail_services", f"{YEAR}-02", "655")
        on(3, 20, self.returned, self.cast.commune, f"{YEAR}-02", "12,5", "1,5")
        on(4, 7, self.reported, 3, "470", "720", "28")
        on(4, 11, self.returned, self.cast.other_commune, f"{YEAR}-03", "9,5", "0,5")
        on(4, 20, self.noted, "risk", Kind.RISK, "Thiếu điện cho sản xuất.", f"{YEAR}-Q2", likelihood=2, impact=3)
        on(5, 20, self.sent_in, self.cast.commune, f"{YEAR}-04", "13,5", "1,75")  # approved in September only
        on(6, 6, self.reported, 5, "480", "730", "30")  # before April's
        on(6, 24, self.reported, 4, "455", "715", "27")
        on(7, 6, self.reported, 6, "490", "735", "31")
        on(7, 12, self.plan_changed)
        on(7, 20, self.edited, "risk", "Thiếu điện cho sản xuất, nhất là tháng 7.", "số liệu mới")
        on(8, 9, self.reported, 7, "430", "690", "24")
        on(8, 15, self.noted, "cause", Kind.CAUSE, "Cửa khẩu đóng mười ngày.", f"{YEAR}-07")
        on(8, 16, self.corrected, "industrial_output", f"{YEAR}-07", "415")
        on(8, 17, self.withdrawn, "exports", f"{YEAR}-05")
        on(8, 18, self.waiting, 8, "500")
        on(9, 2, self.approved_late)
        on(9, 5, self.withdraw_note, "risk")
        on(9, 9, self.reported, 8, "505", "740", "33")
        on(9, 10, self.approved_waiting)
        on(9, 12, self.new_indicator)
        on(10, 3, self.provider_added)
        on(10, 4, self.heard_from_the_new_provider)
        on(10, 8, self.reported, 9, "510", "745", "34")
        on(10, 15, self.renamed)
        on(10, 18, self.target_of_a_commune)
        on(11, 7, self.reported, 10, "515", "750", "35")
        on(11, 15, self.imported, self.official(), kind=EntryKind.ACTUAL, vintage="official")
        on(12, 1, self.indicator_renamed)
        on(12, 8, self.reported, 11, "520", "760", "36")
        on(12, 20, self.target_removed)
        return told

    # Figures.

    def history(self) -> str:
        """Three years before, month by month, with the totals of the years; one month was never told."""
        lines = ["Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị"]
        for back, year in enumerate(range(YEAR - 3, YEAR)):
            for month in range(1, 13):
                swing = (month * 7) % 12
                output, retail = 360 + 25 * back + 5 * swing, 590 + 30 * back + 4 * swing
                for code, value in (("industrial_output", output), ("retail_services", retail)):
                    if (code, year, month) != ("retail_services", YEAR - 2, 4):
                        lines.append(f"{code};Cao Bằng;{year}-{month:02};tỷ đồng;{value}")
            lines.append(f"exports;Cao Bằng;{year};triệu USD;{260 + 20 * back}")
        lines += [f"retail_goods;Xã Nhà;{YEAR - 1}-{month:02};tỷ đồng;1{month % 10}" for month in range(1, 13)]
        return "\n".join(lines)

    def official(self) -> str:
        return "\n".join(
            ["Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị"]
            + [f"industrial_output;Cao Bằng;{YEAR}-{month:02};tỷ đồng;{440 + 10 * month}" for month in range(1, 4)]
        )

    def imported(self, text: str, kind: str, vintage: str = "") -> None:
        cast = self.cast
        told = Options(kind=kind, vintage=vintage)
        intake = check(intake_actions.receive(cast.specialist, "so-lieu.csv", text.encode(), told, now=True))
        assert not intake.report["left"], intake.report["first"]
        intake_actions.submit(cast.specialist, intake)
        intake_actions.confirm(cast.head, intake, now=True)
        write(intake)

    def reported(self, month: int, output: str, retail: str, exports: str) -> None:
        """The monthly report comes in, is checked by a specialist and approved by the head."""
        self.approve(self.report(month, {"industrial_output": output, "retail_services": retail, "exports": exports}))

    def report(self, month: int, values: Mapping[str, str]) -> Document:
        period = Period.month(YEAR, month).code
        figures = [self.figure(code, value, period) for code, value in values.items()]
        document = build.document(self.cast.specialist, figures, period=period)
        done = actions.accept_all(self.cast.specialist, document)
        assert not done.left, [str(one) for one in done.left]
        return document

    def approve(self, document: Document) -> None:
        done = actions.approve_all(self.cast.head, document)
        assert not done.left, [str(one) for one in done.left]

    def figure(self, code: str, value: str, period: str, **more: Any) -> Figure:
        """Billions of đồng, or millions of dollars, with the half of the last digit that rounding leaves."""
        size, unit = (10**6, "USD") if code == "exports" else (10**9, "VND")
        number, half = Decimal(value) * size, Decimal("0.5") * size
        return build.stated(
            f"{number:f}", indicator=code, unit=unit, period=period, lower=number - half, upper=number + half,
            price_basis="current" if code != "industrial_output" else None, **more,
        )  # fmt: skip

    def waiting(self, month: int, output: str) -> None:
        """Checked, and waiting for the head: a draft, which no number counts."""
        self.waits = self.report(month, {"industrial_output": output})

    def approved_waiting(self) -> None:
        assert self.waits
        for figure in self.waits.figures.all():
            actions.reject(self.cast.specialist, figure, "báo cáo tháng đã nêu số khác")

    def corrected(self, code: str, period: str, value: str) -> None:
        size = 10**6 if code == "exports" else 10**9
        actions.replace(self.cast.head, self.standing(code, period), Decimal(value) * size, "đơn vị đính chính")

    def withdrawn(self, code: str, period: str) -> None:
        actions.withdraw(self.cast.head, self.standing(code, period), "trùng với số của tháng trước")

    def standing(self, code: str, period: str) -> Entry:
        rows = Latest.objects.filter(series__indicator__code=code, series__place=self.cast.home, period=period)
        return rows.get(series__measure="level", kind=EntryKind.ACTUAL).entry

    def new_indicator(self) -> None:
        """Something that nobody had told of before: a product, and a part of an indicator in a month long over."""
        figures = [
            build.stated("12000", indicator="product:thép", unit="ton", period=f"{YEAR}-08"),
            self.figure("industrial_output", "90", f"{YEAR}-07", segment="khu vực FDI"),
        ]
        document = build.document(self.cast.specialist, figures, period=f"{YEAR}-08")
        actions.accept_all(self.cast.specialist, document)
        self.approve(document)

    # Plans.

    def planned(self) -> None:
        decision = ("100/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(YEAR - 1, 12, 20), f"Kế hoạch năm {YEAR}")
        self.plan = plans.record_plan(self.cast.head, self.cast.home, *decision, str(YEAR))
        for code, level, growth in (
            ("industrial_output", "6.000 tỷ đồng", "12"), ("retail_services", "8.600 tỷ đồng", ""),
            ("exports", "350 triệu USD", "16,7"), ("iip", "", "8"),
        ):  # fmt: skip
            plans.set_target(self.cast.head, self.plan, self.indicator(code), level=level, growth=growth)
        plans.set_target(
            self.cast.head, self.plan, self.indicator("industrial_output"), period=f"{YEAR}-07", level="500 tỷ đồng"
        )

    def plan_changed(self) -> None:
        """In July the council lowers what it asked for."""
        assert self.plan
        decision = ("145/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(YEAR, 7, 8), f"Điều chỉnh kế hoạch năm {YEAR}")
        self.plan = plans.supersede(self.cast.head, self.plan, *decision, "sáu tháng khó khăn")
        plans.set_target(
            self.cast.head, self.plan, self.indicator("industrial_output"), level="5.600 tỷ đồng", growth="5",
            reason="nghị quyết điều chỉnh",
        )  # fmt: skip

    def target_of_a_commune(self) -> None:
        assert self.plan
        plans.set_target(
            self.cast.head, self.plan, self.indicator("retail_goods"), self.cast.commune, level="160 tỷ đồng"
        )

    def target_removed(self) -> None:
        assert self.plan
        row = Latest.objects.get(series__indicator__code="exports", kind=EntryKind.PLAN, series__measure="level")
        plans.remove_target(self.cast.head, self.plan, row.entry, "không giao nữa")

    def indicator(self, code: str) -> Indicator:
        return Indicator.objects.get(code=code)

    # Returns of communes.

    def sent_in(self, place: Place, period: str, goods: str, travel: str) -> Return:
        form: FormVersion = self.form
        texts = {"goods.now": goods, "travel.now": travel}
        self.late = build.sent(self.cast.commune_official, form, place, period, texts)
        return self.late

    def returned(self, place: Place, period: str, goods: str, travel: str) -> None:
        self._approve_return(self.sent_in(place, period, goods, travel))

    def approved_late(self) -> None:
        assert self.late
        self._approve_return(self.late)

    def _approve_return(self, sent: Return) -> None:
        flow.check(self.cast.specialist, sent)
        actions_many.approve(self.cast.head, sent)

    # The situation.

    def noted(self, name: str, kind: str, text: str, period: str, **more: Any) -> None:
        said = situation.Said(kind, text, Period.parse(period), **more)
        self.notes[name] = situation.write(self.cast.specialist, self.cast.home, said, self.clock.today)

    def edited(self, name: str, text: str, reason: str) -> None:
        note = self.notes[name]
        said = situation.Said(note.kind, text, Period.parse(note.period), likelihood=3, impact=3)
        self.notes[name] = situation.edit(self.cast.specialist, note, said, self.clock.today, reason)

    def withdraw_note(self, name: str) -> None:
        self.notes[name] = situation.withdraw(self.cast.specialist, self.notes[name], "đã hết")

    # The catalogue and the tree.

    def provider_added(self) -> None:
        cells = {"code": "tax", "name_vi": "Cơ quan thuế", "name_en": "Tax office", "order": "5"}
        add_row(self.cast.administrator, PROVIDERS, cells)

    def heard_from_the_new_provider(self) -> None:
        """It says otherwise than the department, and is heard first."""
        figure = self.figure("retail_services", "699", f"{YEAR}-06")
        document = build.received(self.cast.specialist)
        document = build.document(self.cast.specialist, [figure], period=f"{YEAR}-06")
        Document.objects.filter(pk=document.pk).update(provider="tax")
        document.refresh_from_db()
        actions.accept_all(self.cast.specialist, document)
        self.approve(document)

    def indicator_renamed(self) -> None:
        row = self.indicator("exports")
        cells = {"name_vi": next(iter(RENAMED)), "name_en": "Exports of goods"}
        change_row(self.cast.administrator, INDICATORS, row, cells, "tên theo quy định mới")

    def renamed(self) -> None:
        change = Change(
            ChangeKind.RENAME, date(YEAR, 10, 15), "Nghị quyết đổi tên", (self.cast.other_commune.pk,),
            begins=(Begin("Thắng Lợi", word="xã"),),
        )  # fmt: skip
        apply(self.cast.administrator, change)
