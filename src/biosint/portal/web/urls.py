"""Addresses of the front door."""

from django.urls import path

from biosint.portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("my/<slug:area>/", views.area, name="area"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
