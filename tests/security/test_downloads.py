# SPDX-License-Identifier: Apache-2.0
"""Files that people take away: what a spreadsheet would run is text in every cell of every one of them."""

import csv
import io
import re
import zipfile

import pytest
from django.http import HttpResponseBase

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, Provider
from tests.security.world import World, body_of, browser, routes

MARK = "=cmd|' /C calc'!A1"
ASKED = ({}, {"loai": "market"}, {"tai": "csv"}, {"tai": "xlsx"}, {"loai": "market", "mau": "1"})
NUMBER = re.compile(r"[+-]\d[\d.,]*%?")


def cells(answer: HttpResponseBase) -> list[str]:
    media = answer["Content-Type"]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if media.startswith("text/csv"):
        return read(content)
    if media == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [cell for name in archive.namelist() for cell in read(archive.read(name))]
    return []


def read(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    sign = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [cell for row in csv.reader(io.StringIO(text), delimiter=sign) for cell in row]


@pytest.fixture
def world(world: World) -> World:
    for model in (IndicatorSet, Provider, Indicator):
        model.objects.update(name_vi=MARK, name_en="@SUM(1)")  # type: ignore[attr-defined]
    accounts.rename(world.cast.administrator, world.cast.specialist, "\t=1+1")
    return world


def test_no_cell_of_any_download_is_a_formula(world: World):
    client, taken, wrong = browser(world.cast.administrator), set(), []
    for name in routes():
        if name == "accounts:logout":
            continue
        for query in ASKED:
            answer = client.get(world.address(name), query)
            for cell in cells(answer):
                taken.add(name)
                if cell[:1] in ("=", "@", "\t", "\r") or (cell[:1] in ("+", "-") and not NUMBER.fullmatch(cell)):
                    wrong.append((name, query, cell))
    assert wrong == []
    assert {
        "places:export", "figures:series", "figures:plan_csv", "figures:intake_findings", "catalogue:download",
        "catalogue:download_all", "accounts:export_trail",
    } <= taken  # fmt: skip


def test_no_workbook_holds_a_formula(world: World):
    client, taken = browser(world.cast.administrator), set()
    for name in routes():
        if name == "accounts:logout":
            continue
        for query in ASKED:
            answer = client.get(world.address(name), query)
            if "spreadsheet" in answer["Content-Type"] or "mau-so-lieu" in answer.get("Content-Disposition", ""):
                assert "<f>" not in body_of(answer), (name, query)
                assert "hyperlink" not in body_of(answer), (name, query)
                taken.add(name)
    for kind in ("catalogue:download", "places:export"):
        address = world.address(kind).replace("csv", "xlsx")
        text = body_of(client.get(address, {"loai": "market"}))
        assert "sheetData" in text
        assert "<f>" not in text
    assert {"figures:series", "figures:intake_template", "tasks:export_xlsx", "documents:register_download"} <= taken
