# SPDX-License-Identifier: Apache-2.0
"""A document is read by a worker in its own time; the pages follow it without being asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bamsat.rooms.documents.models import Document, State
from bamsat.rooms.documents.reading import read_document
from tests import build
from tests.browser.conftest import Visit
from tests.browser.report import FIGURES, NAME, TEXT
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def test_a_line_of_the_list_follows_the_reading_to_its_end(office: Cast, visit: Callable[..., Visit]):
    document = build.received(office.specialist, TEXT, NAME)
    person = visit()
    person.sign_in("chuyen-vien")
    person.go("/van-ban/")
    line = f"#vb-{document.uuid}"
    person.page.wait_for_selector(f"{line} >> text=Chờ đọc")
    Document.objects.update(state=State.READING, progress=25, progress_vi="Đang đọc trang 3/12. Đã thấy 41 số liệu.")
    person.page.wait_for_selector(f"{line} >> text=Đang đọc trang 3/12. Đã thấy 41 số liệu.")
    read_document(document)
    person.page.wait_for_selector(f"{line} >> text=Đã đọc: {FIGURES} số")


def test_the_reading_page_opens_by_itself_when_the_document_is_read(office: Cast, visit: Callable[..., Visit]):
    document = build.received(office.specialist, TEXT, NAME)
    person = visit()
    person.sign_in("chuyen-vien")
    person.go(f"/van-ban/{document.uuid}/")
    person.page.wait_for_selector("#dang-doc >> text=Chờ đọc")
    read_document(document)
    person.page.wait_for_selector("#cau-1")
    assert person.page.locator(".fg").count() == FIGURES
