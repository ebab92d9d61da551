"""The library of instruments: to look at, and to take one into a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.shared.requests import SignedIn, login_required
from biosint.surveys import operations, queries
from biosint.surveys.definitions import DefinitionFault
from biosint.surveys.library import Entry, read_entry
from biosint.surveys.models import KeptInstrument
from biosint.surveys.operations import OnlyWords
from biosint.surveys.web.drafts import draft_for
from biosint.surveys.web.drawing import draw_scale


def _latest(request: SignedIn) -> list[KeptInstrument]:
    """The latest version of each instrument that the person's institutions keep."""
    found: dict[tuple[int, str], KeptInstrument] = {}
    for kept in queries.kept_instruments_for(request.user):
        found.setdefault((kept.institution_id, kept.code), kept)
    return list(found.values())


@login_required
def index(request: SignedIn) -> HttpResponse:
    """Every instrument; with ``?draft=`` the draft into which one is to be taken."""
    wanted = request.GET.get("draft", "")
    draft = draft_for(request, int(wanted)) if wanted.isdecimal() else None
    return render(
        request,
        "surveys/library.html",
        {
            "draft": draft,
            "with_draft": f"?draft={draft.pk}" if draft else "",
            "supplied": list(queries.supplied_instruments().values()),
            "kept": [(kept, read_entry(kept.content)) for kept in _latest(request)],
            "published": queries.published_instruments(),
        },
    )


def _show(
    request: SignedIn, entry: Entry, *, kept: KeptInstrument | None, versions: list[KeptInstrument]
) -> HttpResponse:
    wanted = request.GET.get("draft", "")
    return render(
        request,
        "surveys/instrument.html",
        {
            "entry": entry,
            "kept": kept,
            "versions": versions,
            "draft": draft_for(request, int(wanted)) if wanted.isdecimal() else None,
            "places": {item.code: number for number, item in enumerate(entry.question.items, 1)},
            "question": draw_scale(entry.question),
        },
    )


@login_required
def supplied(request: SignedIn, code: str) -> HttpResponse:
    """One instrument that comes with the platform."""
    entry = queries.supplied_instruments().get(code)
    if entry is None:
        raise Http404
    return _show(request, entry, kept=None, versions=[])


@login_required
def kept(request: SignedIn, instrument_id: int) -> HttpResponse:
    """One version of an institution's own instrument, and its other versions."""
    seen = queries.kept_instruments_for(request.user)
    found = get_object_or_404(seen, pk=instrument_id)
    versions = list(seen.filter(institution=found.institution_id, code=found.code))
    return _show(request, read_entry(found.content), kept=found, versions=versions)


@login_required
@require_POST
def take(request: SignedIn, version_id: int) -> HttpResponse:
    """Take an instrument into a draft: ``supplied=code`` or ``kept=key``."""
    version = draft_for(request, version_id)
    key = request.POST.get("kept", "")
    if key.isdecimal():
        entry = read_entry(get_object_or_404(queries.kept_instruments_for(request.user), pk=int(key)).content)
    else:
        found = queries.supplied_instruments().get(request.POST.get("supplied", ""))
        if found is None:
            raise Http404
        entry = found
    try:
        operations.insert_instrument(version_id=version.pk, entry=entry, by=request.user, at=timezone.now())
    except (DefinitionFault, OnlyWords) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("The instrument stands at the end of the questionnaire, with its scores.")
        )
    return redirect("surveys:edit", version.pk)
