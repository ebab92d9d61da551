"""A quiz: learners answer it here, teachers find what was answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange import rules
from biosint.exchange.queries.quizzes import admission_to, attachment, quiz_of
from biosint.exchange.web.kinds.base import Kind, Panel
from biosint.quizzes.api import standing_of

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


def panel(request: SignedIn, place: Place) -> Panel:
    quiz = quiz_of(place.activity)
    context: dict[str, object] = {"place": place, "quiz": quiz}
    if quiz is None:
        context["may_begin_quiz"] = rules.may_edit(request.user, place.course)
        return Panel("exchange/kinds/quiz.html", context)
    application = admission_to(place.course.pk, request.user.pk) if place.application else None
    where = attachment(place.activity, quiz, application, at=place.now)
    standing = standing_of(quiz, request.user, place=where)
    # The same key for the same page: the button pressed twice begins one attempt.
    context |= {"standing": standing, "key": uuid.uuid4(), "more_time": where.more_time}
    return Panel("exchange/kinds/quiz.html", context)


KIND = Kind(
    icon="list-checks",
    explains=_("Questions that are marked by themselves, with feedback."),
    panel=panel,
)
