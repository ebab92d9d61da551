"""Addresses of the translation desk of a course."""

from django.urls import path

from biosint.exchange.web import wordings

urlpatterns = [
    path("<slug:slug>/languages/", wordings.overview, name="wordings"),
    path("<slug:slug>/languages/<slug:language>/", wordings.course_words, name="course_words"),
    path(
        "<slug:slug>/pages/<int:activity_id>/languages/<slug:language>/",
        wordings.activity_words,
        name="activity_words",
    ),
]
