# SPDX-License-Identifier: Apache-2.0
"""Forms at work: a return in every state, a reminding, a batch, a draft of a form; and the pages of all of them."""

from __future__ import annotations

from bamsat.rooms.submissions.defining.actions import take_form
from bamsat.rooms.submissions.files.actions_many import receive, run
from bamsat.rooms.submissions.filling.actions import asked_keys
from bamsat.rooms.submissions.flow import actions as flow
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Form, FormVersion, Return
from tests import build
from tests.cast import Cast

FILE = b"Bang nay khong phai bieu nao"


def texts_of(form: FormVersion, more: int = 0) -> dict[str, str]:
    return {key: f"{100 + 7 * at + more},5" for at, key in enumerate(asked_keys(definition_of(form), ()))}


def returns(office: Cast) -> dict[str, Return]:
    """One form of one commune, month by month: approved, checked, sent, returned and being filled."""
    form, user, place = build.form(), office.commune_official, office.commune
    months = {"approved": "2026-06", "checked": "2026-07", "sent": "2026-08", "returned": "2026-09", "draft": "2026-10"}
    found = {}
    for more, (state, month) in enumerate(months.items()):
        texts = texts_of(form, more)  # no month repeats the one before
        until = "sent" if state == "returned" else state
        found[state] = build.sent(user, form, place, month, texts, until=until, by=office.head)
    flow.send_back(office.specialist, found["returned"], [("food.now", "Gấp ba tháng trước"), ("", "Xem lại đơn vị")])
    return found


def own_form(office: Cast) -> Form:
    """The department's own form, being drafted."""
    return take_form(office.head, Form.objects.get(code="cho-thang"), office.home).form


def addresses(office: Cast) -> list[str]:
    """The pages of those who check, approve, chase and define."""
    found, own = returns(office), own_form(office)
    batch = run(receive(office.head, [("la.csv", FILE)], now=True))
    reading = [f"/phieu/{found[state].uuid}/xem/" for state in ("approved", "checked", "sent", "returned", "draft")]
    return [
        "/", "/?thang=2026-10", "/tinh-hinh-gui/nam/2026/", "/tinh-hinh-gui/", "/tinh-hinh-gui/?theo=place",
        "/bieu-mau/", "/bieu-mau/?muc=kiem-tra", "/bieu-mau/?muc=duyet", "/bieu-mau/?muc=tat-ca",
        "/bieu-mau/?muc=tat-ca&tim=khong-co",
        *reading, f"/phieu/{found['sent'].uuid}/xem/?o=food.now", f"/phieu/{found['sent'].uuid}/tep/",
        "/don-doc/", "/don-doc/bieu/ban-le-thang/?ky=2026-10",
        "/bieu-mau/dinh-nghia/", "/bieu-mau/dinh-nghia/them/", "/bieu-mau/dinh-nghia/ban-le-thang/",
        "/bieu-mau/dinh-nghia/luoi-thang/", f"/bieu-mau/dinh-nghia/{own.code}/sua/",
        f"/bieu-mau/dinh-nghia/{own.code}/thong-tin/", "/bieu-mau/nap/", f"/bieu-mau/nap/{batch.uuid}/",
    ]  # fmt: skip


def to_fill(office: Cast) -> list[str]:
    """The pages of a commune: its month, a draft, a returned one, the files and what can be pulled."""
    found = returns(office)
    draft, returned = f"/phieu/{found['draft'].uuid}/", f"/phieu/{found['returned'].uuid}/"
    return [
        "/", "/bieu-mau/", draft, returned, f"{draft}tep/", f"{draft}lay/?tu=last", f"{draft}lay/?tu=ledger",
        f"{draft}lay/?tu=below", f"{returned}xem/", "/bieu-mau/nap/", "/bieu-mau/dinh-nghia/",
    ]  # fmt: skip
