"""Addresses of surveys."""

from django.urls import path

from biosint.surveys.web import (
    answering,
    desk,
    drafts,
    intakes,
    other_tools,
    questionnaires,
    translation_files,
    worker,
)

app_name = "surveys"
urlpatterns = [
    path("", questionnaires.index, name="list"),
    path("adopt/<slug:template>/", questionnaires.adopt, name="adopt"),
    path("supplied/<slug:template>/", questionnaires.supplied, name="supplied"),
    path("<int:questionnaire_id>/", questionnaires.detail, name="detail"),
    path("<int:questionnaire_id>/revise/", questionnaires.revise, name="revise"),
    path("versions/<int:version_id>/publish/", questionnaires.publish, name="publish"),
    path("versions/<int:version_id>/", questionnaires.version, name="version"),
    path("bring/", other_tools.bring, name="bring"),
    path("bring/take/", other_tools.take_in, name="take-in"),
    path("versions/<int:version_id>/files/", other_tools.take_out, name="other-tools"),
    path("versions/<int:version_id>/files/limesurvey/", other_tools.as_limesurvey, name="as-limesurvey"),
    path("versions/<int:version_id>/files/codebook/", other_tools.as_codebook, name="as-codebook"),
    path("versions/<int:version_id>/translations/", desk.desk, name="desk"),
    path("versions/<int:version_id>/translations/correct/", desk.correct, name="correct-words"),
    path("versions/<int:version_id>/translations/take-up/", desk.take_up, name="take-up-words"),
    path("versions/<int:version_id>/translations/files/", translation_files.page, name="translation-files"),
    path("versions/<int:version_id>/translations/take/", translation_files.take, name="translation-take"),
    path(
        "versions/<int:version_id>/translations/download/",
        translation_files.download,
        name="translation-download",
    ),
    path("versions/<int:version_id>/edit/", drafts.edit, name="edit"),
    path("versions/<int:version_id>/move/", drafts.move, name="move"),
    path("versions/<int:version_id>/questions/new/<slug:kind>/", drafts.add_question, name="question-add"),
    path("versions/<int:version_id>/questions/<slug:code>/", drafts.question, name="question"),
    path("imports/", intakes.index, name="intakes"),
    path("imports/new/", intakes.receive, name="receive"),
    path("imports/<int:intake_id>/", intakes.detail, name="intake"),
    path("imports/<int:intake_id>/layout/", intakes.layout, name="intake-layout"),
    path("imports/<int:intake_id>/write/", intakes.write, name="intake-write"),
    path("imported/<int:answer_set_id>/", intakes.imported, name="imported"),
    path("a/worker.js", worker.worker, name="worker"),
    path("a/<slug:token>/", answering.answer, name="answer"),
    path("a/<slug:token>/thanks/", answering.thanks, name="thanks"),
]
