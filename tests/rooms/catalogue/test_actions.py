# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.actions import (
    IndicatorRefused,
    add_indicator,
    add_name,
    load_catalogue,
    load_indicators,
    load_units,
)
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, Unit
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ONE = {
    "code": "industrial_output", "name": {"vi": "Giá trị sản xuất công nghiệp", "en": "Industrial output"},
    "unit": "VND", "display": {"unit": "tỷ đồng", "scale": 1_000_000_000}, "adds_up": "flow", "good": "up",
    "aliases": ["gtsxcn"],
}  # fmt: skip


def test_loading_twice_changes_nothing() -> None:
    build.catalogue()
    before = [list(model.objects.order_by("pk").values()) for model in (Unit, Indicator, IndicatorName)]
    load_catalogue()
    assert [list(model.objects.order_by("pk").values()) for model in (Unit, Indicator, IndicatorName)] == before


def test_every_indicator_that_the_design_names_is_shipped() -> None:
    build.catalogue()
    codes = set(Indicator.objects.values_list("code", flat=True))
    assert {"industrial_output", "iip", "retail_services", "exports", "trade_total", "supervised_goods", "cpi"} <= codes


def test_loading_again_takes_over_a_changed_name_and_keeps_what_an_administrator_added() -> None:
    load_indicators([ONE])
    own = Indicator.objects.create(code="cap_nuoc", name_vi="Nước sạch")
    kept = IndicatorName.objects.create(indicator=Indicator.objects.get(code=ONE["code"]), text="sản lượng CN")
    load_indicators([ONE | {"name": {"vi": "Giá trị sản xuất ngành công nghiệp"}}])
    assert Indicator.objects.get(code=ONE["code"]).folded == "gia tri san xuat nganh cong nghiep"
    assert Indicator.objects.filter(pk=own.pk).exists()
    assert IndicatorName.objects.filter(pk=kept.pk).exists()


def test_an_indicator_that_an_administrator_made_is_not_overwritten_by_a_shipped_one() -> None:
    Indicator.objects.filter(code=ONE["code"]).delete()
    Indicator.objects.create(code=ONE["code"], name_vi="Tên của đơn vị")
    load_indicators([ONE])
    assert Indicator.objects.get(code=ONE["code"]).name_vi == "Tên của đơn vị"


def test_a_unit_that_is_in_use_keeps_its_scale() -> None:
    load_units({"money": [{"code": "VND", "name": {"vi": "đồng", "en": "dong"}}]})
    Unit.objects.filter(code="VND").update(scale=2)
    load_units({"money": [{"code": "VND", "name": {"vi": "đồng Việt Nam", "en": "dong"}}]})
    assert Unit.objects.filter(code="VND").values_list("scale", "name_vi").get() == (2, "đồng Việt Nam")


def test_an_open_family_takes_a_new_indicator_once_and_the_trail_says_who_added_it(cast: Cast) -> None:
    first = add_indicator(cast.specialist, "product:xi măng", unit="ton")
    assert add_indicator(cast.specialist, "product:xi măng") == first
    assert (first.name_vi, first.unit, first.family) == ("Xi măng", "ton", "product")
    assert [r.action for r in AuditRecord.objects.filter(by=cast.specialist)] == ["catalogue.indicator.added"]


@pytest.mark.parametrize("code", ["xi_mang", "hang:xi măng", "product:", "product: ", "product:" + "a" * 160])
def test_a_code_without_family_or_subject_is_refused_with_the_list_of_families(cast: Cast, code: str) -> None:
    with pytest.raises(IndicatorRefused, match="product, promotion, cluster"):
        add_indicator(cast.specialist, code)


def test_another_name_is_kept_once_and_must_not_be_empty(cast: Cast) -> None:
    indicator = add_indicator(cast.specialist, "product:xi măng")
    assert add_name(cast.specialist, indicator, " xi  măng  bao ") == add_name(
        cast.specialist, indicator, "xi măng bao"
    )
    with pytest.raises(IndicatorRefused):
        add_name(cast.specialist, indicator, "  ")
