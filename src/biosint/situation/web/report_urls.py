"""Addresses of situation reports."""

from django.urls import path

from biosint.situation.web import reports

urlpatterns = [
    path("reports/", reports.index, name="reports"),
    path("reports/new/", reports.begin, name="report-begin"),
    path("reports/<uuid:public_id>/", reports.detail, name="report"),
    path("reports/<uuid:public_id>/write/", reports.write, name="report-write"),
    path("reports/<uuid:public_id>/make/", reports.remake, name="report-make"),
    path("reports/<uuid:public_id>/finalise/", reports.finalise, name="report-finalise"),
    path("reports/<uuid:public_id>/publish/", reports.publish, name="report-publish"),
    path("reports/<uuid:public_id>/discard/", reports.discard, name="report-discard"),
    path("reports/<uuid:public_id>/report.pdf", reports.pdf, name="report-pdf"),
    path("reports/<uuid:public_id>/report.docx", reports.docx, name="report-docx"),
    path("reports/<uuid:public_id>/bundle.zip", reports.bundle, name="report-bundle"),
    path("reports/<uuid:public_id>/data.zip", reports.data, name="report-data"),
]
