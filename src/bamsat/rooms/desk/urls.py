# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import views
from .scoreboard import dual, multiples, pages
from .scoreboard.five_years import pages as five_years
from .scoreboard.places import mapped, ranking
from .scoreboard.why import pages as why

desk = [
    path("bang-diem/", pages.scoreboard, name="scoreboard"),
    path("bang-diem/bieu-do/", multiples.multiples, name="multiples"),
    path("bang-diem/ban-do/", mapped.mapped, name="map"),
    path("bang-diem/xep-hang/", ranking.ranking, name="ranking"),
    path("bang-diem/muc-tieu-kep/", dual.dual_goal, name="dual"),
    path("bang-diem/vi-sao/<path:code>/", why.why_page, name="why"),
    path("bang-diem/nam-nam/", five_years.five_years_page, name="five_years"),
    path("tim/", views.search, name="search"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("tro-giup/", views.help_page, name="help"),
    path("", include((desk, "desk"))),
]
