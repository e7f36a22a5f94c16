# SPDX-License-Identifier: Apache-2.0
"""The same comparison says the same of the ledger and of what was published from it; the page's examples run."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest
from ibis.expr.types import Table

from bamsat.core.compare.compiled import sql
from bamsat.core.compare.expressions import monthly, new_year
from bamsat.core.compare.published import answers, opened
from bamsat.core.compare.tables import OBSERVATIONS, SERIES, TABLES
from bamsat.rooms.exchange.actions import publish
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.figures.compared import compared, observations, series_rows
from bamsat.rooms.figures.models import Series
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> Path:
    """Two years of a province, with months that nobody reported and a plan; a few months of another one."""
    build.catalogue()
    choose = random.Random(6)
    reported(cast, "Cao Bằng", [f"{y}-{m:02}" for y in (2020, 2021) for m in range(1, 13) if choose.random() < 0.8])
    reported(cast, "Lạng Sơn", ["2020-01", "2020-02", "2021-01", "2021-02"])
    publish(None, tmp_path / "cong-bo", Asked())
    return tmp_path / "cong-bo"


@pytest.fixture
def small(cast: Cast, tmp_path: Path) -> Path:
    build.catalogue()
    reported(cast, "Cao Bằng", ["2021-01"])
    publish(None, tmp_path / "cong-bo", Asked())
    return tmp_path / "cong-bo"


def reported(cast: Cast, area: str, months: list[str]) -> None:
    choose = random.Random(area)
    told = [stated(choose.randint(10, 10**6), area=area, period=month, status="actual") for month in months]
    told.append(stated(choose.randint(10**6, 10**7), area=area, period="2021", status="target"))
    for figure in build.document(cast.administrator, told, area=area).figures.all():
        accept(cast.administrator, figure)


def totals() -> Table:
    """What each place's figures of a year add up to, and how many they are."""
    rows = ibis.table(OBSERVATIONS.types, name="observations").join(ibis.table(SERIES.types, name="series"), "series")
    one = rows.filter((rows.first_month == rows.last_month) & (rows.measure == "level"))
    return one.group_by("place", "indicator", "year").aggregate(total=one.value.sum().cast("int64"), months=one.count())


@pytest.mark.parametrize("expression", [totals, monthly, new_year])
def test_a_comparison_says_the_same_of_the_ledger_and_of_what_was_published(
    folder: Path, expression: Callable[[], Table]
) -> None:
    every = Series.objects.all()
    of_ledger = compared(expression, observations=observations(every), series=series_rows(every))
    assert len(of_ledger) > 2
    assert in_order(answers(opened(folder), expression())) == in_order(of_ledger)


def in_order(rows: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    plain = [
        sorted((name, round(value, 9) if isinstance(value, float) else value) for name, value in row.items())
        for row in rows
    ]
    return sorted(plain, key=repr)


def test_spark_is_asked_over_the_same_names() -> None:
    text = sql(totals(), "pyspark")
    assert "`observations`" in text or " observations " in text


def test_the_examples_of_the_page_run_where_it_lies(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small)
    page = Path("README.md").read_text(encoding="utf-8")
    asked = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert [len(duckdb.sql(each).fetchall()) for each in asked] == [1]
    for_duckdb, for_spark = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(for_duckdb, "README.md", "exec"), {})
    assert "actual" in capsys.readouterr().out
    compile(for_spark, "README.md", "exec")


def test_the_examples_of_the_documentation_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    for_duckdb, for_spark = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    made: dict[str, Any] = {}
    exec(compile(for_duckdb, "publishing.md", "exec"), made)
    assert {"value", "growth_same", "to_date", "plan_ratio"} <= set(made["rows"][0])
    compile(for_spark, "publishing.md", "exec")


def test_spark_is_given_every_table_with_the_types_of_comparisons(small: Path) -> None:
    """A session that writes down what it is asked; the examples run on a real one where Spark is installed."""
    asked: list[tuple[str, ...]] = []

    class Session:
        read = property(lambda self: self)

        def parquet(self, path: str) -> Session:
            assert Path(path).exists()
            asked.append((Path(path).name,))
            return self

        def selectExpr(self, *columns: str) -> Session:  # noqa: N802
            asked[-1] += columns
            return self

        def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802
            asked[-1] += (name,)

    from bamsat.core.compare.published import named_in_spark

    named_in_spark(Session(), small)
    assert [(each[0].partition(".")[0], each[-1]) for each in asked] == [(name, name) for name in TABLES]
    assert "CAST(`year` AS BIGINT) AS `year`" in asked[0]


def test_the_page_says_what_it_is_in_vietnamese_first(small: Path) -> None:
    page = (small / "README.md").read_text(encoding="utf-8")
    assert page.index("số đã duyệt trong sổ") < page.index("In English") < page.index("approved figures of the ledger")
    assert "Không gồm số liệu của từng cơ sở" in page
    assert "&#" not in page
    assert "&quot;" not in page
    assert "{" not in re.sub(r"```.*?```", "", page, flags=re.DOTALL)
