# SPDX-License-Identifier: Apache-2.0
from django.urls import include, path

from bamsat.rooms.submissions.defining import urls as urls_forms
from bamsat.rooms.submissions.files import urls as urls_files
from bamsat.rooms.submissions.filling import urls as urls_fill
from bamsat.rooms.submissions.flow import urls as urls_flow
from bamsat.rooms.submissions.month import urls as urls_month

submissions = [
    *urls_month.patterns, *urls_flow.patterns, *urls_fill.patterns, *urls_files.patterns, *urls_forms.patterns,
]  # fmt: skip
urlpatterns = [path("", include((submissions, "submissions")))]
