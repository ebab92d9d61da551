"""The only door of surveys for other apps."""

from biosint.surveys.answering import number_from, plain
from biosint.surveys.columns import UNTOLD, Column, Option
from biosint.surveys.events import AnswersAdded, answers_added
from biosint.surveys.models import AnswerSet, AskedInstitution, Questionnaire, Submission, Version
from biosint.surveys.operations import (
    AlreadyCounted,
    NotOpen,
    TimesWrong,
    add_rows,
    adopt_template,
    announce,
    close,
    publish,
    start_collection,
    take_answer,
)
from biosint.surveys.queries import (
    answer_sets_for,
    counts_by_institution,
    published_versions_for,
    state_of_answers,
)
from biosint.surveys.rules import (
    KEEPERS,
    READERS,
    may_collect,
    may_keep,
    may_read_results,
    may_take_out,
    results_readable_by,
)
from biosint.surveys.states import GRACE, INSTITUTION, LANGUAGE, SMALLEST_GROUP, Audience, ColumnKind, Phase

__all__ = [
    "GRACE",
    "INSTITUTION",
    "KEEPERS",
    "LANGUAGE",
    "READERS",
    "SMALLEST_GROUP",
    "UNTOLD",
    "AlreadyCounted",
    "AnswerSet",
    "AnswersAdded",
    "AskedInstitution",
    "Audience",
    "Column",
    "ColumnKind",
    "NotOpen",
    "Option",
    "Phase",
    "Questionnaire",
    "Submission",
    "TimesWrong",
    "Version",
    "add_rows",
    "adopt_template",
    "announce",
    "answer_sets_for",
    "answers_added",
    "close",
    "counts_by_institution",
    "may_collect",
    "may_keep",
    "may_read_results",
    "may_take_out",
    "number_from",
    "plain",
    "publish",
    "published_versions_for",
    "results_readable_by",
    "start_collection",
    "state_of_answers",
    "take_answer",
]
