# SPDX-License-Identifier: Apache-2.0
"""The preview of a boundary change says what becomes of the figures."""

from datetime import date

import pytest

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions_changes import apply, preview
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import ChangeKind
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def merger(cast: Cast) -> Change:
    return Change(
        kind=ChangeKind.MERGE, on=date(2027, 1, 1), act="Nghị quyết mẫu",
        places=(cast.commune.pk, cast.other_commune.pk), begins=(Begin(name="Xã Chung", code="", word="xã"),),
    )  # fmt: skip


def test_it_counts_the_series_and_says_that_none_is_rewritten(cast: Cast) -> None:
    build.catalogue()
    output = build.stated(10, area="Xã Nhà", indicator="industrial_output")
    assert cast.commune
    index = build.stated(105, area="Xã Nhà", indicator="cpi", unit="%", measure="index")
    for figure in (output, index):
        actions.accept(cast.administrator, build.figure(cast.administrator, figure))
    assert Indicator.objects.get(code="cpi").weight is None
    told = " ".join(preview(merger(cast)).figures)
    assert "2 chuỗi với 2 số" in told
    assert "1 chỉ số không có quyền số" in told
    before = list(Entry.objects.values())
    apply(cast.administrator, merger(cast))
    assert list(Entry.objects.values()) == before


def test_places_without_figures_are_said_to_have_none(cast: Cast) -> None:
    assert "chưa có số nào" in " ".join(preview(merger(cast)).figures)
