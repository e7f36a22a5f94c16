# SPDX-License-Identifier: Apache-2.0
"""A return checked against itself and the ledger: while it is filled, when it is sent, and for who checks it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.findings.models import Finding, Origin, State
from bamsat.rooms.submissions.checking import checked, with_findings
from bamsat.rooms.submissions.checking_kept import keep_of, standing
from bamsat.rooms.submissions.checking_lately import checked_lately, forget
from bamsat.rooms.submissions.filling.actions import Change, Refused, open_return, save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.flow.errors import NotReady
from bamsat.rooms.submissions.grids import Grid, grid_of
from bamsat.rooms.submissions.models import FormVersion, Return, ReturnState
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)
MILLION = Decimal(10) ** 6
COLUMNS: list[dict[str, Any]] = [
    {"code": "now", "name": "Tháng này", "decimals": 3},
    {"code": "grew", "name": "Tăng trưởng so với cùng kỳ", "unit": "%", "base": "year_ago"},
    {"code": "to_date", "name": "Lũy kế", "period": "to_date"},
]
NAMES = {
    "trade_total": "Tổng kim ngạch", "exports": "Xuất khẩu", "imports": "Nhập khẩu",
    "supervised_goods": "Hàng giám sát",
}  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"code": code, "name": name, "indicator": code, "unit": "triệu USD", "optional": True}
    for code, name in NAMES.items()
]
RIGHT = {
    "exports.now": "337,887", "imports.now": "178,925", "supervised_goods.now": "260,980",
    "trade_total.now": "777,792",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_remembered(cast: Cast) -> None:
    build.catalogue()
    forget()


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    return build.form("xnk-thu", columns=COLUMNS, rows=ROWS, rules=[], provider="commune")


def filled(cast: Cast, version: FormVersion, texts: dict[str, str], period: Period = OCTOBER) -> Return:
    sent = open_return(cast.commune_official, version.form, cast.commune, period)
    changes = [Change(key, text) for key, text in texts.items()]
    return save_cells(cast.commune_official, sent, changes).sent_return


def looked_at(sent: Return) -> Grid:
    grid = grid_of(sent)
    return with_findings(grid, checked(grid))


def in_ledger(cast: Cast, *figures: tuple[str, str, str], **more: Any) -> None:
    """Values of the commune, in millions of dollars: indicator, period, number."""
    for code, period, number in figures:
        value = Decimal(number) * MILLION
        told = stated(value, indicator=code, period=period, unit="USD", number=f"{number} triệu USD", **more)
        figure = build.document(cast.specialist, [told]).figures.get()
        figure.document.place, figure.area = cast.commune, ""
        figure.document.save()
        figure.save()
        accept(cast.head, figure)


class TestInsideTheForm:
    def test_a_total_that_adds_up_is_not_mentioned(self, cast: Cast, version: FormVersion):
        assert looked_at(filled(cast, version, RIGHT)).found == ()

    def test_a_total_that_does_not_add_up_is_an_error_with_the_mended_value(self, cast: Cast, version: FormVersion):
        grid = looked_at(filled(cast, version, RIGHT | {"trade_total.now": "877,792"}))
        (found,) = grid.errors
        assert (found.key, found.kind, found.mend) == ("trade_total.now", "check:sum", "777,792")
        assert "877,792" in found.vi

    def test_rounding_is_no_error(self, cast: Cast, version: FormVersion):
        texts = {"exports.now": "338", "imports.now": "179", "supervised_goods.now": "261", "trade_total.now": "777,8"}
        assert looked_at(filled(cast, version, texts)).found == ()

    def test_what_does_not_add_up_is_not_sent(self, cast: Cast, version: FormVersion):
        sent = filled(cast, version, RIGHT | {"trade_total.now": "877,792"})
        with pytest.raises(NotReady) as refused:
            actions_flow.send(cast.commune_official, sent)
        assert refused.value.findings[0].key == "trade_total.now"


class TestBesideTheLedger:
    def test_a_growth_that_the_values_contradict_is_a_question(self, cast: Cast, version: FormVersion):
        in_ledger(cast, ("exports", "2025-10", "278.257"))
        grid = looked_at(filled(cast, version, {"exports.now": "337,887", "exports.grew": "21,43"}))
        assert grid.found == ()
        grid = looked_at(filled(cast, version, {"exports.now": "337,887", "exports.grew": "12,43"}))
        (found,) = grid.found
        assert (found.severity, found.key.partition(".")[0]) == ("doubt", "exports")

    def test_a_reason_silences_a_question(self, cast: Cast, version: FormVersion):
        in_ledger(cast, ("exports", "2025-10", "278.257"))
        sent = filled(cast, version, {"exports.now": "337,887", "exports.grew": "12,43"})
        (found,) = looked_at(sent).found
        text = sent.cells[found.key]["t"]
        save_cells(cast.commune_official, sent, [Change(found.key, text, why="gốc năm trước đã chỉnh lý")])
        sent.refresh_from_db()
        assert looked_at(sent).found == ()

    def test_a_revision_of_an_estimate_is_no_question(self, cast: Cast, version: FormVersion):
        in_ledger(cast, ("exports", "2026-10", "330.1"), status="estimate")
        assert looked_at(filled(cast, version, {"exports.now": "337,887"})).found == ()

    def test_what_the_return_wrote_itself_says_nothing_against_it(self, cast: Cast, version: FormVersion):
        sent = build.sent(cast.commune_official, version, cast.commune, "2026-10", RIGHT, until="approved")
        actions_flow.unlock(build.administrator("mo-lai"), sent, "đính chính")
        doubled = {key: str(2 * Decimal(text.replace(",", "."))).replace(".", ",") for key, text in RIGHT.items()}
        sent.refresh_from_db()
        save_cells(cast.commune_official, sent, [Change(key, text) for key, text in doubled.items()])
        sent.refresh_from_db()
        assert [each for each in looked_at(sent).found if each.kind == "check:told_twice"] == []


class TestPast:
    """The Octobers of four years, and the months before this one."""

    @pytest.fixture
    def past(self, cast: Cast, version: FormVersion) -> FormVersion:
        known = [("exports", f"{2022 + at}-10", f"{300 + 11 * at}.{at + 1}") for at in range(4)]
        in_ledger(cast, *known, ("exports", "2026-09", "33.1"))
        return version

    def test_a_value_as_in_other_years_is_no_question_though_last_month_was_a_tenth(
        self, cast: Cast, past: FormVersion
    ):
        assert looked_at(filled(cast, past, {"exports.now": "341,887"})).found == ()

    def test_a_zero_too_many_is_asked_about_once_and_mended(self, cast: Cast, past: FormVersion):
        (found,) = looked_at(filled(cast, past, {"exports.now": "3.418,87"})).found
        assert (found.severity, found.kind, found.mend) == ("doubt", "check:history", "341,887")

    def test_where_the_ledger_knows_no_other_year_last_month_is_asked(self, cast: Cast, version: FormVersion):
        in_ledger(cast, ("exports", "2026-09", "33.1"))
        (found,) = looked_at(filled(cast, version, {"exports.now": "341,887"})).found
        assert found.kind == "far_from_last"


class TestWhileOneTypes:
    def test_the_sentence_and_the_button_stand_under_the_row(self, cast: Cast, version: FormVersion):
        sent = filled(cast, version, RIGHT)
        client = cast.client(cast.commune_official)
        change = {"key": "trade_total.now", "text": "877,792", "seen": 1}
        answer = client.post(
            f"/phieu/{sent.uuid}/luu/", json.dumps({"changes": [change], "revision": sent.revision}),
            content_type="application/json",
        ).json()  # fmt: skip
        assert answer["marked"] == {"trade_total.now": "bad"}
        assert 'data-text="777,792"' in answer["mends"]["trade_total"]
        page = client.get(f"/phieu/{sent.uuid}/").content.decode()
        assert "Đổi thành 777,792" in page

    def test_only_what_is_tied_to_a_change_is_looked_up_again(
        self, cast: Cast, version: FormVersion, django_assert_num_queries: Any
    ):
        sent = filled(cast, version, RIGHT)
        checked_lately(grid_of(sent))
        grid = grid_of(sent)
        with django_assert_num_queries(1):
            checked_lately(grid)

    def test_it_says_the_same_as_a_whole_check(self, cast: Cast, version: FormVersion):
        sent = filled(cast, version, RIGHT | {"trade_total.now": "877,792"})
        for _ in range(2):
            grid = grid_of(sent)
            assert with_findings(grid, checked_lately(grid)).found == looked_at(sent).found


class TestSending:
    def asking(self, cast: Cast, version: FormVersion, why: str = "") -> Return:
        in_ledger(cast, ("exports", "2025-10", "278.257"))
        sent = filled(cast, version, {"exports.now": "337,887", "exports.grew": "12,43"})
        (found,) = looked_at(sent).found
        change = Change(found.key, sent.cells[found.key]["t"], why=why or "số đúng")
        return save_cells(cast.commune_official, sent, [change]).sent_return

    def test_what_was_explained_is_kept_as_explained(self, cast: Cast, version: FormVersion):
        sent = actions_flow.send(cast.commune_official, self.asking(cast, version))
        finding = Finding.objects.get(about=sent.uuid)
        assert (finding.origin, finding.place, finding.period) == (Origin.FORM, cast.commune, "2026-10")
        assert (finding.state, finding.reason) == (State.EXPLAINED, "số đúng")
        assert finding.parts.exclude(cell="").exists()
        assert finding.parts.exclude(entry=None).exists()

    def test_taken_back_it_is_gone_and_sent_again_it_is_there(self, cast: Cast, version: FormVersion):
        sent = actions_flow.send(cast.commune_official, self.asking(cast, version))
        actions_flow.take_back(cast.commune_official, sent)
        assert Finding.objects.get(about=sent.uuid).state in (State.GONE, State.CORRECTED)
        sent.refresh_from_db()
        actions_flow.send(cast.commune_official, sent)
        assert Finding.objects.get(about=sent.uuid).state == State.EXPLAINED

    def test_corrected_and_sent_again_it_is_closed(self, cast: Cast, version: FormVersion):
        sent = actions_flow.send(cast.commune_official, self.asking(cast, version))
        actions_flow.send_back(cast.specialist, sent, [("exports.grew", "xem lại")])
        assert Finding.objects.get(about=sent.uuid).state == State.EXPLAINED
        sent.refresh_from_db()
        save_cells(cast.commune_official, sent, [Change("exports.grew", "21,43")])
        actions_flow.send(cast.commune_official, sent)
        assert Finding.objects.get(about=sent.uuid).state == State.CORRECTED

    def test_returns_sent_together_are_checked_by_the_worker(self, cast: Cast, version: FormVersion):
        sent = self.asking(cast, version)
        done = actions_many.send_many(cast.commune_official, [sent.pk]).done
        assert [each.pk for each in done] == [sent.pk]
        assert keep_of([str(sent.uuid)]) == 1
        assert keep_of([str(sent.uuid)]) == 1
        assert Finding.objects.filter(about=sent.uuid).count() == 1


class TestReview:
    @pytest.fixture
    def sent(self, cast: Cast, version: FormVersion) -> Return:
        """Sent together with others, so that nobody was asked about it."""
        in_ledger(cast, ("exports", "2025-10", "278.257"))
        sent = filled(cast, version, {"exports.now": "337,887", "exports.grew": "12,43"})
        actions_many.send_many(cast.commune_official, [sent.pk])
        keep_of([str(sent.uuid)])
        sent.refresh_from_db()
        assert sent.state == ReturnState.SENT
        return sent

    def test_each_cell_shows_what_was_found_and_a_remark_is_written_for_it(self, cast: Cast, sent: Return):
        ((key, (finding,)),) = standing(sent).items()
        client = cast.client(cast.specialist)
        page = client.get(f"/phieu/{sent.uuid}/xem/").content.decode()
        assert finding.vi.replace('"', "&quot;") in page
        assert "Đáng hỏi" in page
        asked = client.get(f"/phieu/{sent.uuid}/xem/?o={key}&phat-hien={finding.uuid}").content.decode()
        assert f'name="y-kien" value="{finding.vi}"' in asked

    def test_a_finding_of_another_return_writes_no_remark(self, cast: Cast, sent: Return):
        page = cast.client(cast.specialist).get(f"/phieu/{sent.uuid}/xem/?o=exports.now&phat-hien=x").content.decode()
        assert 'name="y-kien" value=""' in page

    def test_it_is_not_checked_in_a_heap(self, cast: Cast, sent: Return):
        (left,) = actions_many.check_many(cast.specialist, [sent.pk]).left
        assert "phát hiện cần xem" in left.vi

    def test_findings_of_returns_are_seen_by_who_sees_the_return(self, cast: Cast, sent: Return):
        from bamsat.rooms.findings.queries import findings

        assert findings(cast.specialist).filter(about=sent.uuid).exists()
        assert findings(cast.commune_official).filter(about=sent.uuid).exists()
        assert not findings(cast.specialist_elsewhere).filter(about=sent.uuid).exists()


def test_a_fault_of_the_check_stops_nobody(cast: Cast, version: FormVersion, monkeypatch: pytest.MonkeyPatch):
    def broken(*_told: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bamsat.core.check.checking.check", broken)
    sent = filled(cast, version, RIGHT | {"trade_total.now": "877,792"})
    assert looked_at(sent).found == ()
    assert actions_flow.send(cast.commune_official, sent).state == ReturnState.SENT


def test_of_two_errors_a_form_says_itself_the_author_s_words_stay(cast: Cast):
    rule = {
        "code": "whole", "says": "trade_total = exports + imports + supervised_goods", "severity": "error",
        "message": {"vi": "Tổng bằng cộng ba dòng."}, "columns": ["now"],
    }  # fmt: skip
    version = build.form("xnk-luat", columns=COLUMNS, rows=ROWS, rules=[rule])
    (found,) = looked_at(filled(cast, version, RIGHT | {"trade_total.now": "877,792"})).found
    assert (found.kind, found.mend) == ("rule:whole", "777,792")


def test_sending_many_leaves_what_the_form_itself_forbids(cast: Cast, version: FormVersion):
    sent = filled(cast, version, {"exports.now": "abc"})
    (left,) = actions_many.send_many(cast.commune_official, [sent.pk]).left
    assert isinstance(left.vi, str)
    with pytest.raises((NotReady, Refused)):
        actions_flow.send(cast.commune_official, sent)
