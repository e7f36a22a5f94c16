# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import dual, multiples, pages
from .five_years import pages as five_years
from .places import mapped, ranking
from .why import pages as why

scoreboard = [
    path("bang-diem/", pages.scoreboard, name="table"),
    path("bang-diem/bieu-do/", multiples.multiples, name="multiples"),
    path("bang-diem/ban-do/", mapped.mapped, name="map"),
    path("bang-diem/xep-hang/", ranking.ranking, name="ranking"),
    path("bang-diem/muc-tieu-kep/", dual.dual_goal, name="dual"),
    path("bang-diem/vi-sao/<path:code>/", why.why_page, name="why"),
    path("bang-diem/nam-nam/", five_years.five_years_page, name="five_years"),
]
urlpatterns = [path("", include((scoreboard, "scoreboard")))]
