"""Addresses of credentials. The public page stands in QR codes: it never moves."""

from django.urls import path

from biosint.credentials.web import views

app_name = "credentials"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("check/", views.check, name="check"),
    path("status/<slug:issuer>/<int:key_id>.json", views.status_list, name="status_list"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/credential.json", views.document, name="document"),
    path("<uuid:public_id>/europass.json", views.europass, name="europass"),
    path("<uuid:public_id>/badge.svg", views.badge, name="badge"),
    path("<uuid:public_id>/certificate.pdf", views.certificate, name="certificate"),
    path("<uuid:public_id>/revoke/", views.revoke, name="revoke"),
]
