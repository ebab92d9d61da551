"""Addresses of strategies."""

from django.urls import path

from biosint.strategies.web import views

app_name = "strategies"
urlpatterns = [
    path("", views.document_list, name="list"),
    path("new/", views.begin, name="new"),
    path("<uuid:public_id>/", views.document, name="document"),
    path("<uuid:public_id>/write/", views.write, name="write"),
    path("<uuid:public_id>/differences/", views.differences, name="differences"),
    path("<uuid:public_id>/take-up/", views.take_up, name="take_up"),
    path("<uuid:public_id>/move/", views.move, name="move"),
    path("<uuid:public_id>/adopt/", views.adopt, name="adopt"),
    path("<uuid:public_id>/version-<int:number>.pdf", views.pdf, name="pdf"),
]
