"""Addresses of rubrics."""

from django.urls import path

from biosint.exchange.web import rubrics

urlpatterns = [
    path("<slug:slug>/rubrics/", rubrics.rubrics, name="rubrics"),
    path("<slug:slug>/rubrics/new/", rubrics.write, name="new_rubric"),
    path("<slug:slug>/rubrics/copy/", rubrics.copy, name="copy_rubric"),
    path("<slug:slug>/rubrics/<int:rubric_id>/", rubrics.write, name="edit_rubric"),
]
