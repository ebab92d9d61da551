"""Files, tasks and meetings of a team."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biosint.exchange.models import Meeting, MeetingSlot, Team
from biosint.exchange.operations import meetings as meeting_operations
from biosint.exchange.operations import room as operations
from biosint.exchange.queries import room as queries
from biosint.exchange.rules import room as rules
from biosint.exchange.states import SlotVote
from biosint.exchange.web.room import address, framed, team_or_404
from biosint.exchange.web.room_forms import MeetingForm, RoomFileForm, TaskForm
from biosint.shared.dates import written_moment
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault


@login_required
def files(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    form = RoomFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = operations.add_file(
                team_id=team.pk,
                upload=form.cleaned_data["file"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as unfit:
            form.add_error("file", str(unfit))
        else:
            messages.success(
                request,
                _("“%(name)s”, version %(version)s, is in the room.")
                % {"name": added.name, "version": added.version},
            )
            return redirect(address(team, "room_files"))
    context = {**framed(request, team, "room_files"), "form": form, "files": queries.files_of(team)}
    return render(request, "exchange/room_files.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_file(request: SignedIn, slug: str, number: int, file_id: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    kept = get_object_or_404(team.files, pk=file_id)
    operations.remove_file(file_id=kept.pk, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s” is removed from the room.") % {"name": kept.name})
    return redirect(address(team, "room_files"))


@login_required
def tasks(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    form = TaskForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_task(
                team_id=team.pk,
                text=form.cleaned_data["text"],
                assignee=form.cleaned_data["assignee"],
                due_date=form.cleaned_data["due_date"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as full:
            form.add_error("text", str(full))
        else:
            return redirect(address(team, "room_tasks"))
    still, done = queries.tasks_of(team)
    context = {
        **framed(request, team, "room_tasks"),
        "form": form,
        "still": still,
        "done": done,
        "today": timezone.localdate(),
    }
    return render(request, "exchange/room_tasks.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def change_task(request: SignedIn, slug: str, number: int, task_id: int) -> HttpResponse:
    """Tick a task, open it again, or take it on oneself."""
    team = team_or_404(request, slug, number)
    task = get_object_or_404(team.tasks, pk=task_id)
    wish = request.POST.get("wish")
    if wish == "mine":
        try:
            operations.assign_task(task_id=task.pk, assignee=request.user, by=request.user, at=timezone.now())
        except operations.NotInTeam as stranger:
            messages.error(request, str(stranger))
    elif wish in {"done", "open"}:
        operations.tick_task(task_id=task.pk, done=wish == "done", by=request.user, at=timezone.now())
    return redirect(address(team, "room_tasks"))


def _clocks(team: Team, at: datetime) -> list[tuple[str, str]]:
    """Return a time on the other clocks of a team: (time, whose), where they differ from the reader's."""
    here = timezone.get_current_timezone_name()
    shown = timezone.localtime(at)
    return [
        (f"{local:%H:%M} ({zone.split('/')[-1].replace('_', ' ')})", ", ".join(names))
        for zone, names in queries.zones_of(team).items()
        if zone != here and (local := at.astimezone(ZoneInfo(zone))).utcoffset() != shown.utcoffset()
    ]


