"""Addresses of the grade book."""

from django.urls import path

from biosint.exchange.web import gradebook, own_marks

urlpatterns = [
    path("<slug:slug>/my-marks/", own_marks.my_marks, name="my_marks"),
    path("<slug:slug>/gradebook/", gradebook.book, name="gradebook"),
    path("<slug:slug>/gradebook/rules/", gradebook.set_up, name="book_rules"),
    path("<slug:slug>/gradebook/take-over/", gradebook.take_over, name="take_over"),
    path("<slug:slug>/gradebook/<int:activity_id>/release/", gradebook.release, name="release"),
    path(
        "<slug:slug>/gradebook/<int:activity_id>/learners/<int:application_id>/",
        gradebook.learner,
        name="book_learner",
    ),
]
