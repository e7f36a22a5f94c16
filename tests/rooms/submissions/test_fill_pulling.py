# SPDX-License-Identifier: Apache-2.0
"""Values pulled instead of typed: from the period before, the ledger, the places below; each says where it is from."""

from __future__ import annotations

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.filling.pulling import pulled
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import FormVersion, Origin, Return, ReturnState
from tests import build
from tests.cast import Cast

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def form(cast: Cast) -> FormVersion:
    return build.form()


@pytest.fixture
def sent(cast: Cast, form: FormVersion) -> Return:
    return open_return(cast.commune_official, form.form, cast.commune, OCTOBER)


def filled(cast: Cast, form: FormVersion, place: object, period: Period, state: str, **texts: str) -> Return:
    made = open_return(cast.specialist, form.form, place, period)  # type: ignore[arg-type]
    save_cells(cast.specialist, made, [Change(f"{row}.now", text) for row, text in texts.items()])
    Return.objects.filter(pk=made.pk).update(state=state)
    return made


def values(sent: Return, origin: str) -> dict[str, tuple[str, str]]:
    sent.refresh_from_db()
    return {each.key: (each.text, each.src) for each in pulled(grid_of(sent), origin)}


def test_last_period_comes_from_its_return_once_it_was_sent(cast: Cast, form: FormVersion, sent: Return):
    before = filled(cast, form, cast.commune, OCTOBER.before(), ReturnState.DRAFT, food="77")
    assert values(sent, Origin.LAST) == {}
    Return.objects.filter(pk=before.pk).update(state=ReturnState.CHECKED)
    assert values(sent, Origin.LAST) == {"food.now": ("77", "phiếu tháng 9/2026")}


def test_the_ledger_says_by_which_document(cast: Cast, form: FormVersion, sent: Return):
    told = build.stated(
        "7000000", indicator="retail_goods", segment="retail_group:food", area=cast.commune.name, period="2026-10"
    )
    figures.accept(cast.head, build.figure(cast.specialist, told))
    assert values(sent, Origin.LEDGER) == {"food.now": ("7", "sổ số liệu, theo bc.txt")}


def test_places_below_are_added_up_and_counted(cast: Cast, form: FormVersion):
    whole = build.form(code="ban-le-tinh", senders={"kinds": ["province"]})
    sent = open_return(cast.specialist, whole.form, cast.home, OCTOBER)
    communes = [cast.commune, cast.other_commune]
    filled(cast, form, communes[0], OCTOBER, ReturnState.SENT, food="1,5", clothing="2")
    filled(cast, form, communes[1], OCTOBER, ReturnState.APPROVED, food="0,7", household="1,2.3")
    count = len(communes)
    assert values(sent, Origin.BELOW) == {
        "food.now": ("2,2", f"cộng 2/{count} xã, phường"),
        "clothing.now": ("2", f"cộng 1/{count} xã, phường"),
    }


def test_drafts_below_do_not_count(cast: Cast, form: FormVersion):
    whole = build.form(code="ban-le-tinh", senders={"kinds": ["province"]})
    sent = open_return(cast.specialist, whole.form, cast.home, OCTOBER)
    filled(cast, form, cast.commune, OCTOBER, ReturnState.DRAFT, food="1,5")
    filled(cast, form, cast.other_commune, OCTOBER, ReturnState.RETURNED, food="1,5")
    assert values(sent, Origin.BELOW) == {}


class TestPage:
    @pytest.fixture
    def before(self, cast: Cast, form: FormVersion) -> Return:
        return filled(
            cast, form, cast.commune, OCTOBER.before(), ReturnState.SENT, food="77", clothing="8", household="9"
        )

    def test_it_shows_what_will_be_filled_blank_cells_chosen(self, cast: Cast, before: Return, sent: Return):
        save_cells(cast.commune_official, sent, [Change("food.now", "70"), Change("household.now", "9")])
        page = cast.client(cast.commune_official).get(f"/phieu/{sent.uuid}/lay/?tu=last").content.decode()
        assert 'value="clothing.now" checked' in page
        assert 'value="food.now">' in page
        assert "household.now" not in page
        assert "phiếu tháng 9/2026" in page

    def test_only_what_is_chosen_is_filled_and_says_where_from(self, cast: Cast, before: Return, sent: Return):
        client = cast.client(cast.commune_official)
        page = client.post(f"/phieu/{sent.uuid}/lay/", {"tu": "last", "o": ["clothing.now"]}, follow=True)
        sent.refresh_from_db()
        assert (sent.texts, sent.cells["clothing.now"]["o"]) == ({"clothing.now": "8"}, Origin.LAST)
        said = page.content.decode()
        assert "Đã điền 1 ô." in said
        assert "kỳ trước<span" in said

    def test_it_is_taken_back_where_nobody_has_typed_since(self, cast: Cast, before: Return, sent: Return):
        client = cast.client(cast.commune_official)
        save_cells(cast.commune_official, sent, [Change("food.now", "70")])
        client.post(f"/phieu/{sent.uuid}/lay/", {"tu": "last", "o": ["clothing.now", "food.now"]})
        save_cells(cast.specialist, sent, [Change("clothing.now", "8,5", 1)])
        client.post(f"/phieu/{sent.uuid}/hoan-tac/")
        sent.refresh_from_db()
        assert sent.texts == {"food.now": "70", "clothing.now": "8,5"}
        assert sent.cells["food.now"]["o"] == Origin.TYPED
        answer = client.post(f"/phieu/{sent.uuid}/hoan-tac/", follow=True).content.decode()
        assert "Không còn gì để hoàn tác." in answer

    def test_a_source_that_is_none_is_not_found(self, cast: Cast, sent: Return):
        assert cast.client(cast.commune_official).get(f"/phieu/{sent.uuid}/lay/?tu=excel").status_code == 404

    def test_nothing_to_take_is_said_in_words(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        for source, said in (("last", "Kỳ trước chưa có"), ("ledger", "Sổ chưa có"), ("below", "Chưa có nơi nào")):
            assert said in client.get(f"/phieu/{sent.uuid}/lay/?tu={source}").content.decode()
