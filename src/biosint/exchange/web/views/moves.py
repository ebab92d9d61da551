"""Changing teams by hand, with the consequence shown first; mending them when learners come or go."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import operations, queries, rules, seating
from biosint.exchange.models import Application, Course
from biosint.exchange.states import ApplicationState
from biosint.exchange.web import trails
from biosint.exchange.web.consequence import Consequence, consequence_of, why_moved
from biosint.exchange.web.views.teach import course_of
from biosint.exchange.web.views.teams import back_to
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import require

NAMED_TEAMS = 60  # more teams than this are listed by their numbers alone


@login_required
def move(request: SignedIn, slug: str) -> HttpResponse:
    """Show what a move or a swap would change; posted, do it."""
    course = course_of(request, slug)
    require(rules.may_move(request.user, course))
    given = request.POST if request.method == "POST" else request.GET
    learner = _learner(course, given.get("who", ""))
    to, other_key = key_in(given.get("to", "")), key_in(given.get("with", ""))
    if request.method == "POST":
        return _do(request, course, learner, to=to, other=other_key)
    kept = queries.team_plan_of(course)
    roster = seating.roster_of(course, kept.plan)
    other = roster.learners.get(other_key)
    target = roster.places.get(other_key) if other else (to if to in set(roster.places.values()) else None)
    context = {
        "course": course,
        "trail": [*trails.below_desk(course), (_("Teams"), reverse("exchange:teams", args=[slug]))],
        "kept": kept,
        "learner": learner,
        "number": roster.places.get(learner.pk),
        "to": target,
        "other": other,
        "mates": sorted(
            (roster.learners[key] for key, number in roster.places.items() if target and number == target),
            key=lambda mate: str(mate.learner),
        ),
        "choices": _choices(roster, without=roster.places.get(learner.pk)),
        "consequence": _consequence(roster, learner, target=target, other=other),
        "words": given.get("words", ""),
        "may_take_out": rules.may_take_out(request.user, learner),
    }
    return render(request, "exchange/_move.html" if "part" in given else "exchange/move.html", context)


def _learner(course: Course, key: str) -> Application:
    learner: Application = get_object_or_404(
        course.applications.filter(state=ApplicationState.ADMITTED, membership__isnull=False).select_related(
            "learner", "institution"
        ),
        pk=key_in(key),
    )
    # The course in hand has its teachers already: the rules read them without asking again.
    learner.course = course
    return learner


def _choices(roster: seating.Roster, *, without: int | None) -> list[tuple[int, str]]:
    members: dict[int, list[str]] = {}
    for key, number in roster.places.items():
        members.setdefault(number, []).append(str(roster.learners[key].learner))
    named = len(members) <= NAMED_TEAMS
    return [
        (
            number,
            _("Team %(number)s: %(names)s") % {"number": number, "names": ", ".join(sorted(members[number]))}
            if named
            else _("Team %(number)s") % {"number": number},
        )
        for number in sorted(members)
        if number != without
    ]


def _consequence(
    roster: seating.Roster, learner: Application, *, target: int | None, other: Application | None
) -> Consequence | None:
    here = roster.places.get(learner.pk)
    if target is None or here is None or target == here:
        return None
    moves = {learner.pk: target}
    if other is not None:
        moves[other.pk] = here
    return consequence_of(roster, moves)


def _do(request: SignedIn, course: Course, learner: Application, *, to: int, other: int) -> HttpResponse:
    version = key_in(request.POST.get("version", ""))
    address = back_to(request, course.slug, request.POST.get("to", ""))

    def done() -> str:
        if other:
            operations.swap(
                course_id=course.pk,
                application_id=learner.pk,
                with_id=other,
                seen_version=version,
                by=request.user,
                at=timezone.now(),
            )
            return _("The two have changed places.")
        operations.move(
            course_id=course.pk,
            application_id=learner.pk,
            to=to,
            seen_version=version,
            by=request.user,
            at=timezone.now(),
        )
        return _("%(learner)s is in team %(number)s now.") % {"learner": learner.learner, "number": to}

    _told(request, done)
    return redirect(address)


def _told(request: SignedIn, deed: Callable[[], str]) -> bool:
    """Do something to the teams and say what came of it; what hinders is said, too."""
    try:
        messages.success(request, deed())
    except (operations.TeamsChanged, operations.NotInATeam, operations.CannotForm) as fault:
        messages.error(request, str(fault))
        return False
    return True


@login_required
@require_POST
def undo(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)

    def done() -> str:
        operations.undo(
            course_id=course.pk,
            seen_version=key_in(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
        return _("The last change is taken back.")

    _told(request, done)
    return redirect(back_to(request, slug, ""))


@login_required
@require_POST
def take_out(request: SignedIn, slug: str) -> HttpResponse:
    """Record that a learner has left the course."""
    course = course_of(request, slug)
    # Whoever has left is found, too: pressing twice is once.
    learner = get_object_or_404(
        course.applications.select_related("learner"), pk=key_in(request.POST.get("who", ""))
    )
    operations.take_out(application_id=learner.pk, by=request.user, at=timezone.now())
    messages.success(request, _("%(learner)s has left the course.") % {"learner": learner.learner})
    return redirect("exchange:teams", slug)


@login_required
def repair(request: SignedIn, slug: str) -> HttpResponse:
    """Show how the teams would be repaired: who gets a place, who moves and why; posted, do it."""
    course = course_of(request, slug)
    if request.method == "POST":

        def done() -> str:
            operations.repair(
                course_id=course.pk, mark=request.POST.get("mark", ""), by=request.user, at=timezone.now()
            )
            return _("The teams are repaired.")

        return redirect("exchange:teams" if _told(request, done) else "exchange:repair", slug)
    try:
        found = operations.mending(course_id=course.pk, by=request.user)
    except operations.CannotForm as fault:
        messages.error(request, str(fault))
        return redirect("exchange:teams", slug)
    names = {str(key): application.learner for key, application in found.roster.learners.items()}
    left = queries.who_left(queries.team_plan_of(course))
    return render(
        request,
        "exchange/repair.html",
        {
            "course": course,
            "trail": [*trails.below_desk(course), (_("Teams"), reverse("exchange:teams", args=[slug]))],
            "mark": found.mark,
            "joined": [(names[key], found.places[int(key)]) for key in found.repair.joined],
            "moved": [
                (names[move.key], move.before, found.number(move.after), why_moved(found, move.key))
                for move in found.repair.moved
            ],
            "left": left,
            "dissolved": found.repair.dissolved,
            "consequence": consequence_of(found.roster, found.places),
        },
    )
