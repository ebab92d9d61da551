"""Addresses of surveys in courses."""

from django.urls import path

from biosint.exchange.web import surveys

urlpatterns = [
    path("<slug:slug>/surveys/", surveys.report, name="surveys"),
    path("<slug:slug>/pages/<int:activity_id>/ask-me/", surveys.answer, name="answer_survey"),
    path("<slug:slug>/pages/<int:activity_id>/compare/", surveys.compare, name="compare_survey"),
    path("<slug:slug>/pages/<int:activity_id>/close-survey/", surveys.close, name="close_survey"),
]
