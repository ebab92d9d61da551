"""What teachers do from the first team to the last mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import operations, queries, rules
from biosint.exchange.models import Course, Team
from biosint.exchange.states import grade_of
from biosint.exchange.web import trails, wording
from biosint.exchange.web.forms import MarkForm, TeamsForm
from biosint.exchange.web.views.teach import course_of, tabs
from biosint.shared.requests import SignedIn, login_required

SEEDS = 10_000


@login_required
def teams(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    admitted = queries.admitted_count(course)
    may_form = rules.may_form_teams(request.user, course, admitted=admitted)
    form = TeamsForm(request.POST or None, instance=course)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            operations.form_teams(
                course_id=course.pk,
                team_size=form.cleaned_data["team_size"],
                minimum_common_hours=form.cleaned_data["minimum_common_hours"],
                by=request.user,
                at=now,
                # Forming again looks for other teams, too.
                seed=int(now.timestamp()) % SEEDS,
            )
        except operations.AdmittedMeanwhile as meanwhile:
            messages.error(request, str(meanwhile))
        else:
            messages.success(request, _("Teams are formed. Only teachers see them until you publish them."))
        return redirect("exchange:teams", slug)
    formed = list(queries.with_members(course.teams.all()))
    teamless = queries.teamless_count(course)
    return render(
        request,
        "exchange/teams.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "teams"),
            "form": form,
            "admitted": admitted,
            "teamless": teamless,
            "cards": [_card(team, course) for team in formed],
            "zone": timezone.get_current_timezone_name(),
            "may_form": may_form,
            "may_publish": rules.may_publish_teams(
                request.user, course, teamless=teamless, teams=len(formed)
            ),
        },
        status=422 if form.is_bound else 200,
    )


def _card(team: Team, course: Course) -> dict[str, object]:
    return {
        "team": team,
        "members": [member.application for member in team.members.all()],
        "reasons": wording.sentences(team),
        "hours": wording.common_hours(team.common_slots, week_of=course.start_date),
    }


@login_required
@require_POST
def publish_teams(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    operations.publish_teams(course_id=course.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Every learner sees their team now. The team rooms are open."))
    return redirect("exchange:teams", slug)


@login_required
def marks(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    verdict = rules.may_mark(request.user, course)
    learners = queries.learners_of(course)
    given = request.POST if request.method == "POST" else None
    rows = [MarkForm(given, application=application) for application in learners]
    if given is not None:
        saved = [_save(request, row) for row in rows if row.is_valid() and row.is_given]
        if not any(row.errors for row in rows):
            messages.success(request, _("The marks are saved.") if saved else _("Nothing was changed."))
            return redirect("exchange:marks", slug)
    return render(
        request,
        "exchange/marks.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "marks"),
            "rows": [(row, _grade(row, course)) for row in rows],
            "verdict": verdict,
            "has_errors": any(row.errors for row in rows),
            "may_finish": rules.may_finish(
                request.user,
                course,
                unmarked=sum(1 for row in rows if getattr(row.application, "mark", None) is None),
            ),
        },
        status=422 if given is not None else 200,
    )


def _save(request: SignedIn, row: MarkForm) -> bool:
    try:
        operations.give_mark(
            application_id=row.application.pk,
            points=row.cleaned_data["points"],
            comment=row.cleaned_data["comment"],
            seen_version=row.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except operations.MarkedMeanwhile as meanwhile:
        row.add_error("points", str(meanwhile))
        return False
    return True


def _grade(row: MarkForm, course: Course) -> str:
    mark = getattr(row.application, "mark", None)
    return str(grade_of(mark.points, pass_mark=course.pass_mark)) if mark else ""
