# SPDX-License-Identifier: Apache-2.0
"""How long reports take to write: a thick yearly one, and the month of every province.

A ledger of 34 provinces, 24 months and about thirty indicators is filled first (`fill`). The monthly reports are then
written by `bamsat report`, as an office would. The yearly report is put together from reports of that ledger, until
there are eighty tables and forty charts; what is measured is writing it, and beside that composing one report.

    BAMSAT_BENCH_REPORTS=/folder   keeps the ledger and what was written there
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench import ROOT, Line

TABLES, CHARTS, YEARLY = 80, 40, 15
PROVINCES, MONTHLY = 34, 90
YEARS, PERIOD = (2025, 2026), "2026-10"
CODES = (
    "industrial_output", "iip", "iip_mining", "iip_manufacturing", "iip_electricity", "iip_water", "retail_services",
    "retail_goods", "exports", "imports", "trade_total", "electricity_output", "electricity_consumption", "cpi",
    "budget_revenue", "investment", "consumption_index", "inventory_index", "labour_index", "industrial_output_mining",
    "industrial_output_manufacturing", "industrial_output_electricity", "industrial_output_water", "petrol_sold",
    "markets", "supermarkets", "ecommerce_sales", "inspections", "violations", "fines", "power_received",
)  # fmt: skip
_PERCENT = frozenset(("iip", "iip_mining", "iip_manufacturing", "iip_electricity", "iip_water", "cpi"))


def measure() -> Iterator[Line]:
    kept = os.environ.get("BAMSAT_BENCH_REPORTS", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="bamsat-reports-"))
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no", "PYTHONPATH": str(ROOT),
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30, "DJANGO_SETTINGS_MODULE": "bamsat.settings",
    }  # fmt: skip
    (folder / "data").mkdir(parents=True, exist_ok=True)
    try:
        filled = _inside("fill", folder, environment)
        figures = f"{filled['entries']:,} figures"
        yield Line("the ledger of 34 provinces filled", filled["seconds"], None, "seconds", figures)
        thick = _inside("thick", folder, environment)
        what = f"{thick['tables']} tables, {thick['charts']} charts, {thick['numbers']:,} numbers"
        for media in ("docx", "pdf"):
            said = f"{what}; {thick[f'{media}_size'] / 1e6:.1f} MB"
            yield Line(f"a yearly report written to .{media}", thick[media], YEARLY, "seconds", said)
        said = f"what it is made of: {thick['reports']} reports"
        yield Line("one report composed from the ledger", thick["composing"] / thick["reports"], None, "seconds", said)
        yield _months(folder, environment)
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _months(folder: Path, environment: dict[str, str]) -> Line:
    """The command itself, with all that starting it costs."""
    out = folder / "written"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "bamsat", "report", "thang", "--period", PERIOD, "--all-provinces", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - began
    files = list(out.glob("*.docx"))
    if done.returncode or len(files) != PROVINCES:
        raise SystemExit(f"bamsat report: {done.returncode}, {len(files)} files\n{done.stdout}")
    size = sum(file.stat().st_size for file in files) / 1e6
    said = f"{seconds / len(files):.2f} s each; {size:.1f} MB"
    return Line("34 provinces' monthly reports to .docx", seconds, MONTHLY, "seconds", said)


def _inside(step: str, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.report_speed", step, str(folder)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    if done.returncode:
        raise SystemExit(f"bench.report_speed {step}: {done.returncode}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


# The steps, each in a process that has the application.


def _fill() -> dict[str, Any]:
    """Months, the year's plan, and a note of each kind, of every province of today."""
    from django.core.management import call_command

    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.directory.shipped import load_directory
    from bamsat.rooms.figures.models import Entry
    from bamsat.rooms.places.models import Place
    from bamsat.rooms.places.shipped import load_places
    from bamsat.rooms.submissions.defining.shipped import load_forms

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    if not Entry.objects.exists():
        load_catalogue()
        load_places(communes=False)
        load_directory()
        load_forms()
        for place in Place.objects.filter(kind="province", ended=None):
            _province(place)
    return {"seconds": time.perf_counter() - began, "entries": Entry.objects.count()}


