"""Pages on which a draft is changed: its words, its questions, their order."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.surveys import operations, rules
from biosint.surveys.definitions import DefinitionFault
from biosint.surveys.models import Version
from biosint.surveys.states import QuestionKind
from biosint.surveys.web.forms import HeadForm, QuestionForm
from biosint.surveys.web.questionnaires import version_for


def _draft_for(request: SignedIn, version_id: int) -> Version:
    version = version_for(request, version_id)
    require(rules.may_change(request.user, version))
    return version


def _places(content: dict[str, Any]) -> list[tuple[list[dict[str, Any]], int]]:
    """Every question with the list it stands in, in order."""
    return [
        (section["questions"], place)
        for section in content["sections"]
        for place in range(len(section["questions"]))
    ]


def _find(content: dict[str, Any], code: str) -> tuple[list[dict[str, Any]], int]:
    for questions, place in _places(content):
        if questions[place]["code"] == code:
            return questions, place
    raise Http404


def _codes(content: dict[str, Any]) -> set[str]:
    entries = [questions[place] for questions, place in _places(content)]
    return {entry["code"] for entry in entries} | {
        item["code"] for entry in entries for item in entry.get("items") or []
    }


def _save(request: SignedIn, version: Version, content: dict[str, Any]) -> bool:
    try:
        operations.change_draft(version_id=version.pk, content=content, by=request.user, at=timezone.now())
    except DefinitionFault as fault:
        messages.error(request, str(fault))
        return False
    return True


@login_required
def edit(request: SignedIn, version_id: int) -> HttpResponse:
    """Title, introduction and the list of questions of a draft."""
    version = _draft_for(request, version_id)
    form = HeadForm(request.POST or None, content=version.content)
    if (
        request.method == "POST"
        and form.is_valid()
        and _save(request, version, form.content(version.content))
    ):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/edit.html",
        {
            "version": version,
            "form": form,
            "definition": version.definition,
            "kinds": [kind for kind in QuestionKind if kind != QuestionKind.CONSENT],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
def question(request: SignedIn, version_id: int, code: str) -> HttpResponse:
    """One question of a draft."""
    version = _draft_for(request, version_id)
    content = copy.deepcopy(version.content)
    questions, place = _find(content, code)
    form = QuestionForm(
        request.POST or None, kind=QuestionKind(questions[place]["kind"]), entry=questions[place]
    )
    if request.method == "POST" and form.is_valid():
        questions[place] = form.question(_codes(content))
        if _save(request, version, content):
            messages.success(request, _("Saved."))
            return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/question.html",
        {"version": version, "form": form, "kind": form.kind, "code": code},
        status=422 if form.is_bound else 200,
    )


@login_required
def add_question(request: SignedIn, version_id: int, kind: str) -> HttpResponse:
    """A new question, put at the end of the draft."""
    version = _draft_for(request, version_id)
    if kind not in set(QuestionKind.values) - {QuestionKind.CONSENT}:
        raise Http404
    form = QuestionForm(request.POST or None, kind=QuestionKind(kind), entry={})
    if request.method == "POST" and form.is_valid():
        content = copy.deepcopy(version.content)
        content["sections"][-1]["questions"].append(form.question(_codes(content)))
        if _save(request, version, content):
            messages.success(request, _("The question stands at the end of the questionnaire."))
            return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/question.html",
        {"version": version, "form": form, "kind": form.kind, "code": ""},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def move(request: SignedIn, version_id: int) -> HttpResponse:
    """Move a question up (``up=code``) or take it out (``out=code``)."""
    version = _draft_for(request, version_id)
    content = copy.deepcopy(version.content)
    if code := request.POST.get("out", ""):
        questions, place = _find(content, code)
        del questions[place]
        content["sections"] = [section for section in content["sections"] if section["questions"]]
    else:
        places = _places(content)
        questions, place = _find(content, request.POST.get("up", ""))
        at = next(
            index for index, (other, where) in enumerate(places) if other is questions and where == place
        )
        # The agreement stays first.
        if at > 1:
            above, above_place = places[at - 1]
            if above is questions:
                above[above_place], questions[place] = questions[place], above[above_place]
            else:
                above.append(questions.pop(place))
                content["sections"] = [section for section in content["sections"] if section["questions"]]
    _save(request, version, content)
    return redirect("surveys:edit", version.pk)
