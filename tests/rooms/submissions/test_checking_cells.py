# SPDX-License-Identifier: Apache-2.0
"""What a return says, as the check takes it."""

from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.check.model import Stated
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.known_stated import place_key
from bamsat.rooms.submissions.checking_cells import mended, periods_told, stated_of, written
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import FormVersion, Return
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)


def filled(cast: Cast, version: FormVersion, **texts: str) -> Return:
    sent = open_return(cast.commune_official, version.form, cast.commune, OCTOBER)
    changes = [Change(key.replace("__", "."), text) for key, text in texts.items()]
    return save_cells(cast.commune_official, sent, changes).sent_return


def told(sent: Return) -> dict[str, Stated]:
    return {each.key: each for each in stated_of(grid_of(sent))}


COLUMNS: list[dict[str, Any]] = [
    {"code": "now", "name": "Tháng này", "kind": "estimate"},
    {"code": "done", "name": "Tháng trước", "period": "previous"},
    {"code": "to_date", "name": "Lũy kế", "period": "to_date", "kind": "estimate"},
    {"code": "plan", "name": "Kế hoạch năm", "period": "year", "kind": "plan"},
    {"code": "ratio", "name": "So với cùng kỳ", "unit": "%", "base": "year_ago"},
    {"code": "grew", "name": "Tăng trưởng", "unit": "%", "base": "year_ago"},
    {"code": "of_plan", "name": "So với kế hoạch", "unit": "%", "period": "to_date"},
]
ROWS: list[dict[str, Any]] = [
    {"code": "goods", "name": "Bán lẻ hàng hóa", "indicator": "retail_goods", "unit": "triệu đồng"},
    {
        "code": "food", "name": "Lương thực", "indicator": "retail_goods", "segment": {"retail_group": "food"},
        "unit": "triệu đồng",
    },
    {"code": "markets", "name": "Số chợ", "indicator": "markets", "unit": "chợ"},
]  # fmt: skip


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    return build.form(columns=COLUMNS, rows=ROWS, rules=[])


def test_a_typed_number_is_a_figure_of_its_place_period_and_unit(cast: Cast, version: FormVersion):
    found = told(filled(cast, version, goods__now="3.605,50", food__now="3.164,0"))
    goods, food = found["goods.now"], found["food.now"]
    assert goods.place == place_key(cast.commune)
    assert goods.source == food.source
    assert (goods.figure.indicator, goods.figure.measure, goods.figure.period) == ("retail_goods", "level", "2026-10")
    assert (goods.figure.unit, goods.figure.status, goods.figure.segment) == ("VND", "estimate", None)
    assert goods.figure.number == "3.605,50 triệu đồng"
    assert food.figure.segment == "Lương thực, thực phẩm"


def test_its_rounding_is_half_of_the_last_digit_that_was_typed(cast: Cast, version: FormVersion):
    found = told(filled(cast, version, goods__now="3.605,50", goods__done="3.600", markets__now="12"))
    assert (found["goods.now"].figure.lower, found["goods.now"].figure.upper) == (3_605_495_000, 3_605_505_000)
    assert (found["goods.done"].figure.lower, found["goods.done"].figure.upper) == (3_599_500_000, 3_600_500_000)
    assert (found["markets.now"].figure.lower, found["markets.now"].figure.upper) == (12, 12)


def test_a_column_says_the_period_the_kind_and_the_measure(cast: Cast, version: FormVersion):
    texts = {f"goods__{column['code']}": "100" for column in COLUMNS}
    found = told(filled(cast, version, **texts))
    said = {
        key.partition(".")[2]: (each.figure.measure, each.figure.period, each.figure.base, each.figure.status)
        for key, each in found.items()
    }
    assert said == {
        "now": ("level", "2026-10", None, "estimate"),
        "done": ("level", "2026-09", None, "actual"),
        "to_date": ("level", "2026-01/2026-10", None, "estimate"),
        "plan": ("level", "2026", None, "target"),
        "ratio": ("index", "2026-10", "2025-10", "actual"),
        "grew": ("growth", "2026-10", "2025-10", "actual"),
        "of_plan": ("plan_ratio", "2026-01/2026-10", None, "actual"),
    }


def test_computed_blank_and_unreadable_cells_say_nothing(cast: Cast):
    found = told(filled(cast, build.form(), food__now="3.164,0", clothing__now="abc"))
    assert set(found) == {"food.now"}


def test_the_ledger_is_asked_for_the_periods_beside_the_return(cast: Cast, version: FormVersion):
    periods = periods_told(grid_of(filled(cast, version)))
    assert {"2026-10", "2026-09", "2025-10", "2026", "2025", "2026-01/2026-10", "2025-01/2025-10"} <= set(periods)
    assert {f"2026-{month:02}" for month in range(1, 11)} <= set(periods)


def test_a_mended_number_is_written_as_cells_are(cast: Cast):
    assert written(Decimal("-12.50"), "%") == "−12,50%"
    assert mended("3.605,5 triệu đồng", "triệu đồng") == "3.605,5"
    assert mended("5,3 tỷ đồng", "triệu đồng") == ""
