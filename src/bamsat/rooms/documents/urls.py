# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("van-ban/", views.list_of_documents, name="list"),
    path("van-ban/gui/", views.upload, name="upload"),
    path("van-ban/<uuid:uuid>/trang-thai/", views.status, name="status"),
    path("van-ban/<uuid:uuid>/tep-goc/", views.original, name="original"),
    path("van-ban/<uuid:uuid>/nguon/", views.provider, name="provider"),
    path("van-ban/<uuid:uuid>/doc-lai/", views.again, name="again"),
]
