# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views, views_register

app_name = "documents"
urlpatterns = [
    path("van-ban/", views.list_of_documents, name="list"),
    path("van-ban/gui/", views.upload, name="upload"),
    path("van-ban/<uuid:uuid>/trang-thai/", views.status, name="status"),
    path("van-ban/<uuid:uuid>/tep-goc/", views.original, name="original"),
    path("van-ban/<uuid:uuid>/nguon/", views.provider, name="provider"),
    path("van-ban/<uuid:uuid>/doc-lai/", views.again, name="again"),
    path("so-van-ban/", views_register.register, name="register"),
    path("so-van-ban/vao-so/", views_register.new, name="enter"),
    path("so-van-ban/tai-ve.xlsx", views_register.download, name="register_download"),
    path("so-van-ban/<uuid:uuid>/", views_register.record, name="record"),
    path("so-van-ban/<uuid:uuid>/xac-nhan/", views_register.confirm, name="confirm"),
    path("so-van-ban/<uuid:uuid>/tep/", views_register.attach, name="attach"),
    path("so-van-ban/<uuid:uuid>/quan-he/", views_register.relate, name="relate"),
    path("so-van-ban/<uuid:uuid>/quan-he/<int:relation>/bo/", views_register.unrelate, name="unrelate"),
]
