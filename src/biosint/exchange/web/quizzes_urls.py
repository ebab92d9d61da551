"""Addresses of quizzes in courses."""

from django.urls import path

from biosint.exchange.web import quizzes

urlpatterns = [
    path("<slug:slug>/pages/<int:activity_id>/quiz/", quizzes.begin, name="begin_quiz"),
]
