# SPDX-License-Identifier: Apache-2.0
"""A file that is held against the ledger learns nothing from it that its sender may not see, and costs little."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.reports import actions_write
from tests import build
from tests.cast import Cast
from tests.rooms.reports.office import a_report, with_figures
from tests.security.word_files import paragraph, run, store, tagged, word
from tests.security.world import body_of

HEAD = paragraph(run("BÁO CÁO tình hình công nghiệp, thương mại năm 2021 tỉnh Cao Bằng"))


@pytest.fixture(autouse=True)
def _ledger(cast: Cast) -> None:
    with_figures(cast)


@pytest.fixture
def limited(cast: Cast) -> User:
    """Works for exports alone."""
    field = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    SetMember.objects.create(set=field, indicator=Indicator.objects.get(code="exports"), order=1)
    user = accounts.create_user("chi-xuat-khau", "Chuyên viên xuất khẩu", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.SPECIALIST, sets=[field])
    return user


def entry_of(value: str) -> Entry:
    return next(one for one in Entry.objects.all() if str(one.amount) == value)


def probing(*entries: Entry) -> bytes:
    """Sentences of every kind of mistake about what the sender may not see, and the entries themselves claimed."""
    told = [
        "Giá trị sản xuất công nghiệp năm 2021 đạt 5.301 tỷ đồng, giảm 12,77% so với cùng kỳ năm 2020.",
        "Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 triệu đồng.",
        "Giá trị sản xuất công nghiệp năm 2020 đạt 5.300 tỷ đồng.",
    ]
    claimed = [paragraph(run("Xin xem "), tagged(at, "chỗ này", str(one.uuid))) for at, one in enumerate(entries, 1)]
    return word(
        HEAD + "".join(paragraph(run(text)) for text in told) + "".join(claimed),
        store({at: [str(one.uuid)] for at, one in enumerate(entries, 1)}),
    )


def answer(cast: Cast, user: User, content: bytes, **said: str) -> str:
    file = SimpleUploadedFile("bao-cao.docx", content)
    return body_of(cast.client(user).post(reverse("reports:lint"), {"tep": file, **said}))


def only_said(text: str) -> str:
    """The page without the words of the file itself."""
    for words in ("5.301 tỷ đồng", "5.300 triệu đồng", "5.300 tỷ đồng, ", "12,77%"):
        text = text.replace(words, "")
    return text


@pytest.mark.parametrize("who", ["limited", "elsewhere"])
def test_a_file_that_asks_for_hidden_numbers_is_told_none(cast: Cast, limited: User, who: str):
    old = entry_of("5300000000000")
    figures.replace(cast.head, old, "5318270000000", "cộng sót")
    user = limited if who == "limited" else cast.specialist_elsewhere
    text = answer(cast, user, probing(old, entry_of("4700000000000")), noi=cast.home.slug)
    assert "không có trong sổ" in text
    for secret in ("5.318", "4.700", str(old.uuid), "số cũ", "sổ ghi", "theo sổ", "đã thay"):
        assert secret not in text, secret
    assert "5.318" in answer(cast, cast.specialist, probing(old), noi=cast.home.slug)


def test_remarks_kept_with_a_report_are_those_that_whoever_opens_it_may_see(cast: Cast):
    """An administrator sees every place: what was sent by one is held against the report's own place alone."""
    stated = build.stated("7317000000000", area="Lạng Sơn")
    other = figures.accept(cast.administrator, build.figure(cast.administrator, stated, area="Lạng Sơn"))
    report = a_report(cast)
    body = HEAD + paragraph(run("Giá trị sản xuất công nghiệp tỉnh Lạng Sơn năm 2021 đạt 7.000 tỷ đồng."))
    body += paragraph(run("Xin xem "), tagged(1, "chỗ này", str(other.uuid)))
    version = actions_write.take_edited(cast.administrator, report, "sua.docx", word(body))
    assert version.remarks
    assert "7.317" not in str(version.remarks)
    assert str(other.uuid) not in str(version.remarks)


def test_invented_entries_are_numbers_that_nobody_knows(cast: Cast):
    claims = [str(uuid4()), "khong-phai-uuid", "'; DROP TABLE figures_entry; --", "../../etc/passwd", ""]
    body = HEAD + "".join(
        paragraph(run("Thu "), tagged(at, f"{at}1.234,5 tỷ đồng", one.replace("'", "&apos;")))
        for at, one in enumerate(claims, 1)
    )
    text = answer(cast, cast.specialist, word(body))
    assert "không có trong sổ" in text


def test_thousands_of_claims_cost_no_more_queries_than_a_few(cast: Cast):
    client = cast.client(cast.specialist)

    def asked(count: int) -> int:
        claims = {1: [str(uuid4()) for _each in range(count)]}
        content = word(HEAD + paragraph(run("Thu "), tagged(1, "1.234,5 tỷ đồng")), store(claims))
        with CaptureQueriesContext(connection) as caught:
            found = client.post(reverse("reports:lint"), {"tep": SimpleUploadedFile("bc.docx", content)})
        assert found.status_code == 200
        assert "không có trong sổ" in body_of(found)
        return len(caught)

    asked(1)
    assert asked(40_000) <= asked(3) + 40


def test_deep_controls_leave_the_page_standing(cast: Cast):
    deep = paragraph("<w:sdt><w:sdtContent>" * 3_000 + run("1") + "</w:sdtContent></w:sdt>" * 3_000)
    file = SimpleUploadedFile("bc.docx", word(HEAD + deep))
    assert cast.client(cast.specialist).post(reverse("reports:lint"), {"tep": file}).status_code in (200, 422)
