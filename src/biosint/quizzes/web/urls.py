"""Addresses of quizzes."""

from django.urls import path

from biosint.quizzes.web import attempts, marking

app_name = "quizzes"
urlpatterns = [
    path("<int:quiz_id>/begin/", attempts.begin, name="begin"),
    path("attempts/<uuid:public_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:public_id>/save/", attempts.save, name="save"),
    path("attempts/<uuid:public_id>/send/", attempts.send, name="send"),
    path("attempts/<uuid:public_id>/result/", attempts.result, name="result"),
    path("attempts/<uuid:public_id>/late/", marking.count_late, name="count_late"),
]
