# SPDX-License-Identifier: Apache-2.0
"""Every way of looking at the scoreboard and the situation, asked for what no page of ours would ask: never a fault."""

import pytest

from tests.security.world import HTMX, World, browser

PAGES = (
    "/bang-diem/", "/bang-diem/bieu-do/", "/bang-diem/ban-do/", "/bang-diem/xep-hang/", "/bang-diem/nam-nam/",
    "/bang-diem/muc-tieu-kep/", "/bang-diem/vi-sao/industrial_output/", "/tinh-hinh/", "/tinh-hinh/tai-ve.xlsx",
)  # fmt: skip
PERIODS = (
    "9999", "0001", "0000", "0001-01", "9999-12", "2021/2025", "0001/9999", "2021-11/2022-02", "2021-Q5", "2021-Q1",
    "2021-S1", "2021-01/2021-07", "2" * 1000, "2021-02-30", "2021-01-01", "²", "\0", "2021'--", "2101", "1900/2100",
    "2020-12/2021-11", "2021/2021", "2022/2021",
)  # fmt: skip
ODD = {
    "noi": ("khong-co", "", "%", "a" * 3000, "'; --", "xa-ben", "lang-son", "viet-nam", "⁂"),
    "biet": ("31/02/2025", "01/01/0001", "31/12/9999", "0001-01-01", "9999-12-31", "2021-12-31", "01/01/2022", "x"),
    "trang": ("0", "-1", "99999", "9999", "²", "1.5", "9" * 40),
    "chi-tieu": ("khong-co", "'", "<b>", "a" * 5000, "retail_sales", "x:y|z"),
    "gia": ("khong-co", "current", "", "'", "%", "x" * 999),
    "nguon": ("khong-co", "customs", "", "'%"),
    "phan-to": ("'; DROP TABLE x; --", "%", "<script>", "x:y|z:w|x:y", "a" * 3000, "|||", ":"),
    "theo": ("gia-tri", "tang-truong", "ke-hoach", "dong-gop", "trang-thai", "x"),
    "cap": ("duoi", "xa", "cung-cap", "x"),
    "bo": ("main", "all", "rest", "chi-xuat-khau", "x", "%"),
    "dia-gioi": ("nay", "x", "2025-07-01", "0001-01-01"),
    "sap": ("xau", "x"), "loai": ("risk", "x", "'"), "tach": ("noi", "phan-to:x", "'", "neu-ten"),
    "theo-phan": ("x",), "dong": ("x", "1"), "so": ("x",), "ke-hoach": ("x", "0"), "nam": ("0", "9999", "x"),
}  # fmt: skip


pytestmark = pytest.mark.walk


@pytest.fixture
def client(world: World):
    client = browser(world.cast.director)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("page", PAGES)
def test_no_period_is_a_fault(client, page: str):
    told = {}
    for at, period in enumerate(PERIODS):
        if (at + PAGES.index(page)) % 2:
            continue
        known = ({}, {"biet": "31/12/2099"}, {"biet": "02/01/0001"})[(at + PAGES.index(page)) % 3]
        told[period] = client.get(page, {"noi": "cao-bang", "ky": period} | known).status_code
    assert {period: code for period, code in told.items() if code >= 500} == {}


@pytest.mark.parametrize("page", PAGES)
def test_no_odd_word_is_a_fault(client, page: str):
    faults = []
    # Pages share the code that reads their words: each word is asked of every fourth page.
    for at, (name, word) in enumerate((name, word) for name, words in ODD.items() for word in words):
        if (at + PAGES.index(page)) % 4:
            continue
        asked = {"noi": "cao-bang", "ky": "2021", name: word}
        if client.get(page, asked, headers=HTMX if len(word) % 2 else {}).status_code >= 500:
            faults.append(asked)
    assert faults == []


@pytest.mark.parametrize("page", PAGES)
def test_repeated_words_and_posts_are_no_fault(client, page: str):
    told = {name: list(words) for name, words in ODD.items() if name != "noi"}
    assert client.get(page, {"noi": ["cao-bang", "cao-bang"], "ky": ["2021", "2020"]} | told).status_code < 500
    assert client.post(page, {"noi": "cao-bang"}).status_code == 405
