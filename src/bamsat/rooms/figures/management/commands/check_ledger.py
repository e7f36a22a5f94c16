# SPDX-License-Identifier: Apache-2.0
"""bamsat check_ledger: check what stands in the ledger, of one place or all, of one year or all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bamsat.rooms.figures.checking_ledger import check_ledger
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.places.models import Place


class Command(BaseCommand):
    help = "Kiểm tra số liệu trong sổ. / Check the figures of the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--place", default="", metavar="SLUG", help="một địa bàn / one place")
        parser.add_argument("--year", type=int, metavar="YYYY", help="một năm / one year")

    def handle(self, *_args: Any, **options: Any) -> None:
        new = closed = count = 0
        failed = []
        for place in _places(options["place"]):
            years = [options["year"]] if options["year"] else _years(place)
            kept = check_ledger(place, [f"{year:04}" for year in years])
            count += 1
            if kept is None:
                failed.append(place.slug)
                continue
            new, closed = new + kept.new, closed + kept.closed
        self.stdout.write(
            f"{count} địa bàn, {new} phát hiện mới, {closed} không còn. / "
            f"{count} places, {new} new findings, {closed} closed."
        )
        if failed:
            raise CommandError(
                f"Không kiểm tra được, xem nhật ký chương trình / could not be checked, see the log: "
                f"{', '.join(failed)}"
            )


def _places(slug: str) -> Iterator[Place]:
    """Those with figures, one at a time."""
    if slug:
        place = Place.objects.filter(slug=slug).first()
        if place is None:
            raise CommandError(f"Không có địa bàn “{slug}”. / There is no place “{slug}”.")
        yield place
        return
    keys = list(Series.objects.order_by("place").values_list("place", flat=True).distinct())
    for key in keys:
        yield Place.objects.get(pk=key)


def _years(place: Place) -> list[int]:
    """The years in which anything was ever said of it; what was withdrawn since may have a finding to close."""
    months = Entry.objects.filter(series__place=place).order_by().values_list("last_month", flat=True).distinct()
    return sorted({month // 12 for month in months})
