"""Pages on which one question of a draft is written, given a condition, or scored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.shared.requests import SignedIn, login_required
from biosint.surveys import editing, library, operations
from biosint.surveys.definitions import DefinitionFault
from biosint.surveys.models import Version
from biosint.surveys.states import QuestionKind
from biosint.surveys.web.condition_forms import ConditionForm
from biosint.surveys.web.drafts import columns_earlier, draft_for, save
from biosint.surveys.web.question_forms import QuestionForm
from biosint.surveys.web.scoring_forms import ScoringForm

KINDS = frozenset(QuestionKind) - {QuestionKind.CONSENT}


def _entry(version: Version, code: str) -> dict[str, Any]:
    try:
        return editing.question_of(version.content, code)
    except editing.NoSuchQuestion as fault:
        raise Http404 from fault


def _page(request: SignedIn, version: Version, form: QuestionForm, *, code: str) -> HttpResponse:
    entry = form.entry
    return render(
        request,
        "surveys/question.html",
        {
            "version": version,
            "form": form,
            "kind": form.kind,
            "code": code,
            "text": entry.get("text"),
            "question": next(
                (question for question in version.definition.questions if question.code == code), None
            ),
            "columns": version.definition.columns(),
            "is_scale": form.kind == QuestionKind.SCALE,
            "key": library.key_of(version.content, code),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
def question(request: SignedIn, version_id: int, code: str) -> HttpResponse:
    """One question of a draft."""
    version = draft_for(request, version_id)
    before = _entry(version, code)
    form = QuestionForm(
        request.POST or None,
        kind=QuestionKind(before["kind"]),
        entry=before,
        languages=editing.languages_of(version.content),
    )

    def changed() -> dict[str, Any]:
        after = form.question(library.codes_of(version.content))
        return library.followed(editing.with_changed(version.content, code, after), before, after)

    if request.method == "POST" and form.is_valid() and save(request, version, changed):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    return _page(request, version, form, code=code)


@login_required
@require_GET
def choose_kind(request: SignedIn, version_id: int) -> HttpResponse:
    """Lead from “add a question” to the form of its kind."""
    version = draft_for(request, version_id)
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        raise Http404
    response = redirect("surveys:question-add", version.pk, kind)
    response["Location"] += f"?after={request.GET.get('after', '')}"
    return response


@login_required
def add(request: SignedIn, version_id: int, kind: str) -> HttpResponse:
    """A new question, put behind the one that the address names, or at the end."""
    version = draft_for(request, version_id)
    if kind not in KINDS:
        raise Http404
    form = QuestionForm(
        request.POST or None,
        kind=QuestionKind(kind),
        entry={},
        languages=editing.languages_of(version.content),
    )

    def changed() -> dict[str, Any]:
        made = form.question(library.codes_of(version.content))
        return editing.with_question(version.content, made, after=request.GET.get("after", ""))

    if request.method == "POST" and form.is_valid() and save(request, version, changed):
        messages.success(request, _("The question stands in the questionnaire."))
        return redirect("surveys:edit", version.pk)
    return _page(request, version, form, code="")


@login_required
def condition(request: SignedIn, version_id: int, code: str) -> HttpResponse:
    """When a question of a draft is shown."""
    version = draft_for(request, version_id)
    entry = _entry(version, code)
    if entry["kind"] == QuestionKind.CONSENT:
        raise Http404
    current = next(question for question in version.definition.questions if question.code == code)
    form = ConditionForm(
        request.POST or None,
        columns=columns_earlier(version, editing.earlier_than(version.content, code=code)),
        condition=current.shown_if,
    )

    def changed() -> dict[str, Any]:
        return editing.with_condition(version.content, code, form.condition())

    if request.method == "POST" and form.is_valid() and save(request, version, changed):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/condition.html",
        {"version": version, "form": form, "about": current.text},
        status=422 if form.is_bound else 200,
    )


@login_required
def scoring(request: SignedIn, version_id: int, code: str) -> HttpResponse:
    """How a scale of a draft is scored."""
    version = draft_for(request, version_id)
    entry = _entry(version, code)
    if entry["kind"] != QuestionKind.SCALE:
        raise Http404
    key = library.key_of(version.content, code)
    if request.method == "POST" and "without" in request.POST:
        save(request, version, lambda: library.without_key(version.content, code))
        return redirect("surveys:question", version.pk, code)
    form = ScoringForm(
        request.POST or None, question=entry, key=key, languages=editing.languages_of(version.content)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and save(request, version, lambda: library.with_key(version.content, form.scoring_key()))
    ):
        messages.success(request, _("Saved. Results will show the scores."))
        return redirect("surveys:question", version.pk, code)
    return render(
        request,
        "surveys/scoring.html",
        {"version": version, "form": form, "entry": entry, "key": key, "code": code},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def keep(request: SignedIn, version_id: int, code: str) -> HttpResponse:
    """Put a scored scale into the library of the institution."""
    version = draft_for(request, version_id)
    title = (library.key_of(version.content, code) or {}).get("title", {})
    try:
        kept = operations.keep_instrument(
            version_id=version.pk, code=code, about=title, by=request.user, at=timezone.now()
        )
    except (DefinitionFault, operations.NotScored) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("It is in your library, as version %(number)s.") % {"number": kept.number}
        )
    return redirect("surveys:question", version.pk, code)
