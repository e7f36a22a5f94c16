# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import views
from .scoreboard import multiples, pages

desk = [
    path("bang-diem/", pages.scoreboard, name="scoreboard"),
    path("bang-diem/bieu-do/", multiples.multiples, name="multiples"),
    path("tim/", views.search, name="search"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("tro-giup/", views.help_page, name="help"),
    path("", include((desk, "desk"))),
]
