"""The public page of a questionnaire: no account, no cookie needed, one page, works without script."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from biosint.surveys import operations, pairing
from biosint.surveys.answering import given_back, read_answers
from biosint.surveys.models import AnswerSet
from biosint.surveys.orders import number_of_orders, order_of
from biosint.surveys.states import AFTERWARDS, GROUP, INSTITUTION, Pairing, Phase
from biosint.surveys.web.drawing import blank_of, definition_of, draw_questions, problems_of
from biosint.surveys.web.entering import TICKET, Entrance, entrance_of
from biosint.surveys.web.limits import within_limit
from biosint.surveys.web.speaking import choices, offered_languages, speak

SALT = "surveys.form"


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that was handed out: its key and when."""

    key: uuid.UUID
    begun_at: datetime


def _hand_out(answer_set: AnswerSet, at: datetime, *, key: uuid.UUID | None = None) -> str:
    return signing.dumps(
        {"key": (key or uuid.uuid4()).hex, "set": answer_set.pk, "begun": int(at.timestamp())}, salt=SALT
    )


def _opened(sealed: str, answer_set: AnswerSet) -> Opened | None:
    """Read the seal of a form; None when it is missing, forged or of another questionnaire."""
    try:
        found = signing.loads(sealed, salt=SALT)
        if found["set"] != answer_set.pk:
            return None
        return Opened(uuid.UUID(found["key"]), datetime.fromtimestamp(found["begun"], tz=UTC))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def _page(
    request: HttpRequest, answer_set: AnswerSet, entrance: Entrance, *, status: int = 200, **more: Any
) -> HttpResponse:
    language = translation.get_language() or "en"
    key = uuid.uuid4()
    blank = blank_of(answer_set, language=language, key=key)
    context = {
        "answer_set": answer_set,
        "entrance": entrance,
        "kept": _kept_address(request),
        "pairing": _pairing_fields(answer_set, request),
        "sealed": _hand_out(answer_set, timezone.now(), key=key),
        "languages": choices(offered_languages(answer_set), language),
        "language": language,
        # Told back after a mistake, so that correcting it does not count as another person.
        "filling": request.POST.get("filling", "")[:64],
        "faults": {},
        "ended": answer_set.phase_at(timezone.now()) == Phase.CLOSED,
        "blank": blank,
        "questions": blank.questions,
        **more,
    }
    response = render(request, "surveys/answer.html", context, status=status)
    response.headers["Content-Language"] = language
    return response


def _kept_address(request: HttpRequest) -> str:
    """What the links to other languages carry along."""
    words = {name: request.GET[name] for name in ("at", GROUP, TICKET) if request.GET.get(name)}
    return f"&{urlencode(words)}" if words else ""


def _pairing_fields(answer_set: AnswerSet, request: HttpRequest) -> list[tuple[pairing.Part, str]]:
    if answer_set.pairing == Pairing.OFF:
        return []
    return [(part, request.POST.get(part.name, "")) for part in pairing.PARTS]


def _refuse(request: HttpRequest, answer_set: AnswerSet | None, phase: str, *, status: int) -> HttpResponse:
    return render(request, "surveys/not_open.html", {"answer_set": answer_set, "phase": phase}, status=status)


def _not_open(request: HttpRequest, answer_set: AnswerSet | None, at: datetime) -> HttpResponse:
    phase = answer_set.phase_at(at) if answer_set else None
    status = {None: 404, Phase.PLANNED: 403}.get(phase, 410)
    return _refuse(request, answer_set, phase.value if phase else "unknown", status=status)


def _ask_for_ticket(request: HttpRequest, answer_set: AnswerSet, entrance: Entrance) -> HttpResponse:
    """Ask for the code on a ticket; nobody is told more of one that we do not know."""
    return render(
        request,
        "surveys/ticket.html",
        {"answer_set": answer_set, "code": entrance.code, "language": translation.get_language()},
        status=404 if entrance.code else 200,
    )


# Nobody is signed in here, so a forged request could do no more than anyone may do anyway; without the
# check the page needs no cookie and a draft may be sent days later. The form's own seal counts it once.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show a questionnaire, or take what was sent."""
    at = timezone.now()
    answer_set = AnswerSet.objects.filter(token=token, is_complete=True).first()
    speak(request, offered_languages(answer_set) if answer_set else ())
    if answer_set is None:
        return _not_open(request, None, at)
    if request.method == "POST":
        return _take(request, answer_set, at)
    if answer_set.phase_at(at) != Phase.OPEN:
        return _not_open(request, answer_set, at)
    return _open(request, answer_set, entrance_of(request, answer_set))


