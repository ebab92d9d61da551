"""The index page: how far the institutions have come, in thirty seconds."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.indicators import api as indicators
from biosint.people.api import Person
from biosint.shared.charts.described import figure as written
from biosint.shared.requests import SignedIn, login_required
from biosint.situation.formula_words import formula_words
from biosint.situation.models import Participation, Round
from biosint.situation.queries import index as index_queries
from biosint.situation.queries import rounds
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState
from biosint.situation.web import drawings, sentences, tables
from iahcalc.maturity import load_formula


def _consortia_of(request: SignedIn) -> tuple[Consortium | None, list[Consortium]]:
    """The consortium the address names, else the reader's newest; and all that the reader belongs to."""
    mine = list(consortia.consortia() if request.user.is_staff else consortia.consortia_of(request.user))
    wanted = request.GET.get("consortium", "")
    chosen = (one for one in mine if one.slug == wanted or not wanted)
    return next(chosen, None), mine


def _own_open(person: Person, running: Round) -> Participation | None:
    """The part of the open round that the reader may fill in or follow."""
    parts = rounds.participations_of(running).filter(institution__in=person.institution_ids)
    return next((part for part in parts if rules.may_read_values(person, part)), None)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Before and now of every institution, the test over them in words, and the reader's own place."""
    consortium, mine = _consortia_of(request)
    if consortium is None:
        return render(request, "situation/no_index.html")
    every = list(rounds.rounds_of(consortium))
    before, newest = rounds.latest_pair(every)
    compared = index_queries.comparison(before, newest) if before and newest else None
    parts = list(rounds.participations_of(newest)) if newest and not compared else []
    homes = request.user.institution_ids
    own = next(
        (
            pair
            for pair in (compared.pairs if compared else ())
            if pair.after is not None and pair.after.institution_id in homes
        ),
        None,
    )
    running = next((one for one in every if one.state == RoundState.OPEN), None)
    return render(
        request,
        "situation/index.html",
        {
            "consortium": consortium,
            "plan_url": f"{reverse('situation:new_round')}?consortium={consortium.slug}",
            "results_url": f"{reverse('situation:results_file')}?consortium={consortium.slug}",
            "tabs": [(one, f"?consortium={one.slug}", one == consortium) for one in mine]
            if len(mine) > 1
            else [],
            "rounds": every,
            "newest": newest,
            "comparison": compared,
            "finding": sentences.finding(compared) if compared else [],
            "chart": drawings.of_change(compared) if compared else None,
            "single_chart": drawings.of_round(newest, parts) if newest and parts else None,
            "own": own,
            "own_chart": drawings.of_dimensions(own, indicators.dimensions_of(newest.bank))
            if newest and own
            else None,
            "own_index": written(own.after.index, digits=1) if own and own.after else "",
            "own_change": sentences.signed(own.change) if own else "",
            "running": running,
            "own_running": _own_open(request.user, running) if running else None,
            "may_plan": rules.may_plan(request.user, consortium),
            "formula": formula_words(newest.formula.formula if newest else load_formula()),
        },
    )


@login_required
@require_GET
def results_file(request: SignedIn) -> HttpResponse:
    """Index and dimensions of every institution in every closed round."""
    consortium, _mine = _consortia_of(request)
    answer = tables.table_file("index-results.csv")
    writer = csv.writer(answer)
    writer.writerow(
        [
            "round",
            "first_day",
            "last_day",
            "institution",
            "part",
            "points",
            "low",
            "high",
            "answered",
            "asked",
        ]
    )
    closed = rounds.rounds_of(consortium).filter(state=RoundState.CLOSED) if consortium else ()
    for one in closed:
        for part in rounds.participations_of(one):
            start = [
                tables.cell(one.title),
                one.period_from,
                one.period_until,
                tables.cell(part.institution.name),
            ]
            asked = sum(side["indicators"] for side in part.dimensions)
            writer.writerow([*start, "index", part.index, part.low, part.high, part.answered, asked])
            for side in part.dimensions:
                writer.writerow(
                    [
                        *start,
                        side["code"],
                        side["value"],
                        side["low"],
                        side["high"],
                        side["answered"],
                        side["indicators"],
                    ]
                )
    return answer
