"""Pages of rounds: planning, opening, following, closing, taking the figures away."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium import api as consortia
from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import all_of, require
from biosint.situation.formula_words import formula_words
from biosint.situation.models import Round
from biosint.situation.operations import closing
from biosint.situation.operations import reviews as reviewing
from biosint.situation.operations import rounds as operations
from biosint.situation.queries import index, reviews, rounds
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState
from biosint.situation.web import drawings, tables
from biosint.situation.web.round_forms import ClosingForm, RoundForm


@login_required
def new_round(request: SignedIn) -> HttpResponse:
    wanted = request.GET.get("consortium", "")
    consortium = (
        get_object_or_404(consortia.consortia(), slug=wanted) if wanted else consortia.current_consortium()
    )
    if consortium is None:
        return redirect("situation:index")
    require(rules.may_plan(request.user, consortium))
    banks = indicators.banks_for(consortium)
    form = RoundForm(request.POST or None, consortium=consortium, initial={"bank": banks.first()})
    if request.method == "POST" and form.is_valid():
        try:
            one = operations.draft_round(
                consortium=consortium, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except operations.PeriodBackwards as backwards:
            form.add_error("period_until", str(backwards))
        except operations.RoundKnown as known:
            form.add_error("is_baseline" if form.cleaned_data["is_baseline"] else "title", str(known))
        else:
            return redirect("situation:round", one.pk)
    return render(
        request,
        "situation/new_round.html",
        {
            "form": form,
            "consortium": consortium,
            "has_bank": banks.exists(),
            "trail": [(_("Index"), reverse("situation:index"))],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_GET
def round_page(request: SignedIn, round_id: int) -> HttpResponse:
    """One round: who takes part, how far they are or what came out, and the formula."""
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    parts = list(rounds.participations_filled(one))
    asked = list(indicators.indicators_of(one.bank))
    typed = sum(1 for indicator in asked if rounds.is_typed(indicator))
    is_closed = index.is_final(one)
    return render(
        request,
        "situation/round.html",
        {
            "round": one,
            "parts": parts,
            # Of a closed round everyone who sees it reads every value.
            "readable": [part for part in parts if is_closed or rules.may_read_values(request.user, part)],
            "typed": typed,
            "asked": len(asked),
            "is_closed": is_closed,
            "is_open": one.state == RoundState.OPEN,
            "reviews": _reviews(one, asked),
            "may_reassign": rules.may_plan_reviews(
                request.user, one, said=reviews.any_said(one) if one.peer_review else False
            ),
            "chart": drawings.of_round(one, parts) if is_closed else None,
            "may_open": rules.may_open(request.user, one),
            "may_discard": rules.may_discard(request.user, one),
            "may_close": all_of([rules.may_close(request.user, one), rules.has_ended(one, timezone.now())]),
            "formula": formula_words(one.formula.formula),
            "dimensions": indicators.dimensions_of(one.bank),
            "trail": [(_("Index"), reverse("situation:index"))],
        },
    )


def _reviews(one: Round, asked: list[Indicator]) -> list[dict[str, object]]:
    """Who reviews whom in a round with peer review, and how far each is."""
    if not one.peer_review or one.state == RoundState.DRAFT:
        return []
    progress = reviews.progress_of_round(one, asked)
    return [
        {"review": review, "progress": progress[review.participation_id]}
        for review in reviews.reviews_of(one)
    ]


@login_required
@require_POST
def open_round(request: SignedIn, round_id: int) -> HttpResponse:
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    try:
        operations.open_round(round_id=one.pk, by=request.user, at=timezone.now())
    except operations.NobodyTakesPart as nobody:
        messages.error(request, str(nobody))
    else:
        messages.success(request, _("The round is open. The institutions see it on their home pages."))
    return redirect("situation:round", round_id)


@login_required
@require_POST
def discard_round(request: SignedIn, round_id: int) -> HttpResponse:
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    operations.discard_round(round_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The draft is thrown away."))
    return redirect("situation:index")


@login_required
def close_round(request: SignedIn, round_id: int) -> HttpResponse:
    """What is still missing or disputed, in sight of which the board closes the round."""
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                closing.close_round(
                    round_id=one.pk, by=request.user, at=timezone.now(), words=form.cleaned_data["words"]
                )
            except closing.PeriodRuns as runs:
                messages.error(request, str(runs))
                return redirect("situation:round", round_id)
            except closing.WordsNeeded as needed:
                form.add_error("words", str(needed))
            else:
                messages.success(request, _("The round is closed. Its results stand and never change."))
                return redirect("situation:round", round_id)
    require(rules.may_close(request.user, one))
    asked = list(indicators.indicators_of(one.bank))
    return render(
        request,
        "situation/close_round.html",
        {
            "round": one,
            "form": form,
            "parts": index.outstanding(one, asked),
            "ended": rules.has_ended(one, timezone.now()),
            "trail": [
                (_("Index"), reverse("situation:index")),
                (one.title, reverse("situation:round", args=[one.pk])),
            ],
        },
        status=status,
    )


@login_required
@require_POST
def reassign(request: SignedIn, round_id: int) -> HttpResponse:
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    reviewing.reassign_reviewers(round_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The reviewers are assigned anew."))
    return redirect("situation:round", round_id)


@login_required
@require_GET
def values_file(request: SignedIn, round_id: int) -> HttpResponse:
    """Every value of a closed round as one table, so that anybody can compute the index again."""
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id, state=RoundState.CLOSED)
    answer = tables.table_file(f"index-values-{one.pk}.csv")
    writer = csv.writer(answer)
    writer.writerow(
        [
            "institution",
            "dimension",
            "dimension_weight",
            "indicator",
            "title",
            "kind",
            "weight",
            "full_points_at",
            "answer",
            "numerator",
            "denominator",
            "note",
            "evidence",
        ]
    )
    for value in rounds.values_of_round(one):
        asked = value.indicator
        writer.writerow(
            [
                tables.cell(value.participation.institution.name),
                asked.dimension.code,
                asked.dimension.weight,
                asked.code,
                tables.cell(str(asked)),
                asked.kind,
                asked.weight,
                asked.full_points_at,
                value.answer,
                value.numerator,
                value.denominator,
                tables.cell(value.note),
                tables.cell(value.evidence_url),
            ]
        )
    return answer
