# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from bamsat.rooms.submissions.flow import views

patterns: list[URLPattern] = [
    path("bieu-mau/", views.list_of_returns, name="list"),
    path("bieu-mau/nhieu-phieu/", views.many, name="many"),
    path("phieu/<uuid:uuid>/xem/", views.review, name="review"),
    path("phieu/<uuid:uuid>/gui/", views.send, name="send"),
    path("phieu/<uuid:uuid>/lay-lai/", views.take_back, name="take_back"),
    path("phieu/<uuid:uuid>/kiem-tra/", views.check, name="check"),
    path("phieu/<uuid:uuid>/bo-kiem-tra/", views.uncheck, name="uncheck"),
    path("phieu/<uuid:uuid>/tra-lai/", views.send_back, name="send_back"),
    path("phieu/<uuid:uuid>/duyet/", views.approve, name="approve"),
    path("phieu/<uuid:uuid>/mo-lai/", views.unlock, name="unlock"),
]
