# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views, views_change

app_name = "catalogue"
urlpatterns = [
    path("danh-muc/", views.index, name="index"),
    path("danh-muc/goi-y/", views.suggestions, name="suggest"),
    path("danh-muc/tai/danh-muc.zip", views.download_all, name="download_all"),
    path("danh-muc/tai/<slug:table>.<slug:kind>", views.download, name="download"),
    path("danh-muc/nhap/", views_change.load, name="load_all"),
    path("danh-muc/nhap/<slug:table>/", views_change.load, name="load"),
    path("danh-muc/them/<slug:table>/", views_change.add, name="add"),
    path("danh-muc/sua/<slug:table>/<path:key>/", views_change.change, name="change"),
    path("danh-muc/het-dung/<slug:table>/<path:key>/", views_change.end, name="end"),
    path("danh-muc/phien-ban/<path:key>/", views_change.version, name="version"),
    path("danh-muc/them-ten-goi/<path:key>/", views_change.add_name, name="add_name"),
    path("danh-muc/bo-ten-goi/<int:pk>/", views_change.remove_name, name="remove_name"),
    path("danh-muc/them-vao-bo/<slug:code>/", views_change.add_member, name="add_member"),
    path("danh-muc/bo-khoi-bo/<int:pk>/", views_change.remove_member, name="remove_member"),
    path("danh-muc/<slug:table>/", views.rows, name="rows"),
    path("danh-muc/<slug:table>/<path:key>/", views.row, name="row"),
]
