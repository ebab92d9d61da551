"""A quiz as its teachers make it: settings, questions, preview."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.quizzes import attachments, rules
from biosint.quizzes.content import Answer, answer_from, mark
from biosint.quizzes.models import Part, Quiz
from biosint.quizzes.operations import quizzes as operations
from biosint.quizzes.operations.attempts import drawn_slots
from biosint.quizzes.queries import bank as queries
from biosint.quizzes.queries.attempts import Slot, slots_from
from biosint.quizzes.states import MOST_QUESTIONS, Counting, Reveal
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, require


class QuizForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Quiz
        fields = [
            "title",
            "minutes",
            "attempts_allowed",
            "counting",
            "reveal",
            "shuffles_questions",
            "one_at_a_time",
        ]

    @property
    def settings(self) -> operations.Settings:
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return operations.Settings(
            **{**given, "counting": Counting(given["counting"]), "reveal": Reveal(given["reveal"])}
        )


class DrawForm(forms.Form):
    """So many questions by chance."""

    count = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=MOST_QUESTIONS, initial=5
    )
    tag = forms.ChoiceField(label=gettext_lazy("of the tag"), required=False)
    folder = forms.ChoiceField(label=gettext_lazy("in the folder"), required=False)

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (
            ("tag", queries.tags_of(quiz.bank)),
            ("folder", queries.folders_of(quiz.bank)),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *((word, word) for word in words)]


def kept_quiz(request: SignedIn, quiz_id: int) -> Quiz:
    """Return a quiz of a bank one keeps; strangers get 404."""
    return get_object_or_404(
        Quiz.objects.select_related("bank", "changed_by").filter(bank__in=queries.kept_banks(request.user)),
        pk=quiz_id,
    )


def around(quiz: Quiz, request: SignedIn) -> dict[str, Any]:
    """Return what every page of a quiz shows: its trail and the pages that belong together."""
    place = attachments.place_of(quiz, request.user, timezone.now())
    trail = list(place.trail) if place else [(_("Questions"), reverse("quizzes:banks"))]
    names = (
        ("quiz", _("Questions")),
        ("preview", _("Preview")),
        ("results", _("Results")),
        ("marking", _("Marking")),
        ("figures", _("Figures")),
    )
    own = str(request.path)
    tabs = [
        (label, reverse(f"quizzes:{name}", args=[quiz.pk]), own == reverse(f"quizzes:{name}", args=[quiz.pk]))
        for name, label in names
    ]
    return {"quiz": quiz, "trail": trail, "tabs": tabs, "place": place}


@login_required
def quiz(request: SignedIn, quiz_id: int) -> HttpResponse:
    shown = kept_quiz(request, quiz_id)
    form = QuizForm(request.POST or None, instance=shown, initial={"seen_version": shown.version})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_quiz(
                quiz_id=shown.pk,
                settings=form.settings,
                seen_version=form.cleaned_data["seen_version"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Saved. Attempts that have begun go on as they were."))
            return redirect("quizzes:quiz", shown.pk)
    parts = list(shown.parts.select_related("question__newest"))
    words = request.GET.get("q", "")[:100]
    used = [part.question_id for part in parts if part.question_id]
    return render(
        request,
        "quizzes/quiz.html",
        {
            **around(shown, request),
            "form": form,
            "parts": parts,
            "question_count": sum(part.count for part in parts),
            "draw_form": DrawForm(quiz=shown),
            "words": words,
            "offered": Paginator(
                queries.questions_in(shown.bank, words=words).exclude(pk__in=used), 15
            ).get_page(request.GET.get("page")),
        },
        status=422 if form.is_bound else 200,
    )


def _asked(part: Part) -> operations.Asked:
    return operations.Asked(part.question_id, part.tag, part.folder, part.count, part.points)


@login_required
@require_POST
def parts(request: SignedIn, quiz_id: int) -> HttpResponse:
    """Add, take out, move or weigh questions; the whole list is written anew."""
    shown = kept_quiz(request, quiz_id)
    asked = [_asked(part) for part in shown.parts.all()]
    try:
        operations.set_parts(
            quiz_id=shown.pk,
            parts=_changed(request, shown, asked),
            seen_version=key_in(request.POST.get("seen_version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        messages.error(request, str(fault))
    return redirect(reverse("quizzes:quiz", args=[shown.pk]) + "#parts")


def _changed(request: SignedIn, quiz: Quiz, asked: list[operations.Asked]) -> list[operations.Asked]:
    given = request.POST
    if "draw" in given:
        form = DrawForm(given, quiz=quiz)
        if form.is_valid():
            return [*asked, operations.Asked(**form.cleaned_data)]
        raise Fault(_("Write how many questions shall be drawn."))
    if "add" in given:
        chosen = [key_in(word) for word in given.getlist("question")]
        return [*asked, *(operations.Asked(question_id=key) for key in chosen if key)]
    for word, step in (("out", 0), ("up", -1), ("down", 1)):
        if word in given:
            place = key_in(given[word]) - 1
            if not 0 <= place < len(asked):
                return asked
            moved = asked.pop(place)
            if step:
                asked.insert(max(0, place + step), moved)
            return asked
    return [_weighed(one, given.get(f"points-{number}", "")) for number, one in enumerate(asked, start=1)]


def _weighed(asked: operations.Asked, typed: str) -> operations.Asked:
    try:
        points = Decimal(typed.replace(",", ".")) if typed.strip() else None
    except InvalidOperation:
        points = asked.points
    if points is not None and not (points.is_finite() and 0 <= points <= 1000):
        points = asked.points
    return operations.Asked(asked.question_id, asked.tag, asked.folder, asked.count, points)


@login_required
def preview(request: SignedIn, quiz_id: int) -> HttpResponse:
    """Answer one's own quiz as a learner would; nothing is kept."""
    shown = kept_quiz(request, quiz_id)
    require(rules.may_keep(request.user, shown.bank))
    seed = request.POST.get("seed", "")[:32] or secrets.token_hex(8)
    given: QueryDict | None = request.POST if request.method == "POST" else None
    slots = slots_from(drawn_slots(shown, seed), {}, seed)
    answered = [_filled(slot, given) for slot in slots]
    judged = [(slot, mark(slot.question, slot.answer)) for slot in answered]
    rows = [{"slot": slot, "marked": marked, "points": marked.points(slot.points)} for slot, marked in judged]
    return render(
        request,
        "quizzes/quiz_preview.html",
        {
            **around(shown, request),
            "rows": rows,
            "slots": answered,
            "seed": seed,
            "is_judged": given is not None,
            "shows_key": True,
        },
    )


def _filled(slot: Slot, given: QueryDict | None) -> Slot:
    answer: Answer = answer_from(slot.question, given, slot.name) if given is not None else None
    return Slot(slot.number, slot.question, slot.version_id, slot.points, answer, slot.seed)
