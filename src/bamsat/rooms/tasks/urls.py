# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views, views_drafts, views_proposals, views_reminding, views_task

app_name = "tasks"
urlpatterns = [
    path("nhiem-vu/", views.list_of_tasks, name="list"),
    path("nhiem-vu/bang/", views.board, name="board"),
    path("nhiem-vu/lich/", views.month, name="calendar"),
    path("nhiem-vu/bang-gui.xlsx", views.export, {"media": "xlsx"}, name="export_xlsx"),
    path("nhiem-vu/bang-gui.docx", views.export, {"media": "docx"}, name="export_docx"),
    path("nhiem-vu/moi/", views_task.new, name="new"),
    path("nhiem-vu/de-xuat/", views_proposals.list_of_proposals, name="proposals"),
    path("nhiem-vu/de-xuat/nhieu/", views_proposals.many, name="many"),
    path("nhiem-vu/de-xuat/<uuid:uuid>/", views_proposals.change_and_accept, name="proposal"),
    path("nhiem-vu/de-xuat/<uuid:uuid>/nhan/", views_proposals.accept, name="accept"),
    path("nhiem-vu/de-xuat/<uuid:uuid>/bo-qua/", views_proposals.dismiss, name="dismiss"),
    path("nhiem-vu/de-xuat/<uuid:uuid>/lay-lai/", views_proposals.take_back, name="take_back"),
    path("nhiem-vu/tham-muu/", views_drafts.drafts_page, name="drafts"),
    path("nhiem-vu/chuong-trinh/", views_drafts.programmes_page, name="programmes"),
    path("nhiem-vu/<uuid:uuid>/tham-muu/<slug:what>/", views_drafts.draft_step, name="draft_step"),
    path("nhiem-vu/don-doc/", views_reminding.chase, name="chase"),
    path("nhiem-vu/nhac/", views_reminding.remind, name="remind"),
    path("nhiem-vu/lich/dia-chi/", views_reminding.feed_address, name="feed_address"),
    path("lich/<str:secret>.ics", views_reminding.feed, name="feed"),
    path("nhiem-vu/<uuid:uuid>/", views_task.task, name="task"),
    path("nhiem-vu/<uuid:uuid>/sua/", views_task.change, name="change"),
    path("nhiem-vu/<uuid:uuid>/viec/<slug:what>/", views_task.act, name="act"),
]
