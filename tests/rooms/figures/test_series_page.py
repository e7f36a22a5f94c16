# SPDX-License-Identifier: Apache-2.0
"""The page of a series: kinds of period, releases and sources beside each other, breakdowns, downloads; the list."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, IndicatorSet, Provider, SetMember
from bamsat.rooms.catalogue.writing import new_edition
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.figures.histories import ROWS, Asked, History, history
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.series_list import Wanted, series_page
from bamsat.rooms.figures.series_parts import breakdown, releases, side_by_side
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def typed(cast: Cast, value: int, **fields: Any) -> Entry:
    """A number of industrial output of Cao Bằng in 2021 that a person or an import put into the ledger."""
    number = Decimal(value)
    said: dict[str, Any] = {
        "indicator": Indicator.objects.get(code="industrial_output"), "place": cast.home, "segment": "",
        "measure": "level", "unit": "VND", "price_basis": "", "period": Period.parse(str(fields.pop("period", 2021))),
        "base": "", "kind": "actual", "vintage": "official", "value": number, "value_high": None, "of": None,
        "lower": number, "upper": number, "hedge": "", "source": None,
    }  # fmt: skip
    draft = ledger.Draft(**said | fields)
    with transaction.atomic():
        series = ledger.interned([draft])
        lines = ledger.Lines(series.values(), [draft.period.code])
        made = lines.add(draft, series[draft.series_key], cast.specialist, "nhập tay")
        lines.close()
    return made


def told(cast: Cast, **asked: Any) -> History:
    return history(cast.specialist, Indicator.objects.get(code="industrial_output"), cast.home, Asked(**asked))


def shown(cast: Cast, query: str = "") -> str:
    answer = cast.client(cast.specialist).get(f"/so-lieu/industrial_output/cao-bang/{query}")
    return " ".join(answer.content.decode().split())


def test_growth_on_the_period_before_is_computed_or_stated(cast: Cast) -> None:
    for month, value in ((1, 100), (2, 110)):
        typed(cast, value, period=f"2021-{month:02}")
    accept_all(cast.head, build.document(cast.specialist, [growth("7", period="2021-03", base="2021-02")]))
    march, february, january = told(cast).rows
    assert march.growth_on_last
    assert february.growth_on_last
    assert (march.growth_on_last.display, march.growth_on_last.derived) == (7, False)
    assert (february.growth_on_last.display, february.growth_on_last.derived) == (10, True)
    assert january.growth_on_last is None


def test_one_kind_of_period_can_be_chosen_and_long_series_come_in_pages(cast: Cast) -> None:
    for month in range(1, 13):
        for year in (2019, 2020, 2021):
            typed(cast, month, period=f"{year}-{month:02}")
    typed(cast, 99, period=2021)
    typed(cast, 98, period="2021-01/2021-09")
    whole = told(cast)
    assert (whole.kinds, len(whole.rows), whole.pages) == (("month", "year", "so_far"), ROWS, 2)
    assert [row.period for row in told(cast, kind="year").rows] == ["2021"]
    assert [row.period for row in told(cast, kind="so_far").rows] == ["2021-01/2021-09"]
    assert told(cast, kind="month", page=2).rows[-1].period == "2019-01"
    across = shown(cast, "?kieu=thang&dang=cot")
    assert "T12/2021" in across
    assert "T12/2020" not in across


def test_the_releases_of_a_period_stand_in_the_order_in_which_they_became_known(cast: Cast) -> None:
    typed(cast, 100 * 10**9, kind="estimate", vintage="estimate")
    typed(cast, 104 * 10**9, vintage="preliminary")
    typed(cast, 104 * 10**9, vintage="official")
    found = releases(cast.specialist, told(cast), "2021")
    assert [(one.entry.vintage, one.difference) for one in found] == [
        ("estimate", ""), ("preliminary", "+4 (+4%)"), ("official", "không đổi"),
    ]  # fmt: skip


def test_sources_that_differ_stand_side_by_side_and_the_preferred_one_is_heard(cast: Cast) -> None:
    Provider.objects.update_or_create(code="department", defaults={"name_vi": "Sở", "order": 1})
    office, _made = Provider.objects.update_or_create(code="statistics", defaults={"name_vi": "Thống kê", "order": 2})
    SetMember.objects.all().delete()
    typed(cast, 100 * 10**9)
    typed(cast, 98 * 10**9, provider="statistics")
    beside = side_by_side(told(cast))
    assert beside
    assert beside.names == ("Sở", "Thống kê")
    assert [apart for _told, apart in beside.lines[0].values] == ["", "−2 (−2%)"]
    row = told(cast).rows[0]
    assert row.level
    assert (row.level.display, row.level.provider) == (100, "department")
    field = IndicatorSet.objects.create(code="thu", name_vi="Thử", provider=office)
    SetMember.objects.create(set=field, indicator=Indicator.objects.get(code="industrial_output"))
    row = told(cast).rows[0]
    assert row.level
    assert (row.level.display, row.level.provider) == (98, "statistics")
    row = told(cast, provider="department").rows[0]
    assert row.level
    assert row.level.display == 100


def test_breakdowns_are_named_and_have_their_share(cast: Cast) -> None:
    codes = CodeList.objects.create(code="thu-nghiem", version="1", name_vi="Thử nghiệm")
    Code.objects.create(codelist=codes, code="C10", name_vi="Chế biến thực phẩm")
    new_edition()
    typed(cast, 200)
    typed(cast, 50, segment="thu-nghiem:C10")
    typed(cast, 130, segment="khu vực FDI")
    whole = told(cast)
    parts = breakdown(cast.specialist, whole, whole.rows[0])
    assert [(part.name, part.share) for part in parts] == [("khu vực FDI", "65%"), ("Chế biến thực phẩm", "25%")]
    assert "Chế biến thực phẩm" in shown(cast, "?phan-to=thu-nghiem:C10")


def test_a_series_is_downloaded_with_the_entry_of_each_number(cast: Cast) -> None:
    entry = typed(cast, 5_300 * 10**9)
    client = cast.client(cast.specialist)
    answer = client.get("/so-lieu/industrial_output/cao-bang/?tai=csv")
    head, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (line[0], line[2]) == ("2021", "5300")
    assert line[head.index("Bút toán: Giá trị")] == str(entry.uuid)
    assert 'filename="industrial_output-cao-bang.csv"' in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(client.get("/so-lieu/industrial_output/cao-bang/?tai=xlsx").content))
    assert [cell.value for cell in book.active[3]][:3] == ["2021", "Năm 2021", 5300]
    assert client.get("/so-lieu/industrial_output/lang-son/?tai=csv").status_code == 404


def test_the_list_comes_in_pages_and_is_narrowed_by_place_field_source_and_words(cast: Cast) -> None:
    names = [f"product:mặt hàng {n}" for n in range(1, 8)]
    figures = [stated(n, indicator=name, unit="ton") for n, name in enumerate(names, 1)]
    accept_all(cast.head, build.document(cast.specialist, [*figures, stated(5)]))
    typed(cast, 7, provider="statistics")
    first, rest = (series_page(cast.specialist, Wanted(), number, size=5) for number in (1, 2))
    assert (first.count, first.pages, len(first.lines), len(rest.lines)) == (8, 2, 5, 3)
    assert len({line.indicator for line in (*first.lines, *rest.lines)}) == 8
    assert [line.entries for line in first.lines if line.indicator.code == "industrial_output"] == [2]
    field = IndicatorSet.objects.create(code="thu", name_vi="Thử")
    SetMember.objects.create(set=field, indicator=Indicator.objects.get(code=names[0]))

    def codes(**wanted: Any) -> list[str]:
        return [line.indicator.code for line in series_page(cast.specialist, Wanted(**wanted)).lines]

    assert codes(field="thu") == [names[0]]
    assert codes(provider="statistics") == ["industrial_output"]
    assert codes(search="mat hang 3") == [names[2]]
    assert codes(place=cast.elsewhere) == []
    page = cast.client(cast.specialist).get("/so-lieu/?tim=gia+tri+san+xuat&trang=99").content.decode()
    assert "Giá trị sản xuất công nghiệp" in page