def _open(request: HttpRequest, answer_set: AnswerSet, entrance: Entrance) -> HttpResponse:
    if entrance.asks_for_ticket:
        return _ask_for_ticket(request, answer_set, entrance)
    if entrance.ticket is not None and entrance.ticket.spent:
        return _refuse(request, answer_set, "spent", status=410)
    if entrance.is_full:
        return _refuse(request, answer_set, "full", status=410)
    return _page(request, answer_set, entrance)


def _take(request: HttpRequest, answer_set: AnswerSet, at: datetime) -> HttpResponse:
    opened = _opened(request.POST.get("key", ""), answer_set)
    begun_at = opened.begun_at if opened else at
    if not operations.takes_answer(answer_set, begun_at=begun_at, at=at):
        return _not_open(request, answer_set, at)
    entrance = entrance_of(request, answer_set)
    if entrance.asks_for_ticket:
        return _ask_for_ticket(request, answer_set, entrance)
    definition = definition_of(answer_set)
    found = read_answers(definition, request.POST)
    faults = dict(found.faults)
    if entrance.chosen is None and entrance.ways:
        faults[INSTITUTION] = _("Please choose where you belong.")
    code = pairing.Code("", {})
    if answer_set.pairing != Pairing.OFF:
        code = pairing.read_code(request.POST, required=answer_set.pairing == Pairing.REQUIRED)
        faults.update(code.faults)
    general = ""
    status = 422
    if not within_limit(request, purpose=f"answer-{answer_set.pk}"):
        general = _(
            "Very many answers came from your network. Yours are still here: send them again in ten minutes."
        )
        status = 429
    elif opened is None:
        general = _(
            "This page was open for very long or is incomplete. Your answers are still here: please send them again."
        )
    if not faults and not general:
        assert opened is not None  # noqa: S101 -- said above
        try:
            _keep(request, answer_set, entrance, found.answers, code=code.text, opened=opened, at=at)
        except operations.TicketSpent:
            return _refuse(request, answer_set, "spent", status=410)
        except operations.GroupFull as fault:
            if entrance.is_fixed:
                return _refuse(request, answer_set, "full", status=410)
            faults[INSTITUTION] = str(fault)
        else:
            return _thank(answer_set)
    key = opened.key if opened else uuid.uuid4()
    return _page(
        request,
        answer_set,
        entrance,
        status=status,
        faults=faults,
        problems=problems_of(definition, faults),
        general=general,
        sealed=request.POST["key"] if opened else _hand_out(answer_set, at, key=key),
        questions=draw_questions(
            definition,
            order=order_of(key, number_of_orders(definition)),
            given=given_back(definition, request.POST),
            faults=faults,
        ),
    )


def _keep(
    request: HttpRequest,
    answer_set: AnswerSet,
    entrance: Entrance,
    answers: dict[str, Any],
    *,
    code: str,
    opened: Opened,
    at: datetime,
) -> None:
    chosen = entrance.chosen
    within = answer_set.pairs_within
    filling = request.POST.get("filling", "")[:64]
    # Sent twice (pressed twice, or the line broke after the first): the thanks are due all the same.
    with contextlib.suppress(operations.AlreadyCounted):
        operations.take_answer(
            answer_set=answer_set,
            institution=chosen.institution if chosen else None,
            group=chosen.group if chosen else None,
            ticket=entrance.ticket,
            pairing=pairing.fingerprint(code, consortium=within.public_id) if code and within else "",
            language=translation.get_language() or "en",
            answers=answers,
            # Without a line one opened page serves several people in turn; the device tells them apart.
            key=uuid.uuid5(opened.key, filling) if filling else opened.key,
            begun_at=opened.begun_at,
            at=at,
        )


def _thank(answer_set: AnswerSet) -> HttpResponse:
    response = redirect(
        reverse("surveys:thanks", args=[answer_set.token]) + f"?lang={translation.get_language()}"
    )
    response.status_code = 303
    return response


@require_GET
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the answers arrived."""
    answer_set = AnswerSet.objects.filter(token=token).first()
    speak(request, offered_languages(answer_set) if answer_set else ())
    if answer_set is None:
        return _not_open(request, None, timezone.now())
    # Only whoever came from a page of the platform, signed in, has a session to remember it.
    onwards = request.session.get(AFTERWARDS, {}).get(token, "") if request.COOKIES else ""
    return render(request, "surveys/thanks.html", {"answer_set": answer_set, "onwards": onwards})
