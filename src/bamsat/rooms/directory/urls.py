# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("danh-ba/", views.list_of_bodies, name="list"),
    path("danh-ba/them/", views.add, name="add"),
    path("danh-ba/<slug:slug>/", views.body, name="body"),
    path("danh-ba/<slug:slug>/<slug:what>/", views.change, name="change"),
    path("danh-ba/<slug:slug>/<slug:what>/<uuid:item>/", views.change, name="change_item"),
]
