# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from bamsat.rooms.submissions.month import views as views_month
from bamsat.rooms.submissions.month import views_chase

patterns: list[URLPattern] = [
    path("tinh-hinh-gui/", views_month.overview, name="overview"),
    path("tinh-hinh-gui/nam/<int:year>/", views_month.year, name="year"),
    path("don-doc/", views_chase.chase_all, name="chase_all"),
    path("don-doc/nhac/", views_chase.remind, name="remind"),
    path("don-doc/bieu/<slug:code>/", views_chase.chase, name="chase"),
]