def _province(place: Any) -> None:
    from bamsat.core.terms.period import Period
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.catalogue.models import Indicator
    from bamsat.rooms.catalogue.queries import unit_scale
    from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Measure, Series

    user, _made = User.objects.get_or_create(username="do-thoi-gian")
    entries: list[Entry] = []
    for at, one in enumerate(Indicator.objects.filter(code__in=CODES)):
        index = one.code in _PERCENT or one.adds_up == "index"
        series = Series.objects.create(
            indicator=one, place=place, measure=Measure.INDEX if index else Measure.LEVEL, unit=one.unit,
            price_basis=one.price_basis, scale=unit_scale(one.unit),
        )  # fmt: skip
        for year in YEARS:
            last = 12 if year < YEARS[-1] else Period.parse(PERIOD).last % 12 + 1
            for month in range(1, last + 1):
                period = Period.month(year, month)
                value = _value(one, index, place.pk, at, period)
                kind = EntryKind.ESTIMATE if period.code == PERIOD else EntryKind.ACTUAL
                entries.append(_entry(series, period, value, kind, user, period.shift_years(-1).code if index else ""))
        if not index:
            entries.append(_entry(series, Period.year(YEARS[-1]), 13 * value, EntryKind.PLAN, user, ""))
    Entry.objects.bulk_create(entries)
    Latest.objects.bulk_create(
        Latest(series=one.series, period=one.period, base=one.base, kind=one.kind, vintage=one.vintage, entry=one)
        for one in entries
    )


def _value(one: Any, index: bool, place: int, at: int, period: Any) -> Decimal:
    """The same at every run; rising a little from year to year."""
    noise = (place * 7919 + at * 104729 + period.first * 15485863) % 1000
    if index:
        return Decimal(100) + Decimal(noise - 300) / 100
    told = Decimal(300 + place % 700) * (1 + Decimal(period.start_year - 2024) / 12) + Decimal(noise) / 10
    scaled = one.display_unit and one.display_scale > 1
    return told.quantize(Decimal("0.1")) * one.display_scale if scaled else told.quantize(Decimal(1))


def _entry(series: Any, period: Any, value: Decimal, kind: str, user: Any, base: str) -> Any:
    from bamsat.rooms.figures.models import Entry, Vintage

    stored = int(value.scaleb(series.scale))
    return Entry(
        series=series, period=period.code, first_month=period.first, last_month=period.last, base=base, kind=kind,
        vintage=Vintage.ESTIMATE if kind == "estimate" else Vintage.OFFICIAL, value=stored, lower=stored, upper=stored,
        by=user, reason="made for measuring",
    )  # fmt: skip


def _thick(folder: Path) -> dict[str, Any]:
    """The reports of many provinces in one, written to each kind of file with all of its charts drawn."""
    from bamsat.rooms.reports.writing import write

    began = time.perf_counter()
    composed, reports = _composed()
    said: dict[str, Any] = {"composing": time.perf_counter() - began, "reports": reports}
    for media in ("docx", "pdf"):
        _forget_pictures()
        began = time.perf_counter()
        content = write(composed, media)
        said[media] = time.perf_counter() - began
        said[f"{media}_size"] = len(content)
        (folder / f"thick.{media}").write_bytes(content)
    return said | _counted(composed.report)


def _forget_pictures() -> None:
    """A process remembers charts that it has drawn; each file pays for its own."""
    from bamsat.core.report.charts import drawing

    for one in vars(drawing).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def _counted(report: Any) -> dict[str, int]:
    from bamsat.core.report.outline import Chart, Table, told_in

    blocks = list(report.all_blocks())
    return {
        "tables": sum(isinstance(block, Table) for block in blocks),
        "charts": sum(isinstance(block, Chart) for block in blocks),
        "numbers": sum(1 for _told in told_in(report.all_blocks())),
    }


def _composed() -> tuple[Any, int]:
    """The reports of place after place as one, until there are tables and charts enough; no chart is like another."""
    from bamsat.core.report.charts import digest
    from bamsat.core.report.outline import Chart, Table
    from bamsat.core.terms.period import Period
    from bamsat.rooms.catalogue.models import IndicatorSet
    from bamsat.rooms.places.models import Place
    from bamsat.rooms.reports.content.asked import Asked, Composed, numbers_of
    from bamsat.rooms.reports.content.compose import compose

    blocks: list[Any] = []
    drawn: set[str] = set()
    base, main, tables, reports = None, IndicatorSet.objects.get(code="main"), 0, 0
    year, month = Period.year(YEARS[-1]), Period.parse(PERIOD)
    for place in Place.objects.filter(kind="province", ended=None).order_by("slug"):
        for kind, period, field in (("nam", year, None), ("chuyen-de", year, main), ("thang", month, None)):
            made = compose(None, Asked(kind, place, period, field=field))
            base, reports = base or made, reports + 1
            for block in made.report.all_blocks():
                if isinstance(block, Table):
                    tables += 1
                    blocks += [block] if tables <= TABLES else []
                elif isinstance(block, Chart):
                    new = digest(block.spec) not in drawn
                    blocks += [block] if new and len(drawn) < CHARTS else []
                    drawn.add(digest(block.spec))
                else:
                    blocks.append(block)
        if tables >= TABLES and len(drawn) >= CHARTS:
            break
    assert base
    report = replace(base.report, blocks=tuple(blocks), appendices=())
    return Composed(report, (), numbers_of(report)), reports


def main(step: str, folder: Path) -> None:
    import django

    django.setup()
    print(json.dumps(_fill() if step == "fill" else _thick(folder)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
