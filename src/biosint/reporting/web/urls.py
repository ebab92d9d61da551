"""Addresses of reports."""

from django.urls import path

from biosint.reporting.web import views

app_name = "reporting"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("new/", views.begin, name="new"),
    path("<uuid:public_id>/", views.report, name="report"),
    path("<uuid:public_id>/write/", views.write, name="write"),
    path("<uuid:public_id>/finalise/", views.finalise, name="finalise"),
    path("<uuid:public_id>/report.pdf", views.pdf, name="pdf"),
    path("<uuid:public_id>/report.docx", views.docx, name="docx"),
    path("<uuid:public_id>/figures/<str:key>/", views.figure, name="figure"),
]
