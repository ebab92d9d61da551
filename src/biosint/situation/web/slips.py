"""Tickets on paper, for classes without mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.shared.languages import OWN_NAMES
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.situation import posters
from biosint.situation.rules.invitations import may_invite
from biosint.situation.web.campaign_forms import languages_of
from biosint.situation.web.campaigns import campaign_for
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

MOST_ON_PAPER = 600

Place = tuple[str, str, int, int | None]


def places_of(campaign: Campaign) -> list[Place]:
    """Return whom tickets may be for: word in the form, name, key of the institution, key of the group."""
    groups: dict[int, list[surveys.AskedGroup]] = {}
    for group in surveys.groups_of(campaign.answer_set):
        groups.setdefault(group.asked_id, []).append(group)
    found: list[Place] = []
    for asked in campaign.answer_set.asked.select_related("institution"):
        place = asked.institution
        found += [
            (f"{place.slug}/{group.code}", f"{place.short_name}: {group}", place.pk, group.pk)
            for group in groups.get(asked.pk, [])
        ] or [(place.slug, place.short_name, place.pk, None)]
    return found


class SlipsForm(forms.Form):
    for_whom = forms.ChoiceField(label=gettext_lazy("For"))
    number = forms.IntegerField(
        label=gettext_lazy("How many tickets"), min_value=1, max_value=MOST_ON_PAPER, initial=30
    )
    speaks = forms.ChoiceField(label=gettext_lazy("Language on the paper"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_whom"].choices = [(key, name) for key, name, *_rest in places_of(campaign)]  # type: ignore[attr-defined]  # made above
        self.fields["speaks"].choices = [(code, OWN_NAMES[code]) for code in languages_of(campaign)]  # type: ignore[attr-defined]  # made above


@login_required
@require_POST
def slips(request: SignedIn, campaign_id: int) -> HttpResponse:
    """Make tickets and hand them out as a sheet to print, once: their codes are kept nowhere."""
    campaign = campaign_for(request, campaign_id)
    require(may_invite(request.user, campaign, at=timezone.now()))
    form = SlipsForm(request.POST, campaign=campaign)
    if not form.is_valid():
        messages.error(
            request, _("Choose for whom, and between 1 and %(most)s tickets.") % {"most": MOST_ON_PAPER}
        )
        return redirect("situation:invitations", campaign.pk)
    wanted = form.cleaned_data
    places = {key: (institution, group) for key, _name, institution, group in places_of(campaign)}
    institution, group_id = places[wanted["for_whom"]]
    asked = get_object_or_404(
        campaign.answer_set.asked.select_related("institution"), institution=institution
    )
    codes = surveys.make_slips(
        asked_id=asked.pk, group_id=group_id, number=wanted["number"], by=request.user, at=timezone.now()
    )
    group = asked.groups.filter(pk=group_id).first() if group_id else None
    with translation.override(wanted["speaks"]):
        whom = f"{asked.institution.short_name}, {group}" if group else asked.institution.short_name
        paper = posters.slips(campaign, codes, whom=whom, language=wanted["speaks"])
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tickets-{asked.institution.slug}.pdf"'
    # Whoever uses this computer next must not find the tickets again.
    response["Cache-Control"] = "no-store"
    return response
