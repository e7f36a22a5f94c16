# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from bamsat.rooms.submissions.filling import views as views_fill
from bamsat.rooms.submissions.filling import views_rows as views_fill_rows

patterns: list[URLPattern] = [
    path("phieu/mo/", views_fill.open_, name="open"),
    path("phieu/<uuid:uuid>/", views_fill.page, name="return"),
    path("phieu/<uuid:uuid>/luu/", views_fill.save, name="save"),
    path("phieu/<uuid:uuid>/lay/", views_fill_rows.pull, name="pull"),
    path("phieu/<uuid:uuid>/them-dong/", views_fill_rows.add_row, name="add_row"),
    path("phieu/<uuid:uuid>/bo-dong/", views_fill_rows.remove_row, name="remove_row"),
    path("phieu/<uuid:uuid>/hoan-tac/", views_fill_rows.undo, name="undo"),
    path("phieu/<uuid:uuid>/danh-muc/<slug:codelist>/", views_fill_rows.codes, name="codes"),
]
