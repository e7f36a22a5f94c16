# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views_templates

app_name = "reports"
urlpatterns = [
    path("bao-cao/mau/", views_templates.list_of_templates, name="templates"),
    path("bao-cao/mau/<slug:kind>/", views_templates.template, name="template"),
    path("bao-cao/mau/<slug:kind>/bat-dau.docx", views_templates.start, name="template_start"),
    path("bao-cao/mau/<slug:kind>/bo/", views_templates.drop, name="template_drop"),
    path("bao-cao/mau/<slug:kind>/<int:pk>.docx", views_templates.download, name="template_file"),
    path("bao-cao/mau/<slug:kind>/<int:pk>/dung-lai/", views_templates.again, name="template_again"),
]
