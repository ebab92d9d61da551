"""Weights of the answers of a set: which columns, and their shares in the population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.shared.requests import SignedIn, login_required
from biosint.shared.words import in_language
from biosint.situation.operations import weightings as operations
from biosint.situation.queries import weightings
from biosint.situation.queries.tables import Answers, Variable, answers_of
from biosint.situation.queries.weightings import CannotWeight, Margin
from biosint.situation.rules.weightings import may_weight
from biosint.situation.web.results import prepared_first, set_for
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from django.http import QueryDict

    from biosint.surveys.models import AnswerSet

MOST_COLUMNS = 5


@login_required
def weights(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Choose columns, give the shares of their answers in the population, see what weighting costs."""
    answer_set = set_for(request, answer_set_id)
    if (waiting := prepared_first(request, answer_set)) is not None:
        return waiting
    answers = answers_of(answer_set)
    given = request.POST if request.method == "POST" else request.GET
    chosen = [code for code in dict.fromkeys(given.getlist("columns")) if code in _choices(answers)]
    fault = ""
    if request.method == "POST" and chosen:
        try:
            operations.weight(
                answer_set_id=answer_set.pk,
                margins=[_margin(answers.variables[code], request.POST) for code in chosen],
                source=request.POST.get("source", "")[:300],
                limit=surveys.number_from(request.POST.get("limit", "")),
                by=request.user,
                at=timezone.now(),
            )
        except CannotWeight as hindrance:
            fault = str(hindrance)
        else:
            messages.success(request, _("The answers are weighted. Every result says so."))
            return redirect("situation:results", answer_set.pk)
    history = weightings.weightings_of(answer_set)
    current = history[0] if history and history[0].ended_at is None else None
    return render(
        request,
        "situation/weights.html",
        {
            "answer_set": answer_set,
            "current": current,
            "history": [(one, weightings.sentence_of(one, answers)) for one in history],
            "choices": list(_choices(answers).items()),
            "chosen": chosen[:MOST_COLUMNS],
            "fields": [_field(answer_set, answers.variables[code], given) for code in chosen[:MOST_COLUMNS]],
            "source": given.get("source", ""),
            "limit": given.get("limit", ""),
            "fault": fault,
            "may_weight": may_weight(request.user, answer_set, at=timezone.now()),
            "trail": [
                (_("Situation analysis"), reverse("situation:list")),
                (answer_set.title, reverse("situation:results", args=[answer_set.pk])),
            ],
        },
        status=422 if fault else 200,
    )


@login_required
@require_POST
def stop(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Show the answers without weights again."""
    answer_set = set_for(request, answer_set_id)
    operations.stop_weighting(answer_set_id=answer_set.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Every answer counts once again."))
    return redirect("situation:weights", answer_set.pk)


def _choices(answers: Answers) -> dict[str, str]:
    """Columns with answers to choose from, one of several answers each."""
    return {
        code: variable.name
        for code, variable in answers.variables.items()
        if variable.options and not variable.scale and code != surveys.LANGUAGE
    }


def _name_of(code: str, answer: str) -> str:
    return f"share-{code}-{answer}"


def _margin(variable: Variable, given: QueryDict) -> Margin:
    shares = {
        option.code: surveys.number_from(given.get(_name_of(variable.code, option.code), ""))
        for option in variable.options
    }
    return Margin(variable.code, {code: share or 0.0 for code, share in shares.items()})


def _field(answer_set: AnswerSet, variable: Variable, given: QueryDict) -> dict[str, Any]:
    """One column with a row for each answer: how many gave it, and what was typed or is known of the population."""
    known = weightings.known_numbers(answer_set, variable)
    total = int(variable.answered.sum())
    rows = []
    for place, option in enumerate(variable.options):
        name = _name_of(variable.code, option.code)
        number = int((variable.stored == place).sum())
        rows.append(
            {
                "name": name,
                "label": in_language(option.label).text or option.code,
                "share": 100 * number / total if total else None,
                "value": given.get(name, f"{known[option.code]:g}" if option.code in known else ""),
            }
        )
    return {"code": variable.code, "name": variable.name, "rows": rows, "is_known": bool(known)}
