"""Addresses of notices."""

from django.urls import path

from biosint.notices.web import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.read_all, name="read-all"),
    path("preferences/", views.preferences, name="preferences"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("<int:notice_id>/", views.open_notice, name="open"),
]
