# SPDX-License-Identifier: Apache-2.0
"""Names that are markup: of documents, places, bodies, people, plans, files, indicators. Words on every page."""

import re

import pytest

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, IndicatorSet, Provider
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from tests.security.world import HTMX, World, addresses, body_of, browser, routes

pytestmark = pytest.mark.walk

MARK = "\"'><img src=x onerror=alert(1)>"
ASKED = ({}, {"tim": MARK, "loai": "market"}, {"noi": "cao-bang", "nam": "2021", "sua": "1", "ky": MARK[:20]})


@pytest.fixture
def world(world: World) -> World:
    """The same with hostile words in what the catalogue, the trail and accounts hold."""
    admin = world.cast.administrator
    output = Indicator.objects.get(code="industrial_output")
    Indicator.objects.filter(pk=output.pk).update(name_vi=MARK, name_en=MARK, display_unit=MARK, concept=MARK)
    IndicatorName.objects.filter(pk=output.names.first().pk).update(text=MARK)
    IndicatorSet.objects.update(name_vi=MARK)
    Provider.objects.update(name_vi=MARK)
    accounts.rename(admin, world.cast.specialist, MARK)
    give_role(admin, world.cast.director, world.cast.commune, Role.READER, act=MARK, reason=MARK)
    figures.replace(world.cast.head, world.entry, "7 tỷ đồng", MARK)
    plans.correct_plan(world.cast.specialist, world.plan, MARK, note=MARK)
    return world


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_runs_a_name(world: World, language: str):
    client, wrong, seen = browser(world.cast.administrator), [], set()
    client.cookies["django_language"] = language
    for name in routes():
        if name == "accounts:logout":
            continue
        for query in (*ASKED, {"sua": str(world.target.uuid)}) if name == "figures:plan" else ASKED:
            for headers in ({}, HTMX) if language == "vi" else ({},):
                answer = client.get(world.address(name), query, headers=headers)
                text = body_of(answer)
                if answer.status_code >= 500:
                    wrong.append((name, answer.status_code))
                if "html" in answer["Content-Type"]:
                    if "<img src=x" in text or "'><img" in text or "javascript:" in text:
                        wrong.append((name, query, text[max(0, text.find("<img src=x") - 120) :][:200]))
                    if "&lt;img src=x" in text:
                        seen.add(name)
    assert wrong == []
    assert len(seen) > 25, "the names were hardly shown at all"


def test_no_form_that_is_refused_runs_what_was_typed(world: World):
    client, wrong = browser(world.cast.administrator), []
    fields = (
        "name", "name_vi", "code", "title", "number", "issuer", "issued_on", "reason", "ly-do", "place", "noi-ma",
        "text", "act", "van-ban", "tu-ngay", "ten-0", "ma-0", "on", "person", "username", "display_name", "value",
        "unit", "indicator", "period", "area", "version", "valid_from", "valid_to", "level", "growth", "tim", "loai",
        "tim-noi",
    )  # fmt: skip
    for name in routes():
        if name == "accounts:logout":
            continue
        for step in ("xem", "ghi"):
            answer = client.post(world.address(name), dict.fromkeys(fields, MARK) | {"buoc": step})
            if answer.status_code >= 500 or "<img src=x" in body_of(answer):
                wrong.append((name, answer.status_code))
    assert wrong == []


def test_names_of_addresses_stay_addresses(world: World):
    """A parameter of a path is looked up, never followed."""
    client = browser(world.cast.administrator)
    for path in (
        "/so-lieu/..%2f..%2fquan-tri/cao-bang/", "/danh-muc/chi-tieu/..%2f..%2f/", "/danh-muc/tai/..%2fetc.csv",
        "/nguoi-dung/..%2f..%2fquan-tri/", "/dia-ban/xuat...%2f/", "/nguoi-dung/%2e%2e/vai-tro/", "/van-ban/..%2f/",
        "/danh-ba/..%2f../doi-ten/", "/danh-muc/sua/chi-tieu/../../x/", "/so-lieu/%0d%0aSet-Cookie:a=b/cao-bang/",
    ):  # fmt: skip
        answer = client.get(path)
        # 301 only adds the stroke at the end, within this site.
        assert answer.status_code in (301, 404, 400), path
        assert re.fullmatch("(/[^/].*)?", answer.headers.get("Location", "")), path
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_address_sends_anyone_away(world: World, where: str):
    client = browser(world.cast.administrator)
    told = {"next": where, "ve": where, "back": where, "redirect": where, "username": "x", "language": "vi"}
    for name in routes():
        if name == "accounts:logout":
            continue
        for answer in (
            client.get(world.address(name), told),
            client.post(world.address(name) + f"?next={where}", told),
        ):
            assert "evil.example" not in answer.get("Location", ""), name
            assert not answer.get("Location", "").startswith("javascript"), name
    assert addresses()
