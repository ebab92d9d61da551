"""The TOWS matrix, and the objectives that come from it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import require
from biosint.situation.models import Objective, Option, Workshop
from biosint.situation.operations import objectives as operations
from biosint.situation.queries import objectives as queries
from biosint.situation.queries import rounds
from biosint.situation.queries import workshops as workshop_queries
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Pairing
from biosint.situation.web.workshop_forms import ObjectiveForm, OptionForm
from biosint.situation.web.workshops import trail, workshop_for

TOP = 8  # the most important so many of a side are offered for pairing


@login_required
@require_GET
def matrix(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The four fields with their options, and the objectives that came from them."""
    workshop = workshop_for(request, public_id)
    options = queries.options_of(workshop)
    keys = [objective.pk for option in options for objective in option.objectives.all()]
    return render(
        request,
        "situation/tows.html",
        {
            "workshop": workshop,
            "tag": page_tag(workshop.language),
            "fields": [
                (pairing, [option for option in options if option.pairing == pairing]) for pairing in Pairing
            ],
            "uses": queries.uses_of(keys),
            "has_options": bool(options),
            "may_lead": rules.may_lead(request.user, workshop),
            "trail": trail(workshop),
        },
    )


@login_required
def new_option(request: SignedIn, public_id: UUID, pairing: str) -> HttpResponse:
    """Pair the most important statements of two sides, and say what follows."""
    workshop = workshop_for(request, public_id)
    if pairing not in Pairing.values:
        raise Http404
    require(rules.may_lead(request.user, workshop))
    meets = Pairing(pairing)
    ranking = workshop_queries.ranking(workshop)
    inside, outside = (
        [ranked.statement for ranked in ranking.sides[side][:TOP]] for side in (meets.inside, meets.outside)
    )
    form = OptionForm(
        request.POST or None,
        inside=inside,
        outside=outside,
        labels=(str(meets.inside.label), str(meets.outside.label)),
    )
    matrix_url = reverse("situation:tows", args=[workshop.public_id])
    if form.is_valid():
        told = form.cleaned_data
        try:
            operations.add_option(
                workshop_id=workshop.pk,
                pairing=meets,
                text=told["text"],
                statement_ids=[key_in(word) for word in (*told["inside"], *told["outside"])],
                by=request.user,
                at=timezone.now(),
            )
        except operations.NotAPair as fault:
            form.add_error(None, str(fault))
        else:
            return redirect(f"{matrix_url}#{meets.value}")
    return render(
        request,
        "situation/option_new.html",
        {
            "form": form,
            "pairing": meets,
            "workshop": workshop,
            "can_pair": bool(inside and outside),
            "cancel": matrix_url,
            "trail": [*trail(workshop), (_("TOWS matrix"), matrix_url)],
        },
        status=422 if form.is_bound else 200,
    )


def _option(request: SignedIn, option_id: int) -> Option:
    option = get_object_or_404(Option.objects.select_related("workshop"), pk=option_id)
    option.workshop = workshop_for(request, option.workshop.public_id)
    return option


@login_required
@require_POST
def remove_option(request: SignedIn, option_id: int) -> HttpResponse:
    option = _option(request, option_id)
    operations.remove_option(option_id=option.pk, by=request.user, at=timezone.now())
    return redirect("situation:tows", option.workshop.public_id)


def _asked(workshop: Workshop) -> indicators.BankVersion | None:
    """The bank whose figures a target can start from: that of the last closed round, else the newest."""
    _before, newest = rounds.latest_pair(list(rounds.rounds_of(workshop.consortium)))
    return newest.bank if newest else indicators.current_bank()


@login_required
def new_objective(request: SignedIn, option_id: int) -> HttpResponse:
    """Make an option an objective with an indicator and a target."""
    option = _option(request, option_id)
    workshop = option.workshop
    require(rules.may_lead(request.user, workshop))
    bank = _asked(workshop)
    asked = indicators.indicators_of(bank) if bank else Indicator.objects.none()
    form = ObjectiveForm(request.POST or None, asked=asked, initial={"text": option.text[:300]})
    matrix_url = reverse("situation:tows", args=[workshop.public_id])
    if form.is_valid():
        objective = operations.add_objective(
            option_id=option.pk, aim=form.aim(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The objective is set. Strategies can take it up now."))
        return redirect(objective)
    return render(
        request,
        "situation/objective_new.html",
        {
            "form": form,
            "option": option,
            "workshop": workshop,
            "cancel": matrix_url,
            "trail": [*trail(workshop), (_("TOWS matrix"), matrix_url)],
        },
        status=422 if form.is_bound else 200,
    )


def _objective(request: SignedIn, objective_id: int) -> Objective:
    return get_object_or_404(queries.objectives_for(request.user), pk=objective_id)


@login_required
@require_GET
def objective(request: SignedIn, objective_id: int) -> HttpResponse:
    """One objective: where it comes from, where it starts, where it shall lead, and where it was taken up."""
    one = _objective(request, objective_id)
    workshop = one.option.workshop
    uses = queries.uses_of([one.pk]).get(one.pk, [])
    return render(
        request,
        "situation/objective.html",
        {
            "objective": one,
            "workshop": workshop,
            "tag": page_tag(workshop.language),
            "statements": list(one.option.statements.all()),
            "uses": uses,
            "target": queries.target_words(one),
            "may_lead": rules.may_lead(request.user, workshop),
            "may_remove": rules.may_remove(request.user, one, is_taken_up=bool(uses)),
            "trail": [
                *trail(workshop),
                (_("TOWS matrix"), reverse("situation:tows", args=[workshop.public_id])),
            ],
        },
    )


@login_required
@require_POST
def remove_objective(request: SignedIn, objective_id: int) -> HttpResponse:
    one = _objective(request, objective_id)
    operations.remove_objective(objective_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The objective is taken away."))
    return redirect("situation:tows", one.option.workshop.public_id)
