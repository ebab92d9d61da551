"""Posters and squares for phones, for one group or everybody, in one language or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from biosint.shared.languages import OWN_NAMES
from biosint.shared.requests import SignedIn, login_required
from biosint.situation import posters
from biosint.situation.letters import answer_url, short_url
from biosint.situation.web.campaign_forms import languages_of
from biosint.situation.web.campaigns import campaign_for, trail_to
from biosint.situation.web.slips import places_of
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def _wanted(request: SignedIn, campaign: Campaign) -> dict[str, Any]:
    """Read whom and which languages a poster is for; what does not exist is answered with 404."""
    offered = languages_of(campaign)
    languages = request.GET.getlist("lang")
    if not set(languages) <= set(offered):
        raise Http404
    place = request.GET.get("for", "")
    names = {key: name for key, name, *_rest in places_of(campaign)}
    if place and place not in names:
        raise Http404
    at, _mark, group = place.partition("/")
    return {"languages": languages, "at": at, "group": group, "whom": names.get(place, "")}


@login_required
def index(request: SignedIn, campaign_id: int) -> HttpResponse:
    """Choose whom a poster is for and its languages; see the square and the link."""
    campaign = campaign_for(request, campaign_id)
    wanted = _wanted(request, campaign)
    languages = wanted["languages"]
    link = answer_url(
        campaign,
        language=languages[0] if len(languages) == 1 else "",
        at=wanted["at"],
        group=wanted["group"],
    )
    return render(
        request,
        "situation/posters.html",
        {
            "campaign": campaign,
            "places": [(key, name) for key, name, *_rest in places_of(campaign)],
            "place": request.GET.get("for", ""),
            "languages": [(code, OWN_NAMES[code], code in languages) for code in languages_of(campaign)],
            "address": request.GET.urlencode(),
            "link": link,
            "short_link": short_url(campaign),
            "by_ticket": campaign.answer_set.entry == surveys.Entry.TICKETS,
            "trail": trail_to(campaign),
        },
    )


@login_required
def poster(request: SignedIn, campaign_id: int) -> HttpResponse:
    """The poster as A4 PDF."""
    campaign = campaign_for(request, campaign_id)
    wanted = _wanted(request, campaign)
    wanted["languages"] = wanted["languages"] or languages_of(campaign)
    response = HttpResponse(posters.poster(campaign, **wanted), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="poster-{campaign.answer_set.token}.pdf"'
    return response


@login_required
def square(request: SignedIn, campaign_id: int, kind: str) -> HttpResponse:
    """The link as a square for phones, to put into slides and papers."""
    campaign = campaign_for(request, campaign_id)
    if kind not in KINDS:
        raise Http404
    wanted = _wanted(request, campaign)
    languages = wanted["languages"]
    link = answer_url(
        campaign,
        language=languages[0] if len(languages) == 1 else "",
        at=wanted["at"],
        group=wanted["group"],
    )
    return HttpResponse(posters.square(link, kind=kind), content_type=KINDS[kind])
