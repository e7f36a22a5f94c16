# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import FigureState
from bamsat.rooms.figures.actions import Refused, accept, accept_all, entry_of, reject, reopen, replace, withdraw
from bamsat.rooms.figures.drafts import FigureIncomplete
from bamsat.rooms.figures.ledger import NumberRefused, drift, rebuild_latest
from bamsat.rooms.figures.models import Confirmation, Entry, Latest
from bamsat.rooms.places.models import Role
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def actions_of(cast: Cast) -> list[str]:
    by = (cast.specialist, cast.head)
    return list(AuditRecord.objects.filter(by__in=by).order_by("pk").values_list("action", flat=True))


def standing() -> Entry:
    return Latest.objects.get().entry


# Accepting.


def test_an_accepted_figure_is_an_entry_with_the_same_number_interval_and_source(cast: Cast) -> None:
    figure = build.figure(
        cast.specialist,
        stated(68_800 * BILLION, lower=Decimal(68_800 * BILLION), upper=Decimal(68_900 * BILLION), hedge="over",
               status="estimate", price_basis="constant:2010", segment="khu vực FDI"),
    )  # fmt: skip
    entry = accept(cast.head, figure)
    assert (entry.amount, entry.low, entry.high) == tuple(Decimal(n * BILLION) for n in (68_800, 68_800, 68_900))
    assert (entry.kind, entry.vintage, entry.hedge, entry.period) == ("estimate", "estimate", "over", "2021")
    series = entry.series
    assert (series.indicator.code, series.place.slug, series.segment) == (
        "industrial_output",
        "cao-bang",
        "ownership:foreign",
    )
    assert (series.measure, series.unit, series.price_basis, series.scale) == ("level", "VND", "constant:2010", 0)
    assert (entry.source, entry.by, entry.replaces) == (figure, cast.head, None)
    assert figure.state == FigureState.ACCEPTED
    assert standing() == entry


def test_words_of_a_part_that_no_code_list_knows_stay_words(cast: Cast) -> None:
    entry = accept(cast.head, build.figure(cast.specialist, stated(5, segment="khu vực chưa ai gọi tên")))
    assert entry.series.segment == "khu vực chưa ai gọi tên"


def test_a_value_without_a_price_basis_has_that_of_its_indicator(cast: Cast) -> None:
    exports = build.figure(cast.specialist, stated(5, indicator="exports", unit="USD"))
    assert accept(cast.head, exports).series.price_basis == "current"


