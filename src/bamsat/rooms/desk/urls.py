# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import views

desk = [path("tim/", views.search, name="search")]
urlpatterns = [
    path("", views.home, name="home"),
    path("tro-giup/", views.help_page, name="help"),
    path("", include((desk, "desk"))),
]
