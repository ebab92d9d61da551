"""All figures at once: asked for, worked out by a job, kept, and taken away as XLSX or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.shared.requests import SignedIn, login_required
from biosint.situation.operations import overviews as operations
from biosint.situation.queries import campaigns as queries
from biosint.situation.queries import overviews
from biosint.situation.queries.overviews import NothingToShow
from biosint.situation.queries.tables import SET, answers_of
from biosint.situation.web import overview_tables
from biosint.situation.web.results import prepared_first, set_for
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Overview
    from biosint.surveys.models import AnswerSet

MOST_SETS = 4


def _trail(answer_set: AnswerSet) -> list[tuple[str, str]]:
    return [
        (_("Situation analysis"), reverse("situation:list")),
        (answer_set.title, reverse("situation:results", args=[answer_set.pk])),
    ]


@login_required
def index(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """The overviews of a set, and the form that asks for a new one."""
    answer_set = set_for(request, answer_set_id)
    if (waiting := prepared_first(request, answer_set)) is not None:
        return waiting
    answers = answers_of(answer_set)
    choices = [
        (variable.code, variable.name)
        for variable in answers.variables.values()
        if variable.options and not variable.scale
    ]
    sets = queries.sets_for(request.user).exclude(pk=answer_set.pk)[:50]
    fault = ""
    if request.method == "POST":
        published = request.POST.get("design") == "published"
        wanted = set(request.POST.getlist("sets"))
        others = [one for one in sets if str(one.pk) in wanted][:MOST_SETS]
        groupings = [code for code, _name in choices if code in request.POST.getlist("groupings")]
        if published and not groupings:
            groupings = [surveys.INSTITUTION] if surveys.INSTITUTION in answers.variables else []
        if others:
            groupings = [SET, *groupings]
        try:
            _overview, job = operations.begin_overview(
                answer_set=answer_set,
                together_with=others,
                groupings=groupings,
                about=overviews.PUBLISHED_DESIGN if published else (),
                by=request.user,
                at=timezone.now(),
            )
        except NothingToShow as hindrance:
            fault = str(hindrance)
        else:
            return redirect("jobs:detail", job.public_id)
    suggested = [code for code in (surveys.INSTITUTION, surveys.GROUP) if code in answers.variables]
    return render(
        request,
        "situation/overviews.html",
        {
            "answer_set": answer_set,
            "overviews": overviews.overviews_for(request.user).filter(
                answer_set=answer_set, finished_at__isnull=False
            )[:20],
            "choices": choices,
            "groupings": [*suggested, "", "", ""][: overviews.MOST_GROUPINGS],
            "sets": [(str(one.pk), f"{one.title} ({one.owner.short_name})") for one in sets],
            "fault": fault,
            "trail": _trail(answer_set),
        },
        status=422 if fault else 200,
    )


def _overview_for(request: SignedIn, public_id: UUID) -> Overview:
    return get_object_or_404(
        overviews.overviews_for(request.user).filter(finished_at__isnull=False), public_id=public_id
    )


@login_required
def detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """All figures, the largest effects first."""
    overview = _overview_for(request, public_id)
    others = list(overview.together_with.all())
    return render(
        request,
        "situation/overview.html",
        {
            "overview": overview,
            "sets": [overview.answer_set, *others],
            "told": overview_tables.told(overview, ask=not others),
            "trail": _trail(overview.answer_set),
        },
    )


@login_required
def as_json(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Every figure unrounded, with the words of the code book."""
    overview = _overview_for(request, public_id)
    content: dict[str, Any] = {
        "title": str(overview),
        "made_at": overview.finished_at,
        "groupings": overview.groupings,
        **overview.figures,
    }
    return HttpResponse(
        json.dumps(content, ensure_ascii=False, indent=1, default=str),
        content_type="application/json; charset=utf-8",
        headers=_attached(overview, "json"),
    )


@login_required
def as_xlsx(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Every figure in a workbook: tests, questions, scales, tables."""
    overview = _overview_for(request, public_id)
    return HttpResponse(
        overview_tables.workbook(overview),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers=_attached(overview, "xlsx"),
    )


def _attached(overview: Overview, ending: str) -> dict[str, str]:
    name = slugify(str(overview)) or "figures"
    return {"Content-Disposition": f'attachment; filename="{name}-figures.{ending}"'}