def test_accepting_twice_gives_the_same_entry(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    assert accept(cast.head, figure) == accept(cast.head, figure)
    assert Entry.objects.count() == 1
    assert actions_of(cast).count("figures.entry.accepted") == 1


@pytest.mark.parametrize(
    ("status", "kind", "vintage"),
    [
        ("actual", "actual", "preliminary"), ("estimate", "estimate", "estimate"), ("target", "plan", "official"),
        ("forecast", "forecast", "estimate"),
    ],
)  # fmt: skip
def test_the_status_of_a_figure_says_the_kind_of_its_entry(cast: Cast, status: str, kind: str, vintage: str) -> None:
    entry = accept(cast.head, build.figure(cast.specialist, stated(1, status=status)))
    assert (entry.kind, entry.vintage) == (kind, vintage)


def test_growth_keeps_its_base_and_its_decimals(cast: Cast) -> None:
    entry = accept(cast.head, build.figure(cast.specialist, growth("12.77")))
    assert (entry.value, entry.series.scale, entry.base, entry.series.measure) == (12_770_000, 6, "2020", "growth")
    assert entry.amount == Decimal("12.77")


def test_two_growths_of_one_period_against_different_bases_stand_beside_each_other(cast: Cast) -> None:
    document = build.document(
        cast.specialist,
        [growth("5", period="2021-07", base="2020-07"), growth("-2", period="2021-07", base="2021-06")],
    )
    assert accept_all(cast.head, document).count == 2
    assert Latest.objects.count() == 2


def test_a_ratio_keeps_both_its_numbers(cast: Cast) -> None:
    read = stated(25, indicator="market:Bản đồ an toàn", measure="ratio", of=Decimal(79), unit="chợ")
    entry = accept(cast.head, build.figure(cast.specialist, read))
    assert (entry.amount, entry.amount_of) == (25, 79)


def test_an_open_indicator_joins_the_catalogue_with_the_first_figure(cast: Cast) -> None:
    read = stated("1234.5", indicator="product:xi măng", label="sản lượng xi măng", unit="ton")
    entry = accept(cast.head, build.figure(cast.specialist, read))
    assert Indicator.objects.get(code="product:xi măng").unit == "ton"
    assert entry.amount == Decimal("1234.5")
    assert "catalogue.indicator.added" in actions_of(cast)


def test_a_figure_without_a_place_of_its_own_is_about_the_place_of_its_document(cast: Cast) -> None:
    assert accept(cast.head, build.figure(cast.specialist, stated(1, area=None))).series.place == cast.home


def test_the_place_is_the_one_of_that_name_at_the_time(cast: Cast) -> None:
    user = build.role(cast.head, "hung-yen", Role.HEAD)
    before = accept(user, build.figure(user, stated(1, area="Hưng Yên", period="2021")))
    after = accept(user, build.figure(user, stated(1, area="Hưng Yên", period="2026")))
    assert [e.series.place.slug for e in (before, after)] == ["hung-yen-den-2025", "hung-yen"]


def test_an_unknown_place_is_refused_and_the_answer_says_how_to_mend_it(cast: Cast) -> None:
    with pytest.raises(FigureIncomplete, match="bấm Sửa và ghi tên tỉnh"):
        accept(cast.head, build.figure(cast.specialist, stated(1, area="Xứ Lạ")))


def test_a_figure_without_a_period_is_refused(cast: Cast) -> None:
    with pytest.raises(FigureIncomplete, match="chưa rõ kỳ"):
        accept(cast.head, build.figure(cast.specialist, stated(1, period=None)))


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(10**19, "VND", "nhân nghìn hoặc tỷ hai lần"), ("0.5", "VND", "nhiều chữ số thập phân")],
)
def test_a_number_that_the_ledger_cannot_hold_exactly_is_refused(
    cast: Cast, value: str | int, unit: str, words: str
) -> None:
    figure = build.figure(cast.specialist, stated(value, unit=unit))
    with pytest.raises(NumberRefused, match=words):
        accept(cast.head, figure)
    figure.refresh_from_db()
    assert figure.state == FigureState.WAITING
    assert not Entry.objects.exists()


def test_a_bound_is_rounded_outward_and_one_beyond_the_column_stays_within_it(cast: Cast) -> None:
    read = stated(10, lower=Decimal("9.5"), upper=Decimal(10**30))
    entry = accept(cast.head, build.figure(cast.specialist, read))
    assert (entry.lower, entry.upper) == (9, 2**63 - 1)


# Two documents, one number.


def test_a_second_document_that_says_the_same_adds_a_source_and_no_entry(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist))
    again = build.figure(cast.specialist)
    assert accept(cast.head, again) == first
    assert accept(cast.head, again) == first
    assert Confirmation.objects.get().source == again
    assert again.state == FigureState.ACCEPTED
    assert entry_of(again) == first


def test_a_coarser_statement_of_the_same_number_only_confirms_the_finer_one(cast: Cast) -> None:
    fine = accept(cast.head, build.figure(cast.specialist, stated(5299)))
    coarse = build.figure(cast.specialist, stated(5300, lower=Decimal(5250), upper=Decimal(5350)))
    assert accept(cast.head, coarse) == fine


def test_a_finer_statement_of_the_same_number_replaces_the_coarser_one(cast: Cast) -> None:
    coarse = accept(cast.head, build.figure(cast.specialist, stated(5300, lower=Decimal(5250), upper=Decimal(5350))))
    fine = accept(cast.head, build.figure(cast.specialist, stated(5299), title="Báo cáo chính thức năm 2021"))
    assert fine.replaces == coarse
    assert fine.reason == "Theo văn bản “Báo cáo chính thức năm 2021”"
    assert standing() == fine


