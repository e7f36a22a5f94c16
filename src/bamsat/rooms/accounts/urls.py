# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-xuat/", views.logout, name="logout"),
    path("ngon-ngu/", views.change_language, name="language"),
]
