"""The player's page and the two things it tells: that it opens, and what has been reached."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from biosint.packages import operations, queries, tickets
from biosint.packages.models import Attempt
from biosint.packages.policy import guard
from biosint.packages.states import Standard

# Suspend data of SCORM 2004 is 64,000 signs, states of large H5P contents about as much.
REPORT_BYTES = 400 * 1024
STATEMENTS_AT_ONCE = 200
STATEMENT_BYTES = 16 * 1024
DEEPEST = 30


@never_cache
@require_GET
def play(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The page in the frame. It changes nothing; its script opens the attempt."""
    given = _ticket(ticket)
    if given is None:
        with override(None):
            response = render(request, "packages/ended.html", status=HTTPStatus.FORBIDDEN)
        return guard(response, request)
    attempt = _attempt(given)
    version = attempt.version
    with override(given.language):
        response = render(
            request,
            "packages/player.html",
            {
                "version": version,
                "is_h5p": version.standard == Standard.H5P,
                "items": _contents(version.outline),
                "site": given.site,
                "language": given.language,
                "files": f"/files/{_mark(given)}/",
                "name": f"package-{version.pk}",
            },
        )
    return guard(response, request)


@never_cache
@require_POST
def open_player(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Count the player that opens and give it what was left."""
    given = _ticket(ticket)
    if given is None:
        return _ended()
    _own_origin_only(request)
    _attempt(given)
    attempt = operations.open_player(attempt_id=given.attempt_id)
    return JsonResponse(
        {
            "opening": attempt.opening,
            "learner": {"id": f"learner-{attempt.person_id}", "name": str(attempt.person)},
            "mode": "browse" if attempt.is_trial else "normal",
            "items": {item.item: {"state": item.state, "done": item.is_done} for item in attempt.items.all()},
            **_standing(attempt),
        }
    )


@never_cache
@require_POST
def report(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Keep one report. 409: a newer player was opened. 401: the ticket has ended; everything else is final."""
    given = _ticket(ticket)
    if given is None:
        return _ended()
    _own_origin_only(request)
    told = _told(request)
    if told is None:
        return JsonResponse({"fault": "unreadable"}, status=HTTPStatus.BAD_REQUEST)
    _attempt(given)
    try:
        recorded = operations.record(told, attempt_id=given.attempt_id, at=timezone.now())
    except operations.ReportUnknown:
        return JsonResponse({"fault": "unknown"}, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse(
        _standing(recorded.attempt),
        status=HTTPStatus.CONFLICT if recorded.is_superseded else HTTPStatus.OK,
    )


def _ticket(word: str) -> tickets.Ticket | None:
    try:
        return tickets.read_ticket(word)
    except tickets.TicketEnded:
        return None
    except tickets.NotOurs as fault:
        raise Http404 from fault


def _attempt(given: tickets.Ticket) -> Attempt:
    """Return the attempt, as long as it is still the one the ticket was made for."""
    attempt = queries.attempt_of(given.attempt_id)
    if attempt is None or (attempt.person_id, attempt.version_id) != (given.person_id, given.version_id):
        raise Http404
    return attempt


def _mark(given: tickets.Ticket) -> str:
    return tickets.shelf_mark(version_id=given.version_id, person_id=given.person_id, at=timezone.now())


def _ended() -> HttpResponseBase:
    return JsonResponse({"fault": "ended"}, status=HTTPStatus.UNAUTHORIZED)


def _own_origin_only(request: HttpRequest) -> None:
    # Browsers name the origin on every POST; the player's own is the only one that may tell results.
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        raise Http404


def _standing(attempt: Attempt) -> dict[str, Any]:
    return {
        "done": attempt.done_at is not None,
        "passed": attempt.passed,
        "points": None if attempt.points is None else float(attempt.points),
    }


def _contents(outline: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**item, "number": number} for number, item in enumerate(outline.get("items", []))]


def _told(request: HttpRequest) -> operations.Report | None:
    """Read a report; None where it is not one. Foreign scripts may send anything."""
    if int(request.headers.get("Content-Length") or 0) > REPORT_BYTES:
        return None
    try:
        told = json.loads(request.body, parse_constant=_no_such_number)
        statements = tuple(
            (UUID(str(one["id"])), one)
            for one in told.get("statements", [])[:STATEMENTS_AT_ONCE]
            if isinstance(one, dict) and len(json.dumps(one)) <= STATEMENT_BYTES
        )
        report = operations.Report(
            opening=_count(told["opening"]),
            sequence=_count(told["sequence"]),
            item=str(told["item"])[:200],
            state=told["state"],
            statements=statements,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(report.state, dict) or _holds_zero(told):
        return None
    return report


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def _count(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given < 2**31:
        raise ValueError("no count")
    return given


def _holds_zero(given: Any, depth: int = 0) -> bool:
    """Whether a zero byte, half a letter or a bottomless nesting hides in it: no database takes these."""
    if depth > DEEPEST:
        return True
    if isinstance(given, str):
        return "\x00" in given or any("\ud800" <= sign <= "\udfff" for sign in given)
    if isinstance(given, dict):
        return any(_holds_zero(name, depth + 1) or _holds_zero(one, depth + 1) for name, one in given.items())
    if isinstance(given, list):
        return any(_holds_zero(one, depth + 1) for one in given)
    return isinstance(given, float) and not math.isfinite(given)