def test_a_different_number_replaces_the_old_when_it_is_accepted_on_its_own(cast: Cast) -> None:
    old = accept(cast.head, build.figure(cast.specialist, stated(5300)))
    new = accept(cast.head, build.figure(cast.specialist, stated(4800)))
    assert (new.replaces, standing()) == (old, new)
    assert Entry.objects.count() == 2


def test_an_estimate_and_an_actual_do_not_replace_each_other(cast: Cast) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300, status="estimate")))
    accept(cast.head, build.figure(cast.specialist, stated(5280)))
    assert Latest.objects.count() == 2


# Accepting all.


def test_accept_all_takes_what_raises_no_question_and_says_why_the_rest_stays(cast: Cast) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(111, period="2019")))
    document = build.document(
        cast.specialist,
        [
            stated(5300), growth("12.77"), plan_ratio("100"),
            stated(1, doubt="Danh mục chưa có tên này", period="2018"),
            stated(2, period=None), stated(3, area="Xứ Lạ"), stated(4, area="Lạng Sơn"),
            stated(999, period="2019"), stated("0.5", period="2017"),
        ],
    )  # fmt: skip
    done = accept_all(cast.head, document)
    assert done.count == 3
    reasons = [(each.figure.ordinal, each.vi) for each in done.left]
    expected = ["Cần xem lại", "chưa rõ kỳ", "Không tìm thấy địa bàn", "ngoài địa bàn", "số khác", "thập phân"]
    assert [ordinal for ordinal, _ in reasons] == [4, 5, 6, 7, 8, 9]
    assert all(words in said for words, (_, said) in zip(expected, reasons, strict=True))
    states = list(document.figures.order_by("ordinal").values_list("state", flat=True))
    assert states == ["accepted"] * 3 + ["doubt"] + ["waiting"] * 5
    assert actions_of(cast).count("figures.entries.accepted") == 1
    assert not drift()


def test_accept_all_takes_doubtful_figures_when_asked_to(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1, doubt="?")])
    assert accept_all(cast.head, document, include_doubtful=True).count == 1


def test_accept_all_again_has_nothing_left_to_do(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1), growth("2")])
    accept_all(cast.head, document)
    again = accept_all(cast.head, document)
    assert (again.count, again.left) == (0, ())
    assert Entry.objects.count() == 2


def test_a_number_told_twice_in_one_document_is_one_entry_the_finer_of_the_two(cast: Cast) -> None:
    rounded = stated(5300, lower=Decimal(5250), upper=Decimal(5350))
    document = build.document(cast.specialist, [rounded, stated(5299), rounded])
    done = accept_all(cast.head, document)
    assert (done.count, done.left) == (3, ())
    assert (standing().amount, Entry.objects.count()) == (5299, 2)


