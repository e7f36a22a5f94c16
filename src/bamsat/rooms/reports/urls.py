# SPDX-License-Identifier: Apache-2.0
from django.urls import path

from . import views, views_issue, views_lint, views_plan, views_templates

app_name = "reports"
urlpatterns = [
    path("bao-cao/", views.list_of_reports, name="list"),
    path("bao-cao/moi/", views.new, name="new"),
    path("bao-cao/soan/", views.begin, name="begin"),
    path("bao-cao/ke-hoach/", views_plan.plans, name="plans"),
    path("bao-cao/ke-hoach/them/", views_plan.plan_add, name="plan_add"),
    path("bao-cao/ke-hoach/de-nghi/", views_plan.plan_propose, name="plan_propose"),
    path("bao-cao/ke-hoach/<uuid:uuid>/", views_plan.plan_edit, name="plan_edit"),
    path("bao-cao/ke-hoach/<uuid:uuid>/thoi/", views_plan.plan_end, name="plan_end"),
    path("bao-cao/ke-hoach/<uuid:uuid>/lam-lai/", views_plan.plan_resume, name="plan_resume"),
    path("bao-cao/mau/", views_templates.list_of_templates, name="templates"),
    path("bao-cao/mau/<slug:kind>/", views_templates.template, name="template"),
    path("bao-cao/mau/<slug:kind>/bat-dau.docx", views_templates.start, name="template_start"),
    path("bao-cao/mau/<slug:kind>/bo/", views_templates.drop, name="template_drop"),
    path("bao-cao/mau/<slug:kind>/<int:pk>.docx", views_templates.download, name="template_file"),
    path("bao-cao/mau/<slug:kind>/<int:pk>/dung-lai/", views_templates.again, name="template_again"),
    path("bao-cao/soat/", views_lint.lint_file, name="lint"),
    path("bao-cao/<uuid:uuid>/", views.report, name="report"),
    path("bao-cao/<uuid:uuid>/the-thuc/", views.frame, name="frame"),
    path("bao-cao/<uuid:uuid>/soan/", views.write, name="write"),
    path("bao-cao/<uuid:uuid>/ban-sua/", views.edited, name="edited"),
    path("bao-cao/<uuid:uuid>/buoc/<slug:what>/", views.step, name="step"),
    path("bao-cao/<uuid:uuid>/ban/<uuid:version>/<slug:media>/", views.download, name="download"),
    path("bao-cao/<uuid:uuid>/ban/<uuid:version>/bieu-do/<int:number>.svg", views.chart, name="chart"),
    path("bao-cao/<uuid:uuid>/phieu-trinh.docx", views.slip, name="slip"),
    path("bao-cao/<uuid:uuid>/ban-hanh/", views_issue.issue, name="issue"),
    path("bao-cao/<uuid:uuid>/ban-ky/", views_issue.sign, name="sign"),
    path("bao-cao/<uuid:uuid>/doi-chieu/", views_issue.verify, name="verify"),
]
