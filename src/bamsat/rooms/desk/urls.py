# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import views
from .scoreboard import dual, five_years_pages, mapped, multiples, pages, ranking, why_pages

desk = [
    path("bang-diem/", pages.scoreboard, name="scoreboard"),
    path("bang-diem/bieu-do/", multiples.multiples, name="multiples"),
    path("bang-diem/ban-do/", mapped.mapped, name="map"),
    path("bang-diem/xep-hang/", ranking.ranking, name="ranking"),
    path("bang-diem/muc-tieu-kep/", dual.dual_goal, name="dual"),
    path("bang-diem/vi-sao/<path:code>/", why_pages.why_page, name="why"),
    path("bang-diem/nam-nam/", five_years_pages.five_years_page, name="five_years"),
    path("tim/", views.search, name="search"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("tro-giup/", views.help_page, name="help"),
    path("", include((desk, "desk"))),
]
