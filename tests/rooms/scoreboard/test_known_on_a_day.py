# SPDX-License-Identifier: Apache-2.0
"""After a year in which much came late and changed: each page, asked for as known on a day, is what it was that day.

The banner that says which day it is, and the day in links, are all that may differ. Names of indicators are those that
the catalogue has now: a name mended later is mended for all days.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.scoreboard.board import SHOWN, scoreboard
from tests import build
from tests.cast import Cast
from tests.simulated import RENAMED, YEAR, SimulatedYear

pytestmark = pytest.mark.django_db

AUGUST = date(YEAR, 8, 15)
DAYS = tuple(
    date(YEAR, month, day)
    for month, day in (
        (1, 31), (3, 10), (4, 30), (6, 10), (7, 11), (7, 12), (8, 15), (8, 20), (9, 12), (10, 16), (11, 20), (12, 24),
    )
)  # fmt: skip
HOME = "noi=cao-bang"
WAYS = ("table", "multiples", "map", "ranking", "five_years", "dual")  # of looking


def addresses(day: date) -> Iterator[str]:
    """The table, the ranking and why on each day; on 15 August every way of looking, also at other places and periods,
    where something changes later."""
    table, notes = reverse("scoreboard:table"), reverse("situation:list")
    yield f"{table}?{HOME}"
    yield f"{reverse('scoreboard:ranking')}?{HOME}"
    yield f"{reverse('scoreboard:why', args=['industrial_output'])}?{HOME}&ky={YEAR}"
    if day != AUGUST:
        return
    for way in WAYS:
        yield from (f"{reverse(f'scoreboard:{way}')}?{HOME}", f"{reverse(f'scoreboard:{way}')}?{HOME}&ky={YEAR}-07")
    yield from (f"{table}?{HOME}&ky={code}" for code in (str(YEAR), f"{YEAR}-05", f"{YEAR}-02", str(YEAR - 1)))
    yield from (f"{table}?noi={place}" for place in ("xa-nha", f"xa-nha&ky={YEAR}-04", f"xa-ben&ky={YEAR}-03"))
    yield from (
        f"{reverse('scoreboard:why', args=[code])}?{HOME}&ky={YEAR}-07" for code in ("retail_services", "exports")
    )
    yield from (f"/so-lieu/{code}/cao-bang/" for code in ("industrial_output", "exports"))
    yield f"{notes}?{HOME}&ky={YEAR}"


def content(html: str) -> list[str]:
    """What a page says, piece by piece, without the day it is known on."""
    main = re.search(r"<main\b.*?</main>", html, re.DOTALL)
    assert main, html[:500]
    text = main[0]
    for new, old in RENAMED.items():
        text = text.replace(new, old)
    text = re.sub(r'<p class="note doubt" role="status">Trang này chỉ có những gì.*?</p>', "", text, flags=re.DOTALL)
    text = re.sub(r'(href|action)="([^"]*)"', lambda found: f'{found[1]}="{without_day(found[2])}"', text)
    text = re.sub(r'<input[^>]*name="(biet|csrfmiddlewaretoken)"[^>]*>', "", text)
    return [line for part in re.split(r"(?=<)", text) if (line := " ".join(part.split()))]


def without_day(address: str) -> str:
    path, _, query = address.partition("?")
    kept = sorted((name, value) for name, value in parse_qsl(query.replace("&amp;", "&")) if name != "biet")
    return f"{path}?{urlencode(kept)}" if kept else path


def numbers(pieces: list[str]) -> list[str]:
    """What is said, without tags, drafts and what only today's page offers to do."""
    said = [piece.partition(">")[2].strip() for piece in pieces if not piece.startswith('<a class="btn"')]
    apart = ("nháp: ", "Biết nay", "Biết đến ")
    return [text for text in said if text and not text.startswith(apart) and "Sổ biết đến" not in text]


@dataclass
class Kept:
    """The pages of some days: as they were on them, and as known on them when asked on them."""

    user: User
    client: Client = field(default_factory=Client)
    shown: dict[tuple[str, date], list[str]] = field(default_factory=dict)
    of_the_day: dict[tuple[str, date], list[str]] = field(default_factory=dict)

    def look(self, day: date) -> None:
        if day in DAYS:
            self.sign_in()
            for address in addresses(day):
                self.shown[address, day] = self.page(address, day)
                if day == AUGUST:
                    self.of_the_day[address, day] = self.page(address)

    def page(self, address: str, day: date | None = None) -> list[str]:
        known = f"{'&' if '?' in address else '?'}biet={day:%d/%m/%Y}" if day else ""
        answer = self.client.get(address + known)
        assert answer.status_code == 200, (address, answer.status_code)
        return content(answer.content.decode())

    def sign_in(self) -> None:
        self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")


def differences(title: str, was: list[str], now: list[str]) -> list[str]:
    found = list(difflib.unified_diff(was, now, "that day", "asked later", lineterm="", n=0))
    return [title, *found[2:]] if found else []


def test_each_page_as_known_on_a_day_is_what_it_was_that_day(cast: Cast):
    kept = Kept(cast.specialist)
    year = SimulatedYear(cast)
    year.play(kept.look)
    told: list[str] = []
    with year.clock.running():
        kept.sign_in()
        for (address, day), was in kept.shown.items():
            told += differences(f"{day} {address}", was, kept.page(address, day))
    assert "\n".join(told) == ""
    for (address, day), was in kept.of_the_day.items():
        told += differences(f"{day} {address}", numbers(was), numbers(kept.shown[address, day]))
    assert "\n".join(told) == ""


def test_indicators_told_of_later_do_not_part_the_board_of_a_day_into_fields(cast: Cast):
    few = [build.stated(n, indicator=f"product:mặt hàng {n}", unit="ton") for n in range(1, SHOWN + 1)]
    accept_all(cast.head, build.document(cast.specialist, few))
    moment = timezone.now()
    accept_all(cast.head, build.document(cast.specialist, [build.stated(5)]))
    assert scoreboard(cast.specialist, cast.home, 2021).fields
    told = scoreboard(cast.specialist, cast.home, 2021, known=moment)
    assert (told.fields, len(told.rows), told.pages) == ((), SHOWN, 1)
