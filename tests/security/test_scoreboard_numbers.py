# SPDX-License-Identifier: Apache-2.0
"""Numbers that no page expects are told, or told to be missing; they are never a fault."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.documents.models import FigureState
from bamsat.rooms.figures.actions import accept, accept_all
from bamsat.rooms.figures.plans import actions as plans
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.walk

PAGES = (
    "/bang-diem/", "/bang-diem/bieu-do/", "/bang-diem/ban-do/", "/bang-diem/xep-hang/", "/bang-diem/nam-nam/",
    "/bang-diem/muc-tieu-kep/", "/bang-diem/vi-sao/industrial_output/", "/tinh-hinh/",
)  # fmt: skip
BY = ("gia-tri", "tang-truong", "ke-hoach", "dong-gop", "trang-thai")
HUGE = 9_000_000_000_000_000_000


def keep(cast: Cast, figures: Iterable[Figure]) -> None:
    """In the ledger, those too that contradict each other."""
    document = build.document(cast.specialist, list(figures))
    accept_all(cast.head, document)
    for figure in document.figures.exclude(state=FigureState.ACCEPTED).order_by("ordinal"):
        accept(cast.head, figure)


def months(value: int, year: int = 2021, numbers: Iterable[int] = range(1, 13), **fields: object) -> list[Figure]:
    return [build.stated(value, period=Period.month(year, each).code, **fields) for each in numbers]


def planned(cast: Cast, level: str, period: str = "2021", target_for: str = "") -> None:
    plan = plans.record_plan(
        cast.specialist, cast.home, f"{level}/NQ-HĐND", "Hội đồng nhân dân tỉnh", build.IN_USE_SINCE.date(), "x", period
    )
    plans.set_target(cast.specialist, plan, Indicator.objects.get(code="industrial_output"), level=level)


def faults(cast: Cast, periods: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    client, found = cast.client(cast.director), []
    client.raise_request_exception = False
    for page in PAGES:
        ways = [{"theo": by} for by in BY] if page.endswith(("ban-do/", "xep-hang/")) else [{}]
        asked = [ky for ky in periods if len(ky) == 4 or page in PAGES[:2]]
        for told in [{"noi": "cao-bang", "ky": ky} | way for ky in asked for way in ways]:
            if page.endswith(("ban-do/", "xep-hang/")):
                told |= {"chi-tieu": "industrial_output"}
            if client.get(page, told).status_code != 200:
                found.append((page, told))
    return found


@pytest.fixture
def home(cast: Cast) -> Cast:
    build.catalogue()
    assert cast.commune.pk
    assert cast.other_commune.pk
    return cast


def everywhere(figures: Iterable[Figure]) -> list[Figure]:
    """The same of the province and of its two communes."""
    return [replace(one, area=area) for one in figures for area in ("Cao Bằng", "Xã Nhà", "Xã Bên")]


PERIODS = ("2021", "2021-02")  # every page is asked for a year; of a month the board and its small charts
PLANS = (f"{HUGE} đồng", "0 đồng", "100 đồng")
CASES = {
    "huge": everywhere([*months(HUGE, 2020, [1, 2]), *months(HUGE, 2021, [1, 2])]),
    "huge years": everywhere(build.stated(HUGE, period=str(year)) for year in range(2016, 2022)),
    "negative": everywhere([*months(-5, 2020, [1, 2]), *months(-7, 2021, [1, 2])]),
    "zero": everywhere([*months(0, 2020, [1, 2]), *months(0, 2021, [1, 2])]),
    "nothing after something": everywhere([*months(9, 2020, [1, 2]), *months(0, 2021, [1, 2])]),
    "signs that change": everywhere([*months(-9, 2020, [1]), *months(9, 2021, [1]), build.stated(-3, period="2019")]),
    "february alone": everywhere(months(3, 2021, [2])),
    "gap of ten years": everywhere([*months(3, 2011, [1, 2]), *months(4, 2021, [1, 2, 4])]),
    "stated thrice": everywhere(
        [*months(3, 2021), build.stated(9, period="2021-Q1"), build.stated(40, period="2021"),
         build.stated(21, period="2021-01/2021-07")]
    ),
    "range": everywhere(
        [build.stated(3, period="2021", value_high=None, hedge="hơn"), build.stated(2, period="2020", hedge="gần")]
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(CASES))
def test_no_number_is_a_fault(home: Cast, case: str):
    keep(home, CASES[case])
    planned(home, PLANS[list(CASES).index(case) % len(PLANS)])
    assert faults(home, PERIODS) == []


@pytest.mark.parametrize(
    ("adds_up", "case"), [(AddsUp.STOCK, "huge"), (AddsUp.INDEX, "stated thrice"), (AddsUp.RATIO, "huge")]
)
def test_no_kind_of_indicator_is_a_fault(home: Cast, adds_up: str, case: str):
    Indicator.objects.filter(code="industrial_output").update(adds_up=adds_up)
    keep(home, CASES[case])
    assert faults(home, PERIODS) == []


@pytest.mark.parametrize(
    ("targets", "done"),
    [(("0 đồng", "2021/2025"), HUGE), ((f"{HUGE} đồng", "2021/2025"), -5), (("1 đồng", "2021/2030"), 0)],
)
def test_no_target_of_five_years_is_a_fault(home: Cast, targets: tuple[str, str], done: int):
    keep(home, [build.stated(done, period=str(year)) for year in (2020, 2021, 2022)])
    planned(home, *targets)
    client = home.client(home.director)
    for page in ("/bang-diem/nam-nam/", "/bang-diem/", "/bang-diem/vi-sao/industrial_output/"):
        for period in ("2021", targets[1]):
            assert client.get(page, {"noi": "cao-bang", "ky": period}).status_code == 200


def test_three_hundred_breakdowns_are_no_fault(home: Cast):
    keep(home, [build.stated(n + 1, segment=f"nhóm số {n}") for n in range(300)] + [build.stated(90_000)])
    assert faults(home, ["2021"]) == []
