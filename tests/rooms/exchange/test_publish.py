# SPDX-License-Identifier: Apache-2.0
"""What is published is the ledger, row for row, now and as known on a day; and nothing that is not approved."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils import timezone

from bamsat.core.compare.published import PublicationUnreadable, opened
from bamsat.core.compare.tables import OBSERVATIONS, TABLES
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import IndicatorSet, SetMember
from bamsat.rooms.exchange import manifest, parquet
from bamsat.rooms.exchange.actions import publish
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.exchange.refused import PublishRefused
from bamsat.rooms.figures.actions import accept, replace, withdraw
from bamsat.rooms.figures.models import Entry, Latest, Series
from bamsat.rooms.figures.queries import as_of, standing
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
COLUMNS = [column.name for column in OBSERVATIONS.columns]


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def some_years(cast: Cast, seed: int = 1, steps: int = 25) -> list[datetime]:
    """Figures accepted, replaced and withdrawn, of both provinces; the moment after each."""
    choose, moments = random.Random(seed), list[datetime]()
    for _ in range(steps):
        now = list(Latest.objects.select_related("entry").order_by("pk"))
        what = choose.choice(("accept", "accept", "replace", "withdraw")) if len(now) > 3 else "accept"
        if what == "withdraw":
            withdraw(cast.administrator, choose.choice(now).entry, "nhầm")
        elif what == "replace":
            replace(cast.administrator, choose.choice(now).entry, Decimal(choose.randint(1, 10**6)), "đính chính")
        else:
            figure = stated(
                choose.randint(1, 10**6), period=f"{choose.randint(2015, 2021)}-{choose.randint(1, 12):02}",
                area=choose.choice(("Cao Bằng", "Lạng Sơn")), status=choose.choice(("actual", "estimate")),
                indicator=choose.choice(("industrial_output", "retail_services")),
            )  # fmt: skip
            accept(cast.administrator, build.figure(cast.administrator, figure))
        moments.append(timezone.now())
    return moments


def rows_of(entries: list[Entry]) -> list[tuple[Any, ...]]:
    return sorted(tuple(_column(entry, name) for name in COLUMNS) for entry in entries)


def _column(entry: Entry, name: str) -> Any:
    if name == "year":
        return entry.last_month // 12
    return entry.series_id if name == "series" else getattr(entry, name)


def rows_in(folder: Path) -> list[tuple[Any, ...]]:
    return sorted(opened(folder).execute("SELECT * FROM observations").fetchall())


def test_it_publishes_the_ledger_row_for_row(cast: Cast, tmp_path: Path) -> None:
    some_years(cast)
    made = publish(None, tmp_path / "cong-bo", Asked())
    told = rows_of(standing(Series.objects.all()))
    assert rows_in(tmp_path / "cong-bo") == told
    assert made.rows["observations"] == len(told) > 5
    years = {path.name for path in (tmp_path / "cong-bo" / "observations").iterdir()}
    assert years == {f"year={row[COLUMNS.index('last_month')] // 12}" for row in told}


@pytest.mark.parametrize("seed", range(3))
def test_as_known_on_a_former_day_it_is_what_the_ledger_was_then(
    cast: Cast, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, moment in enumerate(some_years(cast, seed, 18)[3::4]):
        told = rows_of(as_of(moment, Series.objects.all()))
        monkeypatch.setattr(Asked, "moment", property(lambda _self, moment=moment: moment))
        publish(None, tmp_path / str(at), Asked(known=timezone.localdate()))
        assert rows_in(tmp_path / str(at)) == told


def test_a_day_is_known_until_its_end_and_a_day_to_come_is_refused(cast: Cast, tmp_path: Path) -> None:
    some_years(cast, steps=4)
    now = timezone.now() + timedelta(days=30)
    made = publish(None, tmp_path / "nay", Asked(known=timezone.localdate()), now=now)
    assert made.rows["observations"] == Latest.objects.count()
    with pytest.raises(PublishRefused, match="không có gì để công bố"):
        publish(None, tmp_path / "truoc", Asked(known=timezone.localdate() - timedelta(days=1)))
    with pytest.raises(PublishRefused, match="chưa tới"):
        publish(None, tmp_path / "sau", Asked(known=timezone.localdate() + timedelta(days=2)))
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["nay"]


def test_two_publications_of_one_state_are_the_same_bytes(cast: Cast, tmp_path: Path) -> None:
    some_years(cast)
    one = publish(None, tmp_path / "mot", Asked())
    two = publish(None, tmp_path / "hai", Asked())
    assert one.digest == two.digest
    changed = [name for name in one.files if one.files[name] != two.files[name]]
    assert set(changed) <= {manifest.PAGE}
    replace(cast.administrator, Latest.objects.latest("pk").entry, Decimal(7), "đính chính")
    assert publish(None, tmp_path / "hai", Asked()).digest != one.digest


def test_what_waits_for_approval_is_not_published(cast: Cast, tmp_path: Path) -> None:
    accept(cast.director, build.figure(cast.specialist, stated(100)))
    assert accept(cast.specialist, build.figure(cast.specialist, stated(200, period="2020"))) is None
    publish(None, tmp_path / "cong-bo", Asked())
    assert [row[COLUMNS.index("value")] for row in rows_in(tmp_path / "cong-bo")] == [100]


def test_a_place_or_a_field_may_be_published_alone(cast: Cast, tmp_path: Path) -> None:
    some_years(cast)
    publish(None, tmp_path / "noi", Asked(place="lang-son"))
    assert {row[2] for row in _series(tmp_path / "noi")} == {"lang-son"}
    field = IndicatorSet.objects.create(code="chi-ban-le", name_vi="Chỉ bán lẻ")
    SetMember.objects.create(set=field, indicator=Series.objects.filter(indicator__code="retail_services")[0].indicator)
    publish(None, tmp_path / "bo", Asked(sets=("chi-ban-le",)))
    assert {row[1] for row in _series(tmp_path / "bo")} == {"retail_services"}
    with pytest.raises(PublishRefused, match="Không có địa bàn"):
        publish(None, tmp_path / "bo", Asked(place="atlantis"))
    with pytest.raises(PublishRefused, match=r"Có các bộ: .*chi-ban-le"):
        publish(None, tmp_path / "bo", Asked(sets=("gi-do",)))


def test_figures_of_single_facilities_stay_inside_unless_asked_for(cast: Cast, tmp_path: Path) -> None:
    accept(cast.administrator, build.figure(cast.administrator, stated(100)))
    own = Series.objects.get()
    market = Series.objects.create(
        indicator=own.indicator, place=cast.facility, measure="level", unit="VND", provider="department", scale=0
    )
    entry = Entry.objects.create(
        series=market, period="2021", first_month=24252, last_month=24263, kind="actual", vintage="estimate", value=5,
        lower=5, upper=5, by=cast.administrator,
    )  # fmt: skip
    Latest.objects.create(series=market, period="2021", kind="actual", vintage="estimate", entry=entry)
    publish(None, tmp_path / "cong-bo", Asked())
    assert {row[2] for row in _series(tmp_path / "cong-bo")} == {"cao-bang"}
    assert "cho-nha" not in {row[0] for row in _rows(tmp_path / "cong-bo", "places")}
    publish(None, tmp_path / "cong-bo", Asked(facilities=True))
    assert {row[2] for row in _series(tmp_path / "cong-bo")} == {"cao-bang", "cho-nha"}
    above = {place: parent for place, parent, *_ in _rows(tmp_path / "cong-bo", "places")}
    assert (above["cho-nha"], above["xa-nha"], above["viet-nam"]) == ("xa-nha", "cao-bang", "")


def test_every_table_has_the_columns_that_comparisons_name(cast: Cast, tmp_path: Path) -> None:
    some_years(cast)
    publish(None, tmp_path / "cong-bo", Asked())
    connection = opened(tmp_path / "cong-bo")
    for table in TABLES.values():
        found = connection.execute(f"DESCRIBE {table.name}").fetchall()
        assert [(name, kind) for name, kind, *_ in found] == [
            (column.name, {"int64": "BIGINT", "string": "VARCHAR"}[column.type]) for column in table.columns
        ]
    keys = "SELECT count(*) FROM observations LEFT JOIN series s USING (series) LEFT JOIN places p USING (place)"
    joined = connection.execute(
        f"{keys} LEFT JOIN indicators i USING (indicator) WHERE i.name IS NULL OR p.name IS NULL"
    )
    assert joined.fetchone() == (0,)


def test_figures_of_a_year_lie_in_the_order_of_series_and_months_in_row_groups_of_one_size(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 4)
    monkeypatch.setattr(parquet, "APART", 3)
    monkeypatch.setattr(parquet, "MOST", 10)
    years = parquet.Years(tmp_path)
    told = [(s, m, m, m // 12, "", "actual", "estimate", s * m, 0, 9) for s in range(1, 8) for m in range(24240, 24260)]
    with years:
        for at in range(0, len(told), 5):
            years.add(told[at : at + 5])
        years.finish()
    files = sorted(tmp_path.glob("observations/*/*.parquet"))
    assert [file.parent.name for file in files] == ["year=2020", "year=2021"]
    for file in files:
        rows = [tuple(row.values()) for row in pq.ParquetFile(file).read().to_pylist()]
        assert "year" not in pq.ParquetFile(file).schema_arrow.names
        assert rows == sorted(rows)
        assert pq.ParquetFile(file).metadata.row_group(0).num_rows <= 4
    read = [tuple(row.values()) for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    assert sorted(read) == sorted((*row[:3], *row[4:]) for row in told)


def test_the_trail_knows_what_was_published_and_by_whom(cast: Cast, tmp_path: Path) -> None:
    some_years(cast, steps=4)
    made = publish(cast.administrator, tmp_path / "cong-bo", Asked(place="cao-bang"), reason="Công báo tháng 6")
    row = AuditRecord.objects.latest("pk")
    assert (row.action, row.by, row.reason) == ("exchange.publication.written", cast.administrator, "Công báo tháng 6")
    assert row.details["digest"] == made.digest
    assert row.details["rows"]["observations"] == made.rows["observations"]
    assert (row.details["place"], row.details["folder"]) == ("cao-bang", "cong-bo")
    with pytest.raises(NotAllowed):
        publish(cast.director, tmp_path / "khac", Asked())


def test_the_dictionary_tells_every_column_code_and_indicator_in_both_languages(cast: Cast, tmp_path: Path) -> None:
    some_years(cast)
    publish(None, tmp_path / "cong-bo", Asked())
    told = json.loads((tmp_path / "cong-bo" / "dictionary.json").read_text(encoding="utf-8"))
    columns = [(t["name"], c["name"]) for t in told["tables"] for c in t["columns"] if c["vi"] and c["en"]]
    assert columns == [(table.name, column.name) for table in TABLES.values() for column in table.columns]
    named = {c["code_list"] for t in told["tables"] for c in t["columns"] if "code_list" in c}
    assert named == set(told["code_lists"])
    connection = opened(tmp_path / "cong-bo")
    for table in told["tables"]:
        for column in table["columns"]:
            if "code_list" in column:
                asked = f"SELECT DISTINCT {column['name']} FROM {table['name']} WHERE {column['name']} <> ''"
                used = {row[0] for row in connection.execute(asked).fetchall()}
                assert used <= {each["code"] for each in told["code_lists"][column["code_list"]]}
    assert all(each["vi"] and each["en"] for codes in told["code_lists"].values() for each in codes)
    assert told["code_lists"]["kind"][0] == {"code": "actual", "vi": "thực hiện", "en": "actual"}
    retail = next(each for each in told["indicators"] if each["code"] == "retail_services")
    assert {"concept", "method", "publication", "source", "responsible", "higher_code", "breakdowns"} <= set(retail)
    assert retail["vi"].startswith("Tổng mức bán lẻ")


def test_a_folder_that_is_no_publication_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(PublicationUnreadable, match=r"manifest\.json"):
        opened(tmp_path)


def _series(folder: Path) -> list[tuple[Any, ...]]:
    return _rows(folder, "series")


def _rows(folder: Path, table: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = opened(folder).execute(f"SELECT * FROM {table}").fetchall()
    return found


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_of_another_moment(cast: Cast, tmp_path: Path) -> None:
    """Outside a transaction of its caller: the publication sees one moment, and ends without one of its own."""
    build.catalogue()
    some_years(cast, steps=6)
    told = rows_of(standing(Series.objects.all()))
    seen = list[int]()
    publish(None, tmp_path / "cong-bo", Asked(), progress=seen.append)
    assert not connection.in_atomic_block
    assert sum(seen) == len(told)
    assert rows_in(tmp_path / "cong-bo") == told
    assert AuditRecord.objects.filter(action="exchange.publication.written").count() == 1
