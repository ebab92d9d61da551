"""Courses done elsewhere: the learner brings a file, looks at what is in it, and asks; the institution decides."""

from __future__ import annotations

import base64
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.recognition import elmo_reading
from biosint.recognition.operations import brought as operations
from biosint.recognition.queries import brought as queries
from biosint.recognition.rules import brought as rules
from biosint.recognition.states import RequestState
from biosint.recognition.web import trails
from biosint.recognition.web.forms import BroughtForm, ElmoForm
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from django.http import HttpRequest

SALT = "biosint.recognition.brought"
# Between looking and asking the file travels in the form, signed: nothing is kept of one that is not sent.
MOST_CARRIED = 400_000


@limited("recognition.bring", times=30, per=timedelta(minutes=10))
def bring(request: HttpRequest) -> HttpResponseBase:
    return _bring(request)


@login_required
def _bring(request: SignedIn) -> HttpResponse:
    if "carried" in request.POST:
        return _ask(request)
    form = ElmoForm(request.POST or None, request.FILES or None, person=request.user)
    reports: list[elmo_reading.Report] = []
    carried = ""
    if request.method == "POST" and form.is_valid():
        raw = form.cleaned_data["file"].read()
        try:
            reports = elmo_reading.read(raw, language=(request.user.language or "en").split("-")[0])
            carried = _carry(raw)
        except elmo_reading.NotElmo:
            form.add_error(
                "file",
                _(
                    "This is no ELMO file that can be read here. Ask the other institution for one, or for the paper."
                ),
            )
    return render(
        request,
        "recognition/bring.html",
        {
            "form": form,
            "reports": reports,
            "carried": carried,
            "institution": form.cleaned_data.get("institution") if reports else None,
            "trail": trails.in_records(),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _carry(raw: bytes) -> str:
    packed = zlib.compress(raw, 9)
    if len(packed) > MOST_CARRIED:
        raise elmo_reading.NotElmo("too large to carry")
    return signing.dumps(base64.b85encode(packed).decode(), salt=SALT)


def _ask(request: SignedIn) -> HttpResponse:
    try:
        packed = signing.loads(request.POST["carried"], salt=SALT, max_age=86_400)
        made = operations.bring(
            # What was signed here was no larger than the reader takes.
            content=zlib.decompress(base64.b85decode(packed)),
            chosen={key_in(word) for word in request.POST.getlist("chosen")},
            institution_id=key_in(request.POST.get("institution", "")),
            by=request.user,
            at=timezone.now(),
        )
    except signing.BadSignature:
        messages.error(request, _("The file has to be chosen again."))
        return redirect("recognition:bring")
    except Fault as fault:
        messages.error(request, str(fault))
        return redirect("recognition:bring")
    messages.success(
        request, _("Your institution is asked to recognise %(count)s courses.") % {"count": len(made)}
    )
    return redirect("recognition:mine")


@login_required
def decide(request: SignedIn, public_id: UUID) -> HttpResponse:
    record = get_object_or_404(queries.brought_to(request.user), public_id=public_id)
    form = BroughtForm(request.POST or None, initial={"ects": record.ects, "local_name": record.title})
    verdict = rules.may_decide(request.user, record)
    if form.is_valid():
        operations.decide(
            record_id=record.pk,
            state=RequestState(form.cleaned_data["state"]),
            local_name=form.cleaned_data["local_name"],
            ects=form.cleaned_data["ects"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The decision is recorded; the learner sees it."))
        return redirect("recognition:decisions")
    return render(
        request,
        "recognition/decide_brought.html",
        {"record": record, "form": form, "verdict": verdict, "trail": trails.in_recognition()},
        status=422 if form.is_bound else 200,
    )
