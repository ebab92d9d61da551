"""Voting: the wall that the leader shows, and the page on every participant's phone."""

from __future__ import annotations

import io
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from biosint.shared.languages import page_tag
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.situation.models import Vote, Workshop
from biosint.situation.operations import votes as operations
from biosint.situation.queries import workshops as queries
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Side, StatementState
from biosint.situation.web.workshop_forms import VoteForm
from biosint.situation.web.workshops import trail, workshop_for

SEAT = "biosint_seat"
SEAT_SECONDS = 24 * 3600
# A lecture hall votes through one address: the limit stops machines, not halls.
SENDINGS, WINDOW = 1200, timedelta(minutes=10)


def join_address(workshop: Workshop) -> str:
    return str(settings.SITE_URL) + reverse("situation:join", args=[workshop.token])


def _board(workshop: Workshop) -> dict[str, Any]:
    """What the wall shows of the newest vote."""
    vote = queries.newest_vote(workshop)
    statements = queries.statements_of(workshop)
    shown = vote is not None and vote.shows_results
    counted = queries.tally(vote, statements) if shown else None
    return {
        "workshop": workshop,
        "vote": vote,
        "tally": counted,
        "sides": [(side, counted.sides[side]) for side in Side] if counted else [],
        "ballots": counted.ballots if counted else queries.ballots_in(vote) if vote else 0,
        "stamp": queries.live_stamp(workshop),
        "kept": sum(one.state == StatementState.KEPT for one in statements),
        "tag": page_tag(workshop.language),
    }


