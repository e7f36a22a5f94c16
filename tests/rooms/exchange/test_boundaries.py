# SPDX-License-Identifier: Apache-2.0
"""Where figures belong, as data, says what the ledger's own restating says."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from bamsat.core.compare.expressions.totals import restated
from bamsat.core.compare.published import answers, opened
from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.outcomes import Refusal
from bamsat.rooms.exchange.actions import publish
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.figures.belonging import LAST, Belongs, belonging
from bamsat.rooms.places.models import Kind, Place, PlaceVersion, Succession
from bamsat.rooms.places.territory import since, steps_for
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2025, 11, 22)


def test_every_province_belongs_where_restating_puts_it(cast: Cast) -> None:
    provinces = list(Place.objects.filter(kind=Kind.PROVINCE).values_list("pk", flat=True))
    found, steps = belonging(provinces, TODAY), steps_for(*provinces)
    boundaries = Boundaries(steps, since=dict(since(steps, *provinces).items()))
    for month in (2007 * 12, 2025 * 12 + 4, 2025 * 12 + 5, 2025 * 12 + 6, 2025 * 12 + 9):
        day = date(month // 12, month % 12 + 1, monthrange(month // 12, month % 12 + 1)[1])
        for target in provinces:
            told = boundaries.territory(target, on=TODAY, as_of=day)
            parts = _of(found, target, month)
            if not isinstance(told, Refusal):
                there = {part.place: part.share for part in told if _was_there(part.place, day)}
                assert {place: share for place, share in parts.items() if _was_there(place, day)} == there


def _of(found: list[Belongs], target: int, month: int) -> dict[int, Fraction | None]:
    """What belongs to a place in figures of that month."""
    there = (each for each in found if each.to == target and each.first_month <= month <= each.last_month)
    return {each.place: None if each.share is None else Fraction(each.share, each.of or 1) for each in there}


def _was_there(place: object, day: date) -> bool:
    return any(version.holds_on(day) for version in PlaceVersion.objects.filter(place=int(str(place))))


def _made(slug: str, begun: date | None = None, ended: date | None = None) -> Place:
    place = Place.objects.create(slug=slug, kind=Kind.COMMUNE, name=slug)
    PlaceVersion.objects.create(place=place, name=slug, valid_from=begun, valid_to=ended)
    place.take_name_from_versions()
    return place


def test_shares_are_kept_as_whole_numbers_and_an_unstated_share_is_none(cast: Cast) -> None:
    day, later = date(2021, 3, 1), date(2023, 7, 1)
    old, left, right = _made("cu", ended=day), _made("trai", day), _made("phai", day)
    gone, a, b = _made("mat", ended=later), _made("mot", later), _made("hai", later)
    for to, share in ((left, "0.7"), (right, "0.3")):
        Succession.objects.create(old=old, new=to, on=day, share=Decimal(share))
    for to in (a, b):
        Succession.objects.create(old=gone, new=to, on=later)
    first, second = 2021 * 12 + 2, 2023 * 12 + 6
    assert belonging([old.pk, left.pk], TODAY) == sorted(
        [
            Belongs(old.pk, 0, first - 1, left.pk, 7, 10), Belongs(old.pk, 0, first - 1, right.pk, 3, 10),
            Belongs(left.pk, first, LAST, left.pk, 1, 1), Belongs(right.pk, first, LAST, right.pk, 1, 1),
        ],
        key=lambda each: (each.place, each.first_month, each.to),
    )  # fmt: skip
    unstated = [each for each in belonging([gone.pk], TODAY) if each.place == gone.pk]
    assert unstated == [Belongs(gone.pk, 0, second - 1, to.pk, None, None) for to in (a, b)]
    before = belonging([old.pk, gone.pk], date(2022, 1, 1))
    assert Belongs(gone.pk, 0, LAST, gone.pk, 1, 1) in before  # what came later is not told


def test_a_month_stands_on_the_boundaries_of_its_last_day(cast: Cast) -> None:
    old, new = _made("cu", ended=date(2022, 5, 16)), _made("moi", date(2022, 5, 16))
    Succession.objects.create(old=old, new=new, on=date(2022, 5, 16))
    may = 2022 * 12 + 4
    assert belonging([old.pk], TODAY) == [
        Belongs(old.pk, 0, may - 1, new.pk, 1, 1),
        Belongs(new.pk, may, LAST, new.pk, 1, 1),
    ]


def test_published_figures_of_merged_provinces_add_up_on_the_boundaries_of_today(cast: Cast, tmp_path: Path) -> None:
    build.catalogue()
    for area, value in (("Hà Giang", 300), ("Tuyên Quang", 500), ("Bắc Kạn", 70)):
        accept(cast.administrator, build.figure(cast.administrator, stated(value, area=area)))
    publish(None, tmp_path / "cong-bo", Asked())
    found = {row["place"]: row for row in answers(opened(tmp_path / "cong-bo"), restated())}
    assert (found["tuyen-quang"]["whole"], found["tuyen-quang"]["lacking"]) == (800, 0)
    assert (found["thai-nguyen"]["whole"], found["thai-nguyen"]["lacking"]) == (None, 1)
