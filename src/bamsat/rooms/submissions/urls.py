# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from . import urls_files, urls_fill, urls_flow, urls_forms, urls_month

submissions = [
    *urls_month.patterns, *urls_flow.patterns, *urls_fill.patterns, *urls_files.patterns, *urls_forms.patterns,
]  # fmt: skip
urlpatterns = [path("", include((submissions, "submissions")))]
