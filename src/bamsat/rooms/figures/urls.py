# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import approval_pages, finding_pages, intake_pages, reading, views
from .plans import division_pages
from .plans import pages as plan_pages

app_name = "figures"
urlpatterns = [
    path("van-ban/<uuid:uuid>/", reading.page, name="reading"),
    path("van-ban/<uuid:uuid>/nhan-het/", reading.accept_all, name="accept_all"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/", reading.card, name="card"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/nhan/", reading.accept, name="accept"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/sua/", reading.correct, name="correct"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/bo/", reading.reject, name="reject"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/mo-lai/", reading.reopen, name="reopen"),
    path("van-ban/<uuid:uuid>/duyet-het/", approval_pages.approve_all, name="approve_all"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/duyet/", approval_pages.approve, name="approve"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/tra-lai/", approval_pages.send_back, name="send_back"),
    path("van-ban/<uuid:uuid>/so/<int:ordinal>/lay-lai/", approval_pages.uncheck, name="uncheck"),
    path("van-ban/<uuid:uuid>/phat-hien/<uuid:finding>/de-nguyen/", finding_pages.leave, name="leave"),
    path("so-lieu/", views.list_of_series, name="list"),
    path("so-lieu/but-toan/<uuid:uuid>/", views.entry, name="entry"),
    path("so-lieu/but-toan/<uuid:uuid>/thay/", views.replace, name="replace"),
    path("so-lieu/but-toan/<uuid:uuid>/rut/", views.withdraw, name="withdraw"),
    path("so-lieu/ke-hoach/", plan_pages.plans, name="plans"),
    path("so-lieu/ke-hoach/moi/", plan_pages.new, name="plan_new"),
    path("so-lieu/ke-hoach/canh-nhau/", plan_pages.beside, name="plans_beside"),
    path("so-lieu/ke-hoach/<uuid:uuid>/", plan_pages.page, name="plan"),
    path("so-lieu/ke-hoach/<uuid:uuid>/csv/", plan_pages.download, name="plan_csv"),
    path("so-lieu/ke-hoach/<uuid:uuid>/so-sanh/", plan_pages.compare, name="plan_compare"),
    path("so-lieu/ke-hoach/<uuid:uuid>/chi-tieu/", plan_pages.target, name="plan_target"),
    path("so-lieu/ke-hoach/<uuid:uuid>/chi-tieu/<uuid:target>/bo/", plan_pages.remove, name="plan_target_remove"),
    path("so-lieu/ke-hoach/<uuid:uuid>/sua/", plan_pages.correct, name="plan_correct"),
    path("so-lieu/ke-hoach/<uuid:uuid>/thay/", plan_pages.supersede, name="plan_supersede"),
    path("so-lieu/ke-hoach/<uuid:uuid>/rut/", plan_pages.withdraw, name="plan_withdraw"),
    path("so-lieu/ke-hoach/<uuid:uuid>/chia/<uuid:target>/<slug:over>/", division_pages.divide, name="plan_divide"),
    path(
        "so-lieu/ke-hoach/<uuid:uuid>/chia/<uuid:target>/<slug:over>/lai/",
        division_pages.respread,
        name="plan_respread",
    ),
    path("so-lieu/nap/", intake_pages.list_of_intakes, name="intakes"),
    path("so-lieu/nap/gui/", intake_pages.upload, name="intake_upload"),
    path("so-lieu/nap/mau/", intake_pages.template, name="intake_template"),
    path("so-lieu/nap/<uuid:uuid>/", intake_pages.page, name="intake"),
    path("so-lieu/nap/<uuid:uuid>/tien-do/", intake_pages.progress, name="intake_progress"),
    path("so-lieu/nap/<uuid:uuid>/ghi/", intake_pages.confirm, name="intake_confirm"),
    path("so-lieu/nap/<uuid:uuid>/trinh/", intake_pages.submit, name="intake_submit"),
    path("so-lieu/nap/<uuid:uuid>/bo/", intake_pages.drop, name="intake_drop"),
    path("so-lieu/nap/<uuid:uuid>/chay-tiep/", intake_pages.resume, name="intake_resume"),
    path("so-lieu/nap/<uuid:uuid>/xem-thu.csv", intake_pages.findings, name="intake_findings"),
    path("so-lieu/<path:indicator>/<slug:place>/", views.series, name="series"),
]
