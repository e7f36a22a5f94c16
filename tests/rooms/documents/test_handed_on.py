# SPDX-License-Identifier: Apache-2.0
"""What follows the reading of a document is done before anybody is shown its figures."""

from __future__ import annotations

import pytest

from bamsat.core.read.apart import read_apart
from bamsat.rooms.documents import reading
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_nobody_is_shown_figures_before_they_were_checked(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    seen = []
    monkeypatch.setattr(reading, "after_reading", [lambda document: seen.append(document.state)])
    document = reading.read_document(build.received(cast.specialist, "Năm 2021, xuất khẩu đạt 5 triệu USD."))
    assert seen == ["reading"]
    assert document.state == "read"


def test_a_worker_that_died_between_reading_and_checking_leaves_nothing_undone(cast: Cast):
    document = build.received(cast.specialist, "Năm 2021, xuất khẩu đạt 5 triệu USD, bằng 100% so với 9 triệu USD.")
    reading.store(document, read_apart(document.path, name=document.name))
    document.refresh_from_db()
    assert document.state == "reading"
    assert reading.read_document(document).state == "read"
    assert document.figures.count() == 3