@login_required
def meetings(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    now = timezone.now()
    minutes = 60
    offered = [(one.starts_at, _offer(one)) for one in queries.proposals(team, minutes=minutes, after=now)]
    form = MeetingForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            meeting_operations.propose_meeting(
                team_id=team.pk,
                title=form.cleaned_data["title"],
                minutes=form.cleaned_data["minutes"],
                link=form.cleaned_data["link"],
                times=form.chosen(),
                key=form.cleaned_data["key"],
                by=request.user,
                at=now,
            )
        except Fault as nothing:
            form.add_error("times", str(nothing))
        else:
            return redirect(address(team, "room_meetings"))
    every = list(queries.meetings_of(team))
    for one in every:
        one.team = team
    context = {
        **framed(request, team, "room_meetings"),
        "form": form,
        "polls": [_poll(request, one) for one in every if one.closed_at is None],
        "ahead": sorted(
            (_dated(request, one) for one in every if one.starts_at and one.starts_at >= now),
            key=lambda row: row["meeting"].starts_at,
        ),
        "past": [_dated(request, one) for one in every if one.starts_at and one.starts_at < now],
        "zone": timezone.get_current_timezone_name(),
        "choices": SlotVote.choices,
    }
    return render(request, "exchange/room_meetings.html", context, status=422 if form.is_bound else 200)


def _offer(one: queries.Proposal) -> str:
    when = written_moment(one.starts_at)
    if one.free == one.of:
        return _("%(when)s: everybody is free") % {"when": when}
    return _("%(when)s: %(free)s of %(of)s are free") % {"when": when, "free": one.free, "of": one.of}


def _poll(request: SignedIn, meeting: Meeting) -> dict[str, Any]:
    slots = list(meeting.slots.all())
    rows = [_slot(request, meeting, slot) for slot in slots]
    best = max((row["score"] for row in rows), default=None)
    return {
        "meeting": meeting,
        "slots": [{**row, "is_best": row["score"] == best} for row in rows],
        "may_vote": rules.may_vote(request.user, meeting),
    }


def _slot(request: SignedIn, meeting: Meeting, slot: MeetingSlot) -> dict[str, Any]:
    votes = list(slot.votes.all())
    named = {
        choice: [str(one.person) for one in votes if one.vote == choice]
        for choice, _label in SlotVote.choices
    }
    return {
        "slot": slot,
        "clocks": _clocks(meeting.team, slot.starts_at),
        "mine": next((one.vote for one in votes if one.person_id == request.user.pk), ""),
        "yes": named["yes"],
        "maybe": named["maybe"],
        "no": named["no"],
        # Fewest who cannot come, then most who gladly come.
        "score": (-len(named["no"]), len(named["yes"])),
    }


def _dated(request: SignedIn, meeting: Meeting) -> dict[str, Any]:
    there = [one.person for one in meeting.presences.all()]
    return {
        "meeting": meeting,
        "clocks": _clocks(meeting.team, meeting.starts_at) if meeting.starts_at else [],
        "there": there,
        "was_there": any(one.pk == request.user.pk for one in there),
        "may_be_present": rules.may_be_present(request.user, meeting),
    }


def _meeting(request: SignedIn, slug: str, number: int, public_id: UUID) -> tuple[Team, Meeting]:
    team = team_or_404(request, slug, number)
    return team, get_object_or_404(team.meetings, public_id=public_id)


@login_required
@require_POST
def vote(request: SignedIn, slug: str, number: int, public_id: UUID) -> HttpResponse:
    team, meeting = _meeting(request, slug, number, public_id)
    given = {
        key_in(name.removeprefix("slot-")): SlotVote(word)
        for name, word in request.POST.items()
        if name.startswith("slot-") and isinstance(word, str) and word in SlotVote.values
    }
    meeting_operations.vote(
        meeting_id=meeting.pk,
        votes=dict(itertools.islice(given.items(), meeting_operations.MOST_SLOTS)),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Your answer is kept. You can change it until the time is chosen."))
    return redirect(address(team, "room_meetings"))


@login_required
@require_POST
def close(request: SignedIn, slug: str, number: int, public_id: UUID) -> HttpResponse:
    team, meeting = _meeting(request, slug, number, public_id)
    try:
        meeting_operations.close_meeting(
            meeting_id=meeting.pk,
            slot_id=key_in(request.POST.get("slot", "")),
            by=request.user,
            at=timezone.now(),
        )
    except meeting_operations.NoTimes as none:
        messages.error(request, str(none))
    else:
        messages.success(request, _("The time is chosen, and your team is told."))
    return redirect(address(team, "room_meetings"))


@login_required
@require_POST
def presence(request: SignedIn, slug: str, number: int, public_id: UUID) -> HttpResponse:
    team, meeting = _meeting(request, slug, number, public_id)
    meeting_operations.note_presence(
        meeting_id=meeting.pk,
        was_there=request.POST.get("was") == "there",
        by=request.user,
        at=timezone.now(),
    )
    return redirect(address(team, "room_meetings"))


@login_required
@require_safe
def calendar(request: SignedIn, slug: str, number: int, public_id: UUID) -> HttpResponse:
    """Hand out the meeting for the person's own calendar."""
    from icalendar import Calendar, Event

    team, meeting = _meeting(request, slug, number, public_id)
    if meeting.starts_at is None:
        raise Http404
    event = Event()
    event.add("uid", f"{meeting.public_id}@biosint")
    event.add("dtstamp", meeting.closed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", f"{meeting.title} ({team.course.title})")
    if meeting.link:
        event.add("url", meeting.link)
        event.add("location", meeting.link)
    whole = Calendar()
    whole.add("prodid", "-//BIOSINT//rooms//EN")
    whole.add("version", "2.0")
    whole.add_component(event)
    return HttpResponse(
        whole.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )
