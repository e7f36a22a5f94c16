# SPDX-License-Identifier: Apache-2.0
"""Objectives never come to stand in a circle, in which none of them would be on any page."""

from datetime import date

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.situation.actions import Refused, Said, edit, restore, withdraw, write
from bamsat.rooms.situation.models import Kind, Note, Thread
from tests import build
from tests.cast import Cast

TODAY = date(2021, 12, 31)


def objective(text: str, parent: Thread | None = None) -> Said:
    return Said(Kind.OBJECTIVE, text, Period.year(2021), parent=parent)


def test_what_is_restored_does_not_come_under_its_own_part(cast: Cast):
    build.catalogue()
    by, place = cast.specialist, cast.home

    def said(text: str, parent: Thread | None = None) -> Note:
        return write(by, place, objective(text, parent), TODAY)

    top = said("trên")
    middle = said("giữa", top.thread)
    low = said("dưới", middle.thread)
    gone = withdraw(by, middle, "nhầm")
    edit(by, top, objective("trên", low.thread), TODAY)
    with pytest.raises(Refused, match="thuộc chính nó"):
        restore(by, gone)
    text = cast.client(by).get("/tinh-hinh/", {"noi": place.slug, "ky": "2021"}).content.decode()
    assert "trên" in text
    assert "dưới" in text
