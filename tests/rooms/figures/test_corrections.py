# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from typing import Any

import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.models import FigureState, ReadFigure
from bamsat.rooms.figures.actions import accept, reject
from bamsat.rooms.figures.corrections import CorrectionRefused, correct
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BILLION = 10**9


@pytest.fixture
def figure(cast: Cast) -> ReadFigure:
    build.catalogue()
    read = stated(
        5_300 * BILLION, number="5.300 tỷ đồng", doubt="Kỳ lấy từ tiêu đề", inferred=("period", "area"),
        lower=Decimal(5_299.5 * BILLION), upper=Decimal(5_300.5 * BILLION),
    )  # fmt: skip
    return build.figure(cast.specialist, read)


def test_a_correction_changes_the_columns_and_never_what_was_read(cast: Cast, figure: ReadFigure) -> None:
    as_read = dict(figure.as_read)
    correct(cast.specialist, figure, period="2020", indicator="retail_goods", segment="hàng dệt may")
    assert (figure.period, figure.indicator, figure.segment) == ("2020", "retail_goods", "hàng dệt may")
    assert figure.corrected
    assert (figure.state, figure.doubt, figure.inferred) == (FigureState.WAITING, "", ["area"])
    assert ReadFigure.objects.get().as_read == as_read


def test_the_trail_holds_the_old_and_the_new(cast: Cast, figure: ReadFigure) -> None:
    correct(cast.specialist, figure, period="2020", status="actual")
    row = AuditRecord.objects.get(action="figures.figure.corrected")
    assert row.details == {"old": {"period": "2021"}, "new": {"period": "2020"}}
    assert row.by == cast.specialist


def test_a_correction_that_changes_nothing_still_settles_the_doubt(cast: Cast, figure: ReadFigure) -> None:
    correct(cast.specialist, figure, period="2021")
    assert (figure.corrected, figure.doubt) == (False, "")
    assert not AuditRecord.objects.filter(action="figures.figure.corrected").exists()


@pytest.mark.parametrize(
    ("typed", "unit", "value", "lower", "code"),
    [
        ("5.310", "tỷ đồng", 5_310 * BILLION, 5_309.5 * BILLION, "VND"),
        ("5.310 tỷ đồng", "", 5_310 * BILLION, 5_309.5 * BILLION, "VND"),
        ("5,31", "nghìn tỷ đồng", 5_310 * BILLION, 5_305 * BILLION, "VND"),
        ("337,887", "triệu USD", 337_887_000, 337_886_500, "USD"),
        ("5300000000000", "", 5_300 * BILLION, 5_300 * BILLION - 0.5, "VND"),
        ("−12,5", "%", -12.5, -12.55, "%"),
        ("25", "chợ", 25, 25, "chợ"),
        (Decimal(7), "", 7, 7, "VND"),
    ],
)  # fmt: skip
def test_a_value_is_typed_as_people_write_it(
    cast: Cast, figure: ReadFigure, typed: Any, unit: str, value: float, lower: float, code: str
) -> None:
    correct(cast.specialist, figure, value=typed, unit=unit)
    assert (figure.value, Decimal(figure.lower), figure.unit) == (Decimal(str(value)), Decimal(str(lower)), code)


def test_another_hedge_gives_the_same_words_another_interval(cast: Cast, figure: ReadFigure) -> None:
    correct(cast.specialist, figure, hedge="over")
    assert (figure.hedge, Decimal(figure.lower)) == ("over", 5_300 * BILLION)
    assert Decimal(figure.upper) > 5_300 * BILLION


def test_an_open_indicator_can_be_named_and_joins_the_catalogue_on_acceptance(cast: Cast, figure: ReadFigure) -> None:
    correct(cast.specialist, figure, indicator="product:xi măng", value="12", unit="tấn")
    assert accept(cast.head, figure).series.indicator.name_vi == "Xi măng"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"period": "năm ngoái"}, "2021-Q3"),
        ({"base": "cùng kỳ"}, "Kỳ so sánh"),
        ({"indicator": "doanh thu"}, "danh sách gợi ý"),
        ({"measure": "mức"}, "level, growth"),
        ({"status": "kế hoạch"}, "actual, estimate, target, forecast"),
        ({"hedge": "chắc"}, "over, nearly"),
        ({"price_basis": "2010"}, "constant:2010"),
        ({"area": "Xứ Lạ"}, "Không tìm thấy địa bàn"),
        ({"value": "năm nghìn ba"}, r"1\.234,5"),
        ({"unit": "tỷ đồng"}, "ghi lại cả giá trị"),
        ({"label": "a" * 501}, "500"),
        ({"lower": "1"}, "Sửa được: label, indicator"),
    ],
)
def test_a_field_that_cannot_be_taken_is_refused_and_told_what_is_allowed(
    cast: Cast, figure: ReadFigure, fields: dict[str, str], words: str
) -> None:
    with pytest.raises(CorrectionRefused, match=words) as refusal:
        correct(cast.specialist, figure, **fields)
    assert len(refusal.value.fields) == 1
    assert refusal.value.en
    figure.refresh_from_db()
    assert not figure.corrected


def test_all_wrong_fields_are_told_at_once_and_nothing_is_changed(cast: Cast, figure: ReadFigure) -> None:
    with pytest.raises(CorrectionRefused) as refusal:
        correct(cast.specialist, figure, period="x", area="Xứ Lạ", segment="hàng dệt may", value="?")
    assert set(refusal.value.fields) == {"period", "area", "value"}
    figure.refresh_from_db()
    assert figure.segment == ""


def test_an_accepted_or_rejected_figure_is_not_corrected(cast: Cast, figure: ReadFigure) -> None:
    reject(cast.specialist, figure)
    with pytest.raises(CorrectionRefused, match="mở lại rồi sửa"):
        correct(cast.specialist, figure, period="2020")
