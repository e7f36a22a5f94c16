# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import reading, views

app_name = "figures"
urlpatterns = [
    path("van-ban/<uuid:uuid>/", reading.page, name="reading"),
    path("van-ban/<uuid:uuid>/nhan-het/", reading.accept_all, name="accept_all"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/", reading.card, name="card"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/nhan/", reading.accept, name="accept"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/sua/", reading.correct, name="correct"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/bo/", reading.reject, name="reject"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/mo-lai/", reading.reopen, name="reopen"),
    path("so-lieu/", views.list_of_series, name="list"),
    path("so-lieu/but-toan/<uuid:uuid>/", views.entry, name="entry"),
    path("so-lieu/but-toan/<uuid:uuid>/thay/", views.replace, name="replace"),
    path("so-lieu/but-toan/<uuid:uuid>/rut/", views.withdraw, name="withdraw"),
    path("so-lieu/<path:indicator>/<slug:place>/", views.series, name="series"),
]
