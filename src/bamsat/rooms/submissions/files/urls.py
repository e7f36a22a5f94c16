# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from bamsat.rooms.submissions.files import views as views_files
from bamsat.rooms.submissions.files import views_many as views_files_many

patterns: list[URLPattern] = [
    path("phieu/<uuid:uuid>/tep/", views_files.files, name="files"),
    path("phieu/<uuid:uuid>/tep/bieu.xlsx", views_files.workbook, name="workbook"),
    path("phieu/<uuid:uuid>/tep/phieu.xml", views_files.xml, name="xml"),
    path("phieu/<uuid:uuid>/tep/nap/", views_files.file_in, name="workbook_in"),
    path("phieu/<uuid:uuid>/tep/nap-xml/", views_files.file_in, name="xml_in"),
    path("phieu/<uuid:uuid>/tep/kem/", views_files.attach, name="attach"),
    path("phieu/<uuid:uuid>/tep/kem/<uuid:file>/", views_files.attachment, name="attachment"),
    path("phieu/<uuid:uuid>/tep/kem/<uuid:file>/go/", views_files.detach, name="detach"),
    path("bieu-mau/nap/", views_files_many.batches, name="batches"),
    path("bieu-mau/nap/return.xsd", views_files.published_schema, name="schema"),
    path("bieu-mau/nap/bieu-trong/<slug:code>/", views_files_many.form_workbooks, name="form_workbooks"),
    path("bieu-mau/nap/<uuid:uuid>/", views_files_many.batch, name="batch"),
    path("bieu-mau/nap/<uuid:uuid>/tien-do/", views_files_many.batch_progress, name="batch_progress"),
    path("bieu-mau/nap/<uuid:uuid>/tep/<int:pk>/", views_files_many.batch_choose, name="batch_choose"),
]
