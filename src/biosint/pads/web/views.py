"""A text that several people write at once: its page, the exchange of changes, its versions."""

from __future__ import annotations

import base64
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biosint.pads import operations, queries
from biosint.pads.models import Pad
from biosint.pads.rules import Access, access_to
from biosint.pads.web import here, readers
from biosint.pads.web.forms import NotReadable, TextForm, asked_in
from biosint.pads.wire import Unfit
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from uuid import UUID

VERSIONS_PER_PAGE = 30


def _opened(request: SignedIn, public_id: UUID) -> tuple[Pad, Access]:
    found = get_object_or_404(Pad, public_id=public_id)
    access = access_to(found, request.user)
    # 404, not 403: strangers do not learn which texts exist.
    if not access.may_read:
        raise Http404
    return found, access


def updates(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Take what an open page wrote, and hand out what it lacks."""
    # A script cannot follow the way to the sign-in page.
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return _exchange(request, public_id)


@require_POST
@limited("pads.updates", times=150, per=timedelta(minutes=1))
@login_required
def _exchange(request: SignedIn, public_id: UUID) -> HttpResponse:
    found, access = _opened(request, public_id)
    try:
        asked = asked_in(request.body)
    except NotReadable:
        return HttpResponse(status=422)
    if asked.updates:
        require(access.may_write)
        try:
            exchanged = operations.exchange_updates(
                pad_id=found.pk, updates=asked.updates, seen=asked.seen, by=request.user, at=timezone.now()
            )
        except Unfit:
            return HttpResponse(status=422)
        except operations.PadFull:
            return HttpResponse(status=413)
        number, lacking = exchanged.number, exchanged.updates
    else:
        number, lacking = found.number, queries.updates_since(found, asked.seen)
    return JsonResponse(
        {
            "number": number,
            "updates": [base64.b64encode(content).decode() for content in lacking],
            "here": here.note_here(found, request.user, writes=asked.writing),
        },
        headers={"Cache-Control": "no-store"},
    )


@login_required
def pad(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Show the text alone; without script, take it as a whole."""
    found, access = _opened(request, public_id)
    form = TextForm(request.POST or None, pad=found)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_text(
                pad_id=found.pk,
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.PadFull as full:
            error = str(full)
        else:
            _tell(request, saved)
            return redirect(_back(request, access))
    elif request.method == "POST":
        error = _("This text is too long to be saved. Take something out first.")
    return render(
        request,
        "pads/pad.html",
        {
            "pad": found,
            "access": access,
            "trail": access.trail,
            "error": error,
            "typed": form.data.get("text") if error else None,
            "seen": form.cleaned_data.get("seen") if error else None,
        },
        status=422 if error else 200,
    )


def _back(request: SignedIn, access: Access) -> str:
    page = request.POST.get("page", "")
    return page if url_has_allowed_host_and_scheme(page, None) and page.startswith("/") else access.page


def _tell(request: SignedIn, saved: operations.Saved) -> None:
    if not saved.clashes:
        messages.success(request, _("Saved."))
        return
    lines = "; ".join(f"“{line.strip()[:80]}”" for line in saved.clashes[:5])
    messages.warning(
        request,
        _(
            "Saved. Somebody else changed the same lines while you wrote, so the text now holds both. "
            "Read these lines again: %(lines)s"
        )
        % {"lines": lines},
    )


@require_POST
@limited("pads.preview", times=60, per=timedelta(minutes=1))
@login_required
def preview(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Show what somebody is writing as it will be read; nothing is kept."""
    found, access = _opened(request, public_id)
    text = request.POST.get("text", "")[: found.limit]
    seen = key_in(request.POST.get("seen", ""))
    context = {"pad": found, "access": access, "trail": _trail(access), "typed": text, "seen": seen}
    return render(request, "pads/_preview.html" if request.htmx else "pads/preview.html", context)


@login_required
@require_safe
def versions(request: SignedIn, public_id: UUID) -> HttpResponse:
    found, access = _opened(request, public_id)
    every = queries.versions_of(found)
    page = Paginator(every, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    written = queries.written_in([found.pk])
    people = readers.people(
        {one.person for one in written} | {who for version in page for who in version.authors}
    )
    return render(
        request,
        "pads/versions.html",
        {
            "pad": found,
            "access": access,
            "trail": _trail(access),
            "page": page,
            "versions": readers.told(page, people),
            "days": readers.by_day(written, people),
            "passages": readers.marked(queries.passages_of(found)),
        },
    )


@login_required
@require_safe
def version(request: SignedIn, public_id: UUID, number: int) -> HttpResponse:
    found, access = _opened(request, public_id)
    if not found.changes.filter(number=number).exists():
        raise Http404
    return render(
        request,
        "pads/version.html",
        {
            "pad": found,
            "access": access,
            "trail": [*_trail(access), (_("Versions"), reverse("pads:versions", args=[found.public_id]))],
            "number": number,
            "made_at": found.changes.get(number=number).made_at,
            "is_newest": number == found.number,
            "passages": readers.marked(queries.passages_at(found, number)),
        },
    )


def _trail(access: Access) -> list[tuple[object, str]]:
    return [*access.trail, (access.title, access.page)]


@login_required
@require_POST
def restore(request: SignedIn, public_id: UUID, number: int) -> HttpResponse:
    found, access = _opened(request, public_id)
    # Pressed twice, it is one change.
    key = uuid.uuid5(found.public_id, f"{number}-{found.number}")
    operations.restore(pad_id=found.pk, number=number, key=key, by=request.user, at=timezone.now())
    messages.success(
        request, _("The text is again what it was then. What was written since stays in the versions.")
    )
    return redirect(access.page)
