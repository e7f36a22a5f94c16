# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from bamsat.rooms.submissions.defining import views as views_forms
from bamsat.rooms.submissions.defining import views_edit as views_forms_edit

patterns: list[URLPattern] = [
    path("bieu-mau/dinh-nghia/", views_forms.list_, name="forms"),
    path("bieu-mau/dinh-nghia/them/", views_forms_edit.add, name="form_add"),
    path("bieu-mau/dinh-nghia/goi-y/", views_forms.indicators, name="form_indicators"),
    path("bieu-mau/dinh-nghia/goi-y/ma/", views_forms.codes, name="form_codes"),
    path("bieu-mau/dinh-nghia/<slug:code>/", views_forms.page, name="form"),
    path("bieu-mau/dinh-nghia/<slug:code>/phien-ban-<int:number>.yml", views_forms.download, name="form_file"),
    path("bieu-mau/dinh-nghia/<slug:code>/thong-tin/", views_forms_edit.header, name="form_header"),
    path("bieu-mau/dinh-nghia/<slug:code>/soan/", views_forms_edit.draft, name="form_draft"),
    path("bieu-mau/dinh-nghia/<slug:code>/sua/", views_forms_edit.edit, name="form_edit"),
    path("bieu-mau/dinh-nghia/<slug:code>/nap/", views_forms_edit.upload, name="form_upload"),
    path("bieu-mau/dinh-nghia/<slug:code>/bo-ban-soan/", views_forms_edit.withdraw, name="form_withdraw"),
    path("bieu-mau/dinh-nghia/<slug:code>/lay/", views_forms_edit.take, name="form_take"),
    path("bieu-mau/dinh-nghia/<slug:code>/het-dung/", views_forms_edit.end, name="form_end"),
    path("bieu-mau/dinh-nghia/<slug:code>/noi-gui/", views_forms_edit.spare, name="form_spare"),
    path("bieu-mau/dinh-nghia/<slug:code>/noi-gui/<int:pk>/bo/", views_forms_edit.unspare, name="form_unspare"),
]
