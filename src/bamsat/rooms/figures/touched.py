# SPDX-License-Identifier: Apache-2.0
"""What a change of boundaries means for the ledger, said in its preview: nothing is rewritten, series are restated."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.models import Latest, Series
from bamsat.ui import words


def series_touched(places: frozenset[int], _on: date) -> list[str]:
    """How many series and numbers of these places will be shown restated, and how many series cannot be."""
    series = Series.objects.filter(place__in=places)
    count = series.count()
    if not count:
        return [_("Sổ chưa có số nào của các nơi này.")]
    told = [
        _("%(series)s chuỗi với %(numbers)s số đang dùng giữ nguyên; trên địa giới mới chúng được quy đổi và nói rõ.")
        % {"series": words.number(count), "numbers": words.number(Latest.objects.filter(series__in=series).count())}
    ]
    indices = series.filter(indicator__adds_up=AddsUp.INDEX, indicator__weight=None)
    unweighted = indices.aggregate(n=Count("indicator", distinct=True))["n"]
    if unweighted:
        told.append(
            _("%(count)s chỉ số không có quyền số nên không quy đổi được; các chỉ số ấy chỉ xem theo địa giới cũ.")
            % {"count": words.number(unweighted)}
        )
    return told
