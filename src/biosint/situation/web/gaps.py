from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.shared.requests import SignedIn, login_required
from biosint.situation.queries import results
from biosint.situation.queries.gaps import gaps_of
from biosint.situation.queries.tables import answers_of
from biosint.situation.web.results import prepared_first, set_for
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.surveys.models import AnswerSet


@login_required
def gaps(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Who answered what: the share missing per question, for all and for each group."""
    answer_set = set_for(request, answer_set_id)
    if (waiting := prepared_first(request, answer_set)) is not None:
        return waiting
    answers = answers_of(answer_set)
    choices = [
        (variable.code, variable.name)
        for variable in answers.variables.values()
        if variable.options and not variable.scale
    ]
    default = surveys.INSTITUTION if surveys.INSTITUTION in answers.variables else ""
    by = request.GET.get("by", default)
    smallest = results.smallest_shown(answer_set, answers)
    is_too_small = bool(smallest) and answers.n < smallest
    return render(
        request,
        "situation/gaps.html",
        {
            "answer_set": answer_set,
            "gaps": None
            if is_too_small
            else gaps_of(answers, by=by, smallest=smallest, conditional=_conditional(answer_set)),
            "by": by,
            "choices": choices,
            "smallest": smallest,
            "trail": [
                (_("Situation analysis"), reverse("situation:list")),
                (answer_set.title, reverse("situation:results", args=[answer_set.pk])),
            ],
        },
    )


def _conditional(answer_set: AnswerSet) -> frozenset[str]:
    """Columns of questions that are shown only to some people."""
    if answer_set.version is None:
        return frozenset()
    return frozenset(
        column.code
        for section in answer_set.version.definition.sections
        for question in section.questions
        if section.shown_if or question.shown_if
        for column in question.columns()
    )
