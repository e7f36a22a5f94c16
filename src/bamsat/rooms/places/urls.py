# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views, views_changes, views_register, views_roles

app_name = "places"
urlpatterns = [
    path("dia-ban/", views.tree, name="list"),
    path("dia-ban/goi-y/", views.suggestions, name="suggest"),
    path("dia-ban/chon/", views.pick, name="pick"),
    path("dia-ban/thay-doi/", views_changes.changes, name="changes"),
    path("dia-ban/thay-doi/moi/", views_changes.new_change, name="change_new"),
    path("dia-ban/thay-doi/<uuid:uuid>/", views_changes.change, name="change"),
    path("dia-ban/thay-doi/<uuid:uuid>/rut/", views_changes.withdraw, name="change_undo"),
    path("dia-ban/them/", views_register.add, name="add"),
    path("dia-ban/nap/", views_register.bring_in, name="import"),
    path("dia-ban/xuat.<str:form>/", views_register.export, name="export"),
    path("nguoi-dung/<str:username>/vai-tro/", views_roles.roles_of, name="roles_of"),
    path("nguoi-dung/<str:username>/vai-tro/<int:pk>/thu/", views_roles.take, name="take_role"),
    path("dia-ban/<slug:slug>/", views.place, name="place"),
    path("dia-ban/<slug:slug>/sua/", views_register.edit, name="edit"),
    path("dia-ban/<slug:slug>/lien-ket/", views_register.link, name="link"),
]
