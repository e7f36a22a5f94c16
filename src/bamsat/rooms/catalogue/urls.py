# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [path("danh-muc/goi-y/", views.suggestions, name="suggest")]
