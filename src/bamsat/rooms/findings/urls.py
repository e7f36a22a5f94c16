# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "findings"
urlpatterns = [
    path("phat-hien/", views.list_of_findings, name="list"),
    path("phat-hien/nhieu/", views.many, name="many"),
    path("phat-hien/<uuid:uuid>/", views.finding, name="finding"),
    path("phat-hien/<uuid:uuid>/giao/", views.assign, name="assign"),
    path("phat-hien/<uuid:uuid>/giai-trinh/", views.explain, name="explain"),
    path("phat-hien/<uuid:uuid>/de-nguyen/", views.accept, name="accept"),
    path("phat-hien/<uuid:uuid>/mo-lai/", views.reopen, name="reopen"),
]
