# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import account, people, trail, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-xuat/", views.logout, name="logout"),
    path("ngon-ngu/", views.change_language, name="language"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/mat-khau/", account.password, name="password"),
    path("tai-khoan/phien/", account.end_session, name="end_session"),
    path("nguoi-dung/", people.people, name="people"),
    path("them-nguoi-dung/", people.add_person, name="add_person"),
    path("nguoi-dung/<str:username>/", people.person, name="person"),
    path("nguoi-dung/<str:username>/chuc-danh/", people.rename, name="rename"),
    path("nguoi-dung/<str:username>/thu-dien-tu/", people.change_email, name="change_email"),
    path("nguoi-dung/<str:username>/khoa/", people.deactivate, name="deactivate"),
    path("nguoi-dung/<str:username>/mo-lai/", people.reactivate, name="reactivate"),
    path("nguoi-dung/<str:username>/mat-khau/", people.reset_password, name="reset_password"),
    path("nguoi-dung/<str:username>/dang-xuat/", people.sign_out, name="sign_out"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/kiem-tra/", trail.check, name="check_trail"),
    path("nhat-ky/xuat.csv", trail.export, name="export_trail"),
]
