"""Addresses of quizzes."""

from django.urls import path

from biosint.quizzes.web import attempts, banks, marking, questions, quizzes, results, transfer

app_name = "quizzes"
urlpatterns = [
    path("", banks.banks, name="banks"),
    path("banks/<int:bank_id>/", banks.bank, name="bank"),
    path("banks/<int:bank_id>/quizzes/new/", banks.new_quiz, name="new_quiz"),
    path("banks/<int:bank_id>/questions/new/<slug:kind>/", questions.new, name="new_question"),
    path("banks/<int:bank_id>/import/", transfer.receive, name="import"),
    path("banks/<int:bank_id>/import/<uuid:file_id>/", transfer.look, name="look"),
    path("banks/<int:bank_id>/export/<slug:form>/", transfer.export, name="export"),
    path("questions/<uuid:public_id>/", questions.question, name="question"),
    path("questions/<uuid:public_id>/edit/", questions.edit, name="edit_question"),
    path("questions/<uuid:public_id>/remove/", questions.remove, name="remove_question"),
    path("questions/<uuid:public_id>/copy/", questions.copy, name="copy_question"),
    path("<int:quiz_id>/", quizzes.quiz, name="quiz"),
    path("<int:quiz_id>/parts/", quizzes.parts, name="parts"),
    path("<int:quiz_id>/preview/", quizzes.preview, name="preview"),
    path("<int:quiz_id>/results/", results.results, name="results"),
    path("<int:quiz_id>/results/<slug:form>/", results.export, name="take_results"),
    path("<int:quiz_id>/figures/", results.figures, name="figures"),
    path("<int:quiz_id>/figures/regrade/", marking.regrade, name="regrade"),
    path("<int:quiz_id>/marking/", marking.marking, name="marking"),
    path("<int:quiz_id>/begin/", attempts.begin, name="begin"),
    path("attempts/<uuid:public_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:public_id>/save/", attempts.save, name="save"),
    path("attempts/<uuid:public_id>/send/", attempts.send, name="send"),
    path("attempts/<uuid:public_id>/result/", attempts.result, name="result"),
    path("attempts/<uuid:public_id>/late/", marking.count_late, name="count_late"),
    path("attempts/<uuid:public_id>/more-time/", marking.more_time, name="more_time"),
]
