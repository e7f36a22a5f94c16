# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "situation"
urlpatterns = [
    path("tinh-hinh/", views.list_of_notes, name="list"),
    path("tinh-hinh/ghi/", views.new, name="new"),
    path("tinh-hinh/tai-ve.xlsx", views.download, name="download"),
    path("tinh-hinh/<uuid:uuid>/", views.note, name="note"),
    path("tinh-hinh/<uuid:uuid>/sua/", views.edit, name="edit"),
    path("tinh-hinh/<uuid:uuid>/rut/", views.withdraw, name="withdraw"),
    path("tinh-hinh/<uuid:uuid>/ghi-lai/", views.restore, name="restore"),
]
