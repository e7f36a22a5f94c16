# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from . import views_month as views

patterns: list[URLPattern] = [
    path("tinh-hinh-gui/nam/<int:year>/", views.year, name="year"),
]
