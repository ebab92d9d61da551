"""What tools ask of this site, server to server: who is there (NRPS 2.0) and results (AGS 2.0)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biosint.lti import claims, keys, queries
from biosint.lti.homes import Role, home_of
from biosint.lti.models import Acquaintance, Link, Result, Tool
from biosint.lti.operations import SaidBefore, read_of_tool, signed, signing_key, spend, take_result
from biosint.lti.web import addresses
from biosint.lti.web.launching import tool_named
from biosint.shared.verdicts import Fault, Refused

P = ParamSpec("P")
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SECONDS = 3600
PER_PAGE = 100
LARGEST_BODY = 64 * 1024
ITEM = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
ACTIVITY = frozenset({"Initialized", "Started", "InProgress", "Submitted", "Completed"})
GRADING = frozenset({"FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"})


@require_safe
def keyset(request: HttpRequest) -> JsonResponse:
    """Our public keys."""
    del request
    signing_key(at=timezone.now())
    response = JsonResponse(queries.public_keys())
    response["Cache-Control"] = "public, max-age=300"
    return response


def _wrong(error: str, why: str = "", *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": error, "error_description": why}, status=status)


@csrf_exempt
@never_cache
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """Give a tool that proves who it is a word with which it may ask for an hour."""
    if request.POST.get("grant_type") != "client_credentials":
        return _wrong("unsupported_grant_type")
    if request.POST.get("client_assertion_type") != ASSERTION:
        return _wrong("invalid_request", "client_assertion_type")
    assertion = request.POST.get("client_assertion", "")
    now = timezone.now()
    tool = tool_named(_claimed_issuer(assertion))
    if tool is None:
        return _wrong("invalid_client", "unknown client", status=401)
    own = addresses.absolute(reverse("lti:token"))
    try:
        said = read_of_tool(
            assertion,
            tool,
            at=now,
            iss=tool.client_id,
            sub=tool.client_id,
            aud=frozenset({own, addresses.issuer()}),
        )
        spend(assertion, tool, claims=said, at=now)
    except (keys.NotSigned, Fault) as wrong:
        return _wrong("invalid_client", str(wrong), status=401)
    scopes = [scope for scope in request.POST.get("scope", "").split() if scope in claims.SCOPES]
    if not scopes:
        return _wrong("invalid_scope")
    seconds = int(now.timestamp())
    word = signed(
        {
            "iss": addresses.issuer(),
            "aud": own,
            "sub": tool.client_id,
            "scope": " ".join(scopes),
            "iat": seconds,
            "exp": seconds + SECONDS,
        },
        at=now,
    )
    return JsonResponse(
        {"access_token": word, "token_type": "Bearer", "expires_in": SECONDS, "scope": " ".join(scopes)}
    )


def _claimed_issuer(assertion: str) -> str:
    """Return who a token says made it, before anything is believed."""
    try:
        payload = assertion.split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["iss"])
    except (IndexError, ValueError, KeyError, TypeError):
        return ""


def service(
    scope: str,
) -> Callable[[Callable[Concatenate[HttpRequest, Link, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Let in a tool whose word carries the scope, and only to links of its own."""

    def outer(view: Callable[Concatenate[HttpRequest, Link, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, public_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            kind, _space, word = request.headers.get("Authorization", "").partition(" ")
            now = timezone.now().timestamp()
            own = addresses.absolute(reverse("lti:token"))
            try:
                said = keys.read(
                    word if kind.lower() == "bearer" else "",
                    queries.public_keys(),
                    now=now,
                    leeway=0,
                    iss=addresses.issuer(),
                    aud=own,
                )
            except keys.NotSigned as wrong:
                response = _wrong("invalid_token", str(wrong), status=401)
                response["WWW-Authenticate"] = "Bearer"
                return response
            if scope not in str(said.get("scope", "")).split():
                return _wrong("insufficient_scope", scope, status=403)
            link = (
                Link.objects.select_related("tool", "created_by")
                .filter(public_id=public_id, tool__public_id=said["sub"], tool__is_active=True)
                .first()
            )
            if link is None:
                return _wrong("not_found", status=404)
            return view(request, link, *args, **kwargs)

        return inner

    return outer


def _page(request: HttpRequest) -> tuple[int, int]:
    """Return (number of the page, rows) that a tool asks for."""
    page, limit = request.GET.get("page", "1"), request.GET.get("limit", str(PER_PAGE))
    number = int(page) if page.isdecimal() and len(page) < 9 else 1
    rows = int(limit) if limit.isdecimal() and len(limit) < 9 else PER_PAGE
    return max(1, number), max(1, min(rows, PER_PAGE))


def _subs(tool: Tool, people: list[int]) -> dict[int, str]:
    known = Acquaintance.objects.filter(tool=tool, person__in=people, agreed_at__isnull=False)
    return {one.person_id: str(one.sub) for one in known}


@service(claims.SCOPE_MEMBERS)
@require_safe
def members(request: HttpRequest, link: Link) -> HttpResponse:
    """Who is there and has agreed to be known to the tool; nobody else."""
    number, rows = _page(request)
    asked = request.GET.get("role", "")
    role = next((one for one in Role if asked and (asked == one or str(one).endswith(f"#{asked}"))), None)
    home = home_of(link)
    found = list(home.members_of(link, role=role, offset=(number - 1) * rows, limit=rows + 1))
    shown = found[:rows]
    known = {
        one.person_id: one
        for one in Acquaintance.objects.select_related("tool", "person").filter(
            tool=link.tool, person__in=[member.person.pk for member in shown], agreed_at__isnull=False
        )
    }
    context = home.context_of(link)
    address = addresses.absolute(request.path)
    response = JsonResponse(
        {
            "id": address,
            "context": {"id": context.key, "title": context.title, "label": context.label},
            "members": [
                _member(known[member.person.pk], member.role) for member in shown if member.person.pk in known
            ],
        },
        content_type=MEMBERS,
    )
    if len(found) > rows:
        response["Link"] = f'<{address}?page={number + 1}&limit={rows}>; rel="next"'
    return response


def _member(known: Acquaintance, role: Role) -> dict[str, Any]:
    told = claims.identity(known)
    return {"status": "Active", "user_id": told.pop("sub"), "roles": [str(role)], **told}


def _item(link: Link) -> dict[str, Any]:
    return {
        "id": addresses.absolute(reverse("lti:item", args=[link.public_id])),
        "label": link.title,
        "scoreMaximum": 100,
        "resourceLinkId": str(link.public_id),
    }


@service(claims.SCOPE_ITEM)
@require_safe
def items(request: HttpRequest, link: Link) -> HttpResponse:
    asked = request.GET.get("resource_link_id")
    shown = [_item(link)] if link.takes_results and asked in (None, str(link.public_id)) else []
    return JsonResponse(shown, safe=False, content_type=ITEMS)


@service(claims.SCOPE_ITEM)
@require_safe
def item(request: HttpRequest, link: Link) -> HttpResponse:
    del request
    if not link.takes_results:
        return _wrong("not_found", status=404)
    return JsonResponse(_item(link), content_type=ITEM)


@service(claims.SCOPE_RESULT)
@require_safe
def results(request: HttpRequest, link: Link) -> HttpResponse:
    number, rows = _page(request)
    found = Result.objects.filter(link=link, given__isnull=False).order_by("pk")
    if asked := request.GET.get("user_id"):
        known = Acquaintance.objects.filter(tool=link.tool, sub=asked) if _is_uuid(asked) else None
        found = found.filter(person__in=known.values("person")) if known is not None else found.none()
    page = list(found[(number - 1) * rows : number * rows + 1])
    subs = _subs(link.tool, [one.person_id for one in page])
    address = addresses.absolute(request.path)
    response = JsonResponse(
        [
            {
                "id": f"{address}?user_id={subs[one.person_id]}",
                "scoreOf": _item(link)["id"],
                "userId": subs[one.person_id],
                "resultScore": float(one.given or 0),
                "resultMaximum": float(one.maximum or 1),
                "comment": one.comment,
            }
            for one in page[:rows]
            if one.person_id in subs
        ],
        safe=False,
        content_type=RESULTS,
    )
    if len(page) > rows:
        response["Link"] = f'<{address}?page={number + 1}&limit={rows}>; rel="next"'
    return response


def _is_uuid(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True


@service(claims.SCOPE_SCORE)
@require_http_methods(["POST"])
def scores(request: HttpRequest, link: Link) -> HttpResponse:
    """Take the result of one person."""
    if len(request.body) > LARGEST_BODY:
        return _wrong("too_large", status=413)
    try:
        said = json.loads(request.body)
        given, maximum = _points(said)
        said_at = _moment(said["timestamp"])
        activity, grading = (
            _one_of(ACTIVITY, said["activityProgress"]),
            _one_of(GRADING, said["gradingProgress"]),
        )
        comment = str(said.get("comment") or "")
        sub = str(said["userId"])
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as wrong:
        return _wrong("invalid_score", str(wrong))
    known = (
        Acquaintance.objects.select_related("person")
        .filter(tool=link.tool, sub=sub, agreed_at__isnull=False)
        .first()
        if _is_uuid(sub)
        else None
    )
    if known is None or home_of(link).role_of(known.person, link) != Role.LEARNER:
        return _wrong("unknown_user", status=404)
    try:
        take_result(
            link=link,
            person=known.person,
            given=given,
            maximum=maximum,
            activity_progress=activity,
            grading_progress=grading,
            comment=comment,
            said_at=said_at,
            at=timezone.now(),
        )
    except SaidBefore as older:
        return _wrong("older", str(older), status=409)
    except (Refused, Fault) as refused:
        return _wrong("refused", str(refused), status=403)
    return HttpResponse(status=204)


def _moment(word: str) -> datetime:
    moment = datetime.fromisoformat(word)
    if moment.tzinfo is None:
        raise ValueError("a timestamp needs its zone")
    return moment.astimezone(UTC)


def _one_of(known: frozenset[str], word: str) -> str:
    if word not in known:
        raise ValueError(f"{word} is none of {', '.join(sorted(known))}")
    return word


def _points(said: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    if said.get("scoreGiven") is None:
        return None, None
    given, maximum = Decimal(str(said["scoreGiven"])), Decimal(str(said["scoreMaximum"]))
    if not (given.is_finite() and maximum.is_finite() and 0 <= given <= 10**6 and 0 < maximum <= 10**6):
        raise ValueError("scoreGiven or scoreMaximum")
    return given.quantize(Decimal("0.0001")), maximum.quantize(Decimal("0.0001"))
