"""Matching events: the list, one event with its plan, opening, joining, noting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.partnering.operations import events as operations
from biosint.partnering.queries import events as queries
from biosint.partnering.rules import events as rules
from biosint.partnering.states import Outcome
from biosint.partnering.web.event_forms import EventForm, OutcomeForm, RegistrationForm
from biosint.partnering.web.offers import trail
from biosint.shared.dates import written_moment
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.subjects import subject_name
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.partnering.models import MatchingEvent

PER_PAGE = 20


def events(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    return render(
        request,
        "partnering/events.html",
        {
            "page": Paginator(queries.events(), PER_PAGE).get_page(request.GET.get("page")),
            "may_open": person is not None and bool(rules.may_open(person)),
            "now": timezone.now(),
            "trail": trail(),
        },
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    require(rules.may_open(request.user))
    form = EventForm(request.POST or None, person=request.user)
    if form.is_valid():
        made = operations.open_event(
            key=form.cleaned_data["key"],
            host=form.cleaned_data["host"],
            institutions=form.cleaned_data["institutions"],
            by=request.user,
            at=timezone.now(),
            **form.description,
        )
        messages.success(request, _("The event is open. Hand its address on to teachers."))
        return redirect(made)
    return render(
        request,
        "partnering/new_event.html",
        {"form": form, "trail": trail()},
        status=422 if form.is_bound else 200,
    )


def _in_trail() -> list[tuple[str, str]]:
    return [*trail(), (_("Matching events"), reverse("partnering:events"))]


def event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One event; who is signed in as a teacher registers here."""
    found = get_object_or_404(queries.events(), public_id=public_id)
    person, now = person_of(request), timezone.now()
    mine = queries.registration_of(person, found) if person is not None else None
    may_register = rules.may_register(person, found, at=now) if person is not None else None
    form = None
    if person is not None and may_register:
        form = RegistrationForm(request.POST or None, person=person, instance=mine)
        if form.is_valid():
            try:
                operations.register(
                    event_id=found.pk,
                    institution=form.cleaned_data["institution"],
                    by=person,
                    at=now,
                    **form.words,
                )
            except Fault as fault:
                form.add_error(None, str(fault))
            else:
                messages.success(request, _("You are registered. You are told when the talks are planned."))
                return redirect(found)
    keeps = person is not None and bool(rules.may_plan(person, found))
    # The meeting room, the names and the plan are for those who come and who keep the event.
    belongs = mine is not None or keeps
    return render(
        request,
        "partnering/event.html",
        {
            "event": found,
            "subject": subject_name(found.subject) if found.subject else "",
            "clocks": _clocks(found),
            "mine": mine,
            "form": form,
            "may_register": may_register,
            "belongs": belongs,
            "keeps": keeps,
            "may_plan": rules.may_plan(person, found) if person is not None else None,
            "coming": queries.registrations_of(found) if belongs else [],
            "talks": _talks(request, found) if mine is not None else [],
            "everything": queries.meetings_of(found) if keeps else [],
            "is_past": found.starts_at <= now,
            "trail": _in_trail(),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


def _clocks(found: MatchingEvent) -> list[tuple[str, str]]:
    """The beginning on the clock of each zone from which people come, and of the host."""
    zones = {found.host.time_zone, *(one.institution.time_zone for one in queries.registrations_of(found))}
    rows = []
    for zone in sorted(zones):
        with timezone.override(zone):
            rows.append((zone.split("/")[-1].replace("_", " "), written_moment(found.starts_at)))
    return rows


def _talks(request: HttpRequest, found: MatchingEvent) -> list[dict[str, object]]:
    person, now = person_of(request), timezone.now()
    assert person is not None  # noqa: S101 -- only who is registered has talks
    return [
        {
            "meeting": meeting,
            "other": meeting.second if meeting.first.person_id == person.pk else meeting.first,
            "starts_at": found.round_starts_at(meeting.round),
            "form": OutcomeForm(initial={"outcome": meeting.outcome}, auto_id=f"talk-{meeting.pk}-%s")
            if rules.may_note(person, meeting, at=now)
            else None,
        }
        for meeting in queries.meetings_of(found, person)
    ]


@login_required
@require_POST
def leave(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.events(), public_id=public_id)
    operations.leave(event_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("You are no longer registered."))
    return redirect(found)


@login_required
@require_POST
def plan(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.events(), public_id=public_id)
    try:
        made = operations.plan(event_id=found.pk, by=request.user, at=timezone.now())
    except Fault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("Talks planned: %(count)s. Everybody who comes is told.") % {"count": len(made)}
        )
    return redirect(found)


@login_required
@require_POST
def note(request: SignedIn, public_id: UUID, meeting_id: int) -> HttpResponse:
    found = get_object_or_404(queries.events(), public_id=public_id)
    meeting = get_object_or_404(queries.meetings_of(found, request.user), pk=meeting_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        operations.note(
            meeting_id=meeting.pk,
            outcome=Outcome(form.cleaned_data["outcome"]),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Noted."))
    return redirect(found)
