"""The facilitators' desk: which team needs somebody, why, and what was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import queries, rules
from biosint.exchange.models import Course, Team
from biosint.exchange.operations import facilitation as operations
from biosint.exchange.queries import facilitation as desk_queries
from biosint.exchange.rules import room as room_rules
from biosint.exchange.states import InterventionKind
from biosint.exchange.web import trails
from biosint.exchange.web.room_forms import FacilitatorForm, InterventionForm, NudgeForm
from biosint.exchange.web.room_texts import NUDGE
from biosint.exchange.web.wording_of_signals import reasons
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault

TEAMS_PER_PAGE = 50


def _course(request: SignedIn, slug: str) -> tuple[Course, list[Team]]:
    course = get_object_or_404(queries.courses_for(request.user), slug=slug)
    teams = list(desk_queries.accompanied_teams(request.user, course))
    # 404, not 403, to whoever accompanies nobody here.
    if not teams and not rules.teaches(request.user, course):
        raise Http404
    return course, teams


def _trail(request: SignedIn, course: Course) -> trails.Trail:
    return trails.below_desk(course) if rules.teaches(request.user, course) else trails.below_course(course)


def _row(watched: desk_queries.Watched) -> dict[str, Any]:
    names = {one.application.learner_id: one.application.learner.name for one in watched.team.members.all()}
    return {
        "team": watched.team,
        "last_at": watched.last_at,
        "reasons": reasons(watched.found, names),
        "members": [
            {"person": one.application.learner, "last_at": watched.last.get(one.application.learner_id)}
            for one in watched.team.members.all()
        ],
        "pulse": watched.facts.pulse[-1].mean if watched.facts.pulse else None,
    }


@login_required
def desk(request: SignedIn, slug: str) -> HttpResponse:
    course, teams = _course(request, slug)
    rows = desk_queries.watched(course, teams, at=timezone.now(), today=timezone.localdate())
    page = Paginator(rows, TEAMS_PER_PAGE).get_page(request.GET.get("page"))
    noted = desk_queries.interventions_for(teams)
    return render(
        request,
        "exchange/facilitate.html",
        {
            "course": course,
            "trail": _trail(request, course),
            "page": page,
            "rows": [_row(one) for one in page],
            "needing": sum(1 for one in rows if one.found),
            "count": len(rows),
            "follow_ups": noted.filter(closed_at=None, follow_up_date__isnull=False).order_by(
                "follow_up_date", "pk"
            )[:20],
            "today": timezone.localdate(),
            "is_teacher": rules.teaches(request.user, course),
        },
    )


def _team(request: SignedIn, slug: str, number: int) -> Team:
    course, teams = _course(request, slug)
    team = next((one for one in teams if one.number == number), None)
    if team is None:
        raise Http404
    team.course = course
    return team


@login_required
def team(request: SignedIn, slug: str, number: int) -> HttpResponse:
    shown = _team(request, slug, number)
    form = InterventionForm(request.POST or None, team=shown)
    if request.method == "POST" and form.is_valid():
        operations.note_intervention(
            team_id=shown.pk,
            kind=InterventionKind(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
            person=form.cleaned_data["person"],
            follow_up_date=form.cleaned_data["follow_up_date"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Noted. The team does not see it."))
        return redirect("exchange:facilitate_team", slug, number)
    watched = desk_queries.watched(shown.course, [shown], at=timezone.now(), today=timezone.localdate())[0]
    return render(
        request,
        "exchange/facilitate_team.html",
        {
            **_row(watched),
            "course": shown.course,
            "trail": [*_trail(request, shown.course), (_("Teams at a glance"), _address(shown.course))],
            "form": form,
            "pulses": shown.pulses.select_related("person").order_by("-week_date", "person__name"),
            "interventions": desk_queries.interventions_for([shown]),
        },
        status=422 if form.is_bound else 200,
    )


def _address(course: Course) -> str:
    return reverse("exchange:facilitate", args=[course.slug])


@login_required
def nudge(request: SignedIn, slug: str, number: int, person_id: int) -> HttpResponse:
    shown = _team(request, slug, number)
    person = next(
        (one.application.learner for one in shown.members.all() if one.application.learner_id == person_id),
        None,
    )
    if person is None:
        raise Http404
    first = person.name.split()[0] if person.name.split() else person.name
    text = str(NUDGE) % {"name": first, "number": shown.number, "course": shown.course.title}
    form = NudgeForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        operations.nudge(
            team_id=shown.pk,
            person=person,
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The reminder is on its way to %(person)s.") % {"person": person})
        return redirect("exchange:facilitate_team", slug, number)
    return render(
        request,
        "exchange/nudge.html",
        {
            "course": shown.course,
            "team": shown,
            "person": person,
            "form": form,
            "trail": [*_trail(request, shown.course), (_("Teams at a glance"), _address(shown.course))],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def close(request: SignedIn, slug: str, number: int, intervention_id: int) -> HttpResponse:
    shown = _team(request, slug, number)
    noted = get_object_or_404(shown.interventions, pk=intervention_id)
    operations.close_intervention(intervention_id=noted.pk, by=request.user, at=timezone.now())
    return redirect("exchange:facilitate_team", slug, number)


@login_required
def people(request: SignedIn, slug: str) -> HttpResponse:
    """Who accompanies which teams; teachers change it."""
    course, _teams = _course(request, slug)
    verdict = room_rules.may_appoint_facilitators(request.user, course)
    form = FacilitatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.appoint_facilitator(
                course_id=course.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Fault as nobody:
            form.add_error("email", str(nobody))
        else:
            messages.success(request, _("The facilitator is told and sees these teams now."))
            return redirect("exchange:facilitators", slug)
    return render(
        request,
        "exchange/facilitators.html",
        {
            "course": course,
            "trail": [*_trail(request, course), (_("Teams at a glance"), _address(course))],
            "form": form,
            "may_appoint": verdict,
            "facilitators": desk_queries.facilitators_of(course),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def end(request: SignedIn, slug: str, facilitation_id: int) -> HttpResponse:
    course, _teams = _course(request, slug)
    standing = get_object_or_404(course.facilitations, pk=facilitation_id)
    operations.end_facilitation(facilitation_id=standing.pk, by=request.user, at=timezone.now())
    return redirect("exchange:facilitators", slug)
