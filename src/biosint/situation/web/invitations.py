"""Pages on which people are invited by mail or paper, reminded, and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from biosint.shared.languages import OWN_NAMES, page_tag
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require
from biosint.situation import address_lists, letters
from biosint.situation.operations import invitations as operations
from biosint.situation.queries import invitations as queries
from biosint.situation.rules.invitations import may_invite, may_remind
from biosint.situation.web.campaign_forms import languages_of
from biosint.situation.web.campaigns import campaign_for, trail_to
from biosint.situation.web.slips import SlipsForm, places_of

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

LARGEST_FILE = 2 * 1024 * 1024
SHOWN_ROWS = 50


class ListForm(forms.Form):
    """A list of addresses, pasted or as a file, and what holds where a line says nothing."""

    file = forms.FileField(
        label=gettext_lazy("File with addresses (CSV or XLSX)"),
        required=False,
        help_text=gettext_lazy(
            "Beside each address may stand its institution, group and language, in any order."
        ),
    )
    lines = forms.CharField(
        label=gettext_lazy("Or paste addresses, one a line"),
        required=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where a line names no institution"),
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Where a line names no language"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(campaign)
        several = [("", _("the line cannot be used"))] if len(places) > 1 else []
        self.fields["place"].choices = [*several, *((key, name) for key, name, *_rest in places)]  # type: ignore[attr-defined]  # made above
        self.fields["language"].choices = [(code, OWN_NAMES[code]) for code in languages_of(campaign)]  # type: ignore[attr-defined]  # made above

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        upload = found.get("file")
        if upload is not None and upload.size > LARGEST_FILE:
            self.add_error("file", _("The file is too large for a list of addresses (limit: 2 MB)."))
        elif upload is not None:
            try:
                found["lines"] = address_lists.text_of(upload.read())
            except address_lists.ListUnreadable as fault:
                self.add_error("file", str(fault))
        if not self.errors and not (found.get("lines") or "").strip():
            self.add_error("lines", _("Paste addresses or choose a file."))
        return found


@login_required
def invitations(request: SignedIn, campaign_id: int) -> HttpResponse:
    """How many are invited, what they are sent, and the ways to invite more: list, paper, reminder."""
    campaign = campaign_for(request, campaign_id)
    now = timezone.now()
    require(may_invite(request.user, campaign, at=now))
    form = ListForm(request.POST or None, request.FILES or None, campaign=campaign)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _read(campaign, form)
        except Fault as fault:
            form.add_error("lines", str(fault))
    if found is not None and request.POST.get("confirmed"):
        number = operations.invite(campaign_id=campaign.pk, rows=found.usable, by=request.user, at=now)
        messages.success(
            request,
            ngettext("%(number)s person is invited.", "%(number)s people are invited.", number)
            % {"number": number},
        )
        return redirect("situation:invitations", campaign.pk)
    context: dict[str, Any] = {"campaign": campaign, "form": form, "trail": trail_to(campaign)}
    if found is not None:
        return render(
            request,
            "situation/invite_preview.html",
            {
                **context,
                "found": found,
                "shown": found.faulty[:SHOWN_ROWS],
                "lines": form.cleaned_data["lines"],
            },
        )
    return render(
        request,
        "situation/invitations.html",
        {
            **context,
            "state": queries.state_of(campaign),
            "slips": SlipsForm(campaign=campaign),
            "letters": _previews(campaign),
            "may_remind": may_remind(request.user, campaign, at=now),
        },
        status=422 if form.is_bound else 200,
    )


def _read(campaign: Campaign, form: ListForm) -> address_lists.AddressList:
    wanted = form.cleaned_data
    places = {key: (institution, group) for key, _name, institution, group in places_of(campaign)}
    institution, group = places.get(wanted["place"], (None, None))
    found = address_lists.read_list(
        wanted["lines"],
        queries.known_words(campaign, languages_of(campaign)),
        institution=institution,
        group=group,
        language=wanted["language"],
        taken=queries.addresses_of(campaign),
    )
    unwilling = operations.refused_among(row.address for row in found.usable)
    return found.without(unwilling, why=_("does not want to be written to"))


def _previews(campaign: Campaign) -> list[dict[str, Any]]:
    """Both mails in every language, as they are sent; only the personal link is left out."""
    found = []
    for code in languages_of(campaign):
        with translation.override(code):
            tag = page_tag()
        found.append(
            {
                "name": OWN_NAMES[code],
                "tag": tag,
                "mails": [
                    letters.letter_of(
                        campaign, address="", code="x" * 12, language=code, is_reminder=is_reminder
                    )
                    for is_reminder in (False, True)
                ],
            }
        )
    return found


@login_required
@require_POST
def remind(request: SignedIn, campaign_id: int) -> HttpResponse:
    campaign = campaign_for(request, campaign_id)
    operations.remind(campaign_id=campaign.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The reminders are on their way to everybody who has not answered."))
    return redirect("situation:invitations", campaign.pk)


# Mail programs press this for their reader (RFC 8058) without cookie or form; a forged request could only stop mail.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def no_more_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether somebody wants no more mail, and keep to it."""
    fingerprint = letters.fingerprint_in(token)
    if fingerprint is None:
        raise Http404
    if request.method == "POST":
        operations.refuse_mail(fingerprint=fingerprint)
    return render(
        request,
        "situation/no_more_mail.html",
        {"done": request.method == "POST", "site": settings.SITE_URL},
    )
