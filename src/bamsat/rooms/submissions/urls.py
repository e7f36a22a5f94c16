# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

submissions: list = []
urlpatterns = [path("", include((submissions, "submissions")))]
