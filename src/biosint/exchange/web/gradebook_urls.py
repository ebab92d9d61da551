"""Addresses of the grade book."""

from django.urls import path

from biosint.exchange.web import gradebook, gradebook_files, marking, own_marks, scales

urlpatterns = [
    path("<slug:slug>/my-marks/", own_marks.my_marks, name="my_marks"),
    path("<slug:slug>/gradebook/", gradebook.book, name="gradebook"),
    path("<slug:slug>/gradebook/table.<slug:form>", gradebook_files.table, name="book_table"),
    path("<slug:slug>/gradebook/rules/", gradebook.set_up, name="book_rules"),
    path("grades/<int:institution_id>/", scales.scale, name="scale"),
    path("<slug:slug>/gradebook/grades/", scales.grades, name="local_grades"),
    path("<slug:slug>/gradebook/take-over/", gradebook.take_over, name="take_over"),
    path("<slug:slug>/gradebook/<int:activity_id>/release/", gradebook.release, name="release"),
    path("<slug:slug>/gradebook/<int:activity_id>/", marking.queue, name="marking"),
    path("<slug:slug>/gradebook/<int:activity_id>/works/<slug:code>/", marking.work, name="mark_work"),
    path(
        "<slug:slug>/gradebook/<int:activity_id>/learners/<int:application_id>/",
        gradebook.learner,
        name="book_learner",
    ),
]