@login_required
@require_GET
@never_cache
def wall(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The code to join, the running vote, and its results as they come."""
    workshop = workshop_for(request, public_id)
    board = _board(workshop)
    vote = board["vote"]
    running = vote is not None and vote.is_open
    return render(
        request,
        "situation/vote.html",
        {
            **board,
            "link": join_address(workshop),
            "form": VoteForm(),
            "may_open": rules.may_open_vote(
                request.user, workshop, statements=board["kept"], is_running=running
            ),
            "may_lead": rules.may_lead(request.user, workshop),
            "trail": trail(workshop),
        },
    )


@login_required
@require_GET
@never_cache
def board(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The part of the wall that changes; nothing (204) where nothing has changed since it was seen."""
    workshop = workshop_for(request, public_id)
    if request.GET.get("seen") == queries.live_stamp(workshop):
        return HttpResponse(status=204)
    return render(request, "situation/_board.html", _board(workshop))


@login_required
@require_POST
def open_vote(request: SignedIn, public_id: UUID) -> HttpResponse:
    workshop = workshop_for(request, public_id)
    form = VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("situation:wall", workshop.public_id)
    operations.open_vote(workshop_id=workshop.pk, **form.cleaned_data, by=request.user, at=timezone.now())
    queries.forget_live(workshop)
    return redirect("situation:wall", workshop.public_id)


@login_required
@require_POST
def close_vote(request: SignedIn, public_id: UUID, vote_id: int) -> HttpResponse:
    workshop = workshop_for(request, public_id)
    vote = get_object_or_404(Vote, pk=vote_id, workshop=workshop)
    operations.close_vote(vote_id=vote.pk, by=request.user, at=timezone.now())
    queries.forget_live(workshop)
    return redirect("situation:wall", workshop.public_id)


@login_required
@require_GET
def qr(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The link to join as a square for the wall."""
    import segno

    workshop = workshop_for(request, public_id)
    drawn = io.BytesIO()
    made = segno.make(join_address(workshop), error="m")
    made.save(drawn, kind="svg", scale=8, border=4, xmldecl=False, light="white")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _joined(token: str) -> Workshop:
    workshop = queries.workshop_of(token)
    if workshop is None:
        raise Http404
    return workshop


@require_http_methods(["GET", "POST"])
@limited("workshop-code", times=SENDINGS, per=WINDOW)
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Type the code from the wall, for a phone without a camera."""
    word = request.POST.get("code", "").strip().lower()
    if request.method == "POST" and queries.workshop_of(word) is not None:
        return redirect("situation:join", word)
    wrong = request.method == "POST"
    return render(
        request, "situation/join_code.html", {"wrong": wrong, "word": word}, status=422 if wrong else 200
    )


@require_http_methods(["GET", "POST"])
@limited("workshop-vote", times=SENDINGS, per=WINDOW)
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a participant: no account, one set of dots for each device and vote."""
    workshop = _joined(token)
    vote = queries.newest_vote(workshop)
    seat = request.COOKIES.get(SEAT, "")
    if request.method == "POST" and vote is not None:
        return _cast(request, workshop, vote, seat)
    given: dict[str, int] = {}
    if seat and vote is not None and vote.is_open:
        ballot = vote.ballots.filter(device=operations.fingerprint(seat, vote.pk)).first()
        given = ballot.dots if ballot else {}
    response = _participant(request, workshop, vote, given=given)
    if not seat:
        _give_seat(response)
    return response


def _give_seat(response: HttpResponse) -> None:
    """Let the device be known again for a day: a random word, tied to nobody."""
    response.set_cookie(
        SEAT,
        secrets.token_urlsafe(24),
        max_age=SEAT_SECONDS,
        path=reverse("situation:join_code"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _participant(
    request: HttpRequest,
    workshop: Workshop,
    vote: Vote | None,
    *,
    given: dict[str, int],
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    statements = queries.statements_of(workshop)
    is_open = vote is not None and vote.is_open
    shows = vote is not None and vote.shows_results and not is_open
    counted = queries.tally(vote, statements) if shows else None
    return render(
        request,
        "situation/join.html",
        {
            "workshop": workshop,
            "tag": page_tag(workshop.language),
            "vote": vote,
            "choices": [
                (
                    side,
                    [
                        (one, given.get(str(one.pk), 0))
                        for one in statements
                        if one.side == side and one.state == StatementState.KEPT
                    ],
                )
                for side in Side
            ]
            if is_open
            else [],
            "tally": counted,
            "sides": [(side, counted.sides[side]) for side in Side] if counted else [],
            "has_given": bool(given) and not fault,
            "sent": request.GET.get("sent") == "yes" and is_open,
            "fault": fault,
            "stamp": queries.phase_of(queries.live_stamp(workshop)),
        },
        status=status,
    )


def _dots_in(request: HttpRequest) -> dict[int, int]:
    """Read the dots of a sent form: fields “s12” with a number; anything else is no dot."""
    found = {}
    for name, word in request.POST.items():
        key = key_in(name[1:]) if name.startswith("s") else 0
        if key and isinstance(word, str):
            found[key] = key_in(word.strip())
    return {key: count for key, count in found.items() if count}


def _cast(request: HttpRequest, workshop: Workshop, vote: Vote, seat: str) -> HttpResponse:
    dots = _dots_in(request)
    given = {str(key): count for key, count in dots.items()}
    if not seat:
        fault = _(
            "Your phone did not keep the small word by which it is counted once. Allow cookies, and send again."
        )
        response = _participant(request, workshop, vote, given=given, fault=fault, status=422)
        _give_seat(response)
        return response
    try:
        operations.cast(vote_id=vote.pk, seat=seat, dots=dots)
    except operations.VoteOver as over:
        return _participant(request, workshop, vote, given={}, fault=str(over), status=410)
    except operations.TooManyDots as many:
        return _participant(request, workshop, vote, given=given, fault=str(many), status=422)
    return redirect(reverse("situation:join", args=[workshop.token]) + "?sent=yes")


@require_GET
@never_cache
def look(request: HttpRequest, token: str) -> HttpResponse:
    """Asked by phones every few seconds: nothing (204) until a vote is opened or closed, then look anew."""
    workshop = _joined(token)
    if request.GET.get("seen") == queries.phase_of(queries.live_stamp(workshop)):
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("situation:join", args=[workshop.token])})
