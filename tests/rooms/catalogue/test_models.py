# SPDX-License-Identifier: Apache-2.0
import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from bamsat.rooms.catalogue.models import Indicator, IndicatorName

pytestmark = pytest.mark.django_db


def test_an_indicator_keeps_its_search_and_sort_keys_up_to_date() -> None:
    indicator = Indicator.objects.create(code="product:đường", name_vi="Đường kính")
    assert (indicator.folded, indicator.family) == ("duong kinh", "product")
    indicator.name_vi = "Đường trắng"
    indicator.save()
    assert Indicator.objects.get(code="product:đường").folded == "duong trang"


def test_it_is_called_in_the_language_of_the_page_and_in_vietnamese_where_it_has_no_english_name() -> None:
    both, one = Indicator(name_vi="Xuất khẩu", name_en="Exports"), Indicator(name_vi="Chè")
    assert (both.name, one.name) == ("Xuất khẩu", "Chè")
    with override("en"):
        assert (both.name, one.name) == ("Exports", "Chè")


def test_one_wording_names_an_indicator_once() -> None:
    indicator = Indicator.objects.create(code="product:chè", name_vi="Chè")
    IndicatorName.objects.create(indicator=indicator, text="KNXK")
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorName.objects.create(indicator=indicator, text="KNXK")