def test_accept_all_asks_as_many_queries_for_a_hundred_figures_as_for_a_few(
    cast: Cast, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    document = build.document(cast.specialist, [stated(n, period=str(1900 + n)) for n in range(1, 101)])
    head = cast.head
    with django_assert_max_num_queries(90):
        accept_all(head, document)


# Rejecting and reopening.


def test_a_rejected_figure_is_not_accepted_until_it_is_reopened(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    reject(cast.specialist, figure, "số trang")
    assert (figure.state, figure.rejected_because) == (FigureState.REJECTED, "số trang")
    with pytest.raises(Refused, match="mở lại"):
        accept(cast.head, figure)
    reopen(cast.specialist, figure)
    assert accept(cast.head, figure)
    assert actions_of(cast)[-3:] == ["figures.figure.rejected", "figures.figure.reopened", "figures.entry.accepted"]


def test_a_doubtful_figure_that_was_rejected_is_doubtful_again_when_reopened(cast: Cast) -> None:
    figure = build.figure(cast.specialist, stated(1, doubt="?"))
    assert reopen(cast.specialist, reject(cast.specialist, figure)).state == FigureState.DOUBT


def test_a_figure_in_the_ledger_is_neither_rejected_nor_reopened_before_it_is_withdrawn(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    accept(cast.head, figure)
    for change in (reject, reopen):
        with pytest.raises(Refused, match="rút bút toán"):
            change(cast.specialist, figure)


# Replacing and withdrawing.


def test_a_replaced_entry_stays_and_the_new_one_says_why(cast: Cast) -> None:
    old = accept(cast.head, build.figure(cast.specialist, stated(5300 * BILLION)))
    new = replace(cast.head, old, "5.310", "đính chính của Cục Thống kê", unit="tỷ đồng")
    assert (new.amount, new.low, new.high) == (5310 * BILLION, 5309.5 * BILLION, 5310.5 * BILLION)
    assert (new.replaces, new.reason, new.source, standing()) == (old, "đính chính của Cục Thống kê", None, new)
    old.refresh_from_db()
    assert old.amount == 5300 * BILLION
    assert actions_of(cast)[-1] == "figures.entry.replaced"


def test_only_the_entry_that_stands_can_be_replaced(cast: Cast) -> None:
    old = accept(cast.head, build.figure(cast.specialist))
    replace(cast.head, old, Decimal(1), "đính chính")
    with pytest.raises(Refused, match="số đang dùng"):
        replace(cast.head, old, Decimal(2), "đính chính")


@pytest.mark.parametrize("reason", ["", "   "])
def test_replacing_and_withdrawing_want_a_reason(cast: Cast, reason: str) -> None:
    entry = accept(cast.head, build.figure(cast.specialist))
    with pytest.raises(Refused, match="lý do"):
        replace(cast.head, entry, Decimal(1), reason)
    with pytest.raises(Refused, match="lý do"):
        withdraw(cast.head, entry, reason)


def test_a_number_that_cannot_be_read_is_not_put_in_place(cast: Cast) -> None:
    entry = accept(cast.head, build.figure(cast.specialist))
    with pytest.raises(BamsatError, match=r"1\.234,5"):
        replace(cast.head, entry, "năm nghìn ba", "đính chính")


def test_a_withdrawn_entry_stays_and_its_figure_waits_for_a_new_look(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    entry = accept(cast.head, figure)
    withdraw(cast.head, entry, "nhận nhầm")
    withdraw(cast.head, entry, "bấm hai lần")
    figure.refresh_from_db()
    assert (figure.state, entry_of(figure)) == (FigureState.WAITING, None)
    assert Entry.objects.get().withdrawal.reason == "nhận nhầm"
    assert not Latest.objects.exists()


def test_after_a_withdrawal_the_entry_before_stands_again(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist, stated(100)))
    second = replace(cast.head, first, Decimal(200), "đính chính")
    third = replace(cast.head, second, Decimal(300), "đính chính lại")
    withdraw(cast.head, second, "sai")
    assert standing() == third
    withdraw(cast.head, third, "sai")
    assert standing() == first
    assert not drift()


def test_what_is_accepted_after_a_withdrawal_goes_on_with_the_same_line(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    first = accept(cast.head, figure)
    withdraw(cast.head, first, "nhận nhầm")
    second = accept(cast.head, figure)
    assert (second.replaces, second.reason, standing()) == (first, "", second)


def test_the_table_of_standing_entries_can_be_rebuilt_from_entries_alone(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist, stated(100)))
    second = replace(cast.head, first, Decimal(200), "đính chính")
    accept(cast.head, build.figure(cast.specialist, growth("3")))
    withdraw(cast.head, replace(cast.head, second, Decimal(5), "nhầm"), "nhầm")
    before = set(Latest.objects.values_list("series", "period", "base", "kind", "vintage", "entry"))
    Latest.objects.all().delete()
    assert drift()
    assert rebuild_latest() == 2
    assert set(Latest.objects.values_list("series", "period", "base", "kind", "vintage", "entry")) == before
