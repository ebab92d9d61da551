from __future__ import annotations

import io
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.people.api import Office, Person
from biosint.shared.choosers import RecordsField
from biosint.shared.days import MomentField
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault
from biosint.situation.operations import campaigns as operations
from biosint.situation.queries import campaigns as queries
from biosint.surveys import api as surveys

SHAPE = "%Y-%m-%dT%H:%M"


class CampaignForm(forms.Form):
    version = forms.ModelChoiceField(
        label=gettext_lazy("Questionnaire"),
        queryset=surveys.Version.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("Only published versions can be sent to people."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("People see it on top of the questionnaire."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Run by"), queryset=Institution.objects.none(), empty_label=None
    )
    institutions = RecordsField(
        label=gettext_lazy("Whose people are asked"),
        queryset=Institution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = MomentField(
        label=gettext_lazy("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHAPE),
        input_formats=[SHAPE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("In your own time zone."),
    )
    closes_at = MomentField(
        label=gettext_lazy("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHAPE),
        input_formats=[SHAPE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("Answers begun before the end are taken for one hour more."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeps = _homes(person)
        own = Institution.objects.filter(pk__in=keeps) if not person.is_staff else Institution.objects.all()
        cast("forms.ModelChoiceField[Institution]", self.fields["owner"]).queryset = own
        cast(
            "forms.ModelChoiceField[surveys.Version]", self.fields["version"]
        ).queryset = surveys.published_versions_for(person)
        beyond = person.is_staff or person.holds(Office.COORDINATOR)
        cast("RecordsField", self.fields["institutions"]).queryset = (
            Institution.objects.all() if beyond else own
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end must come after the beginning."))
        elif closes and closes <= timezone.now():
            self.add_error("closes_at", _("The end lies in the past. Choose a day to come."))
        return found


def _homes(person: Person) -> frozenset[int]:
    return person.institutions_as(*surveys.KEEPERS)


def _may_run(person: Person) -> bool:
    return person.is_staff or bool(_homes(person))


@login_required
def index(request: SignedIn) -> HttpResponse:
    """Campaigns and imported answers of the person's institutions, the newest first."""
    page = Paginator(queries.sets_for(request.user), 25).get_page(request.GET.get("page"))
    now = timezone.now()
    return render(
        request,
        "situation/list.html",
        {
            "page": page,
            "rows": [(answer_set, answer_set.phase_at(now)) for answer_set in page],
            "may": _may_run(request.user),
        },
    )


@login_required
def start(request: SignedIn) -> HttpResponse:
    """Start a campaign with a published questionnaire."""
    person = request.user
    now = timezone.localtime()
    homes = sorted(_homes(person))
    form = CampaignForm(
        request.POST or None,
        person=person,
        initial={
            "version": request.GET.get("version"),
            "owner": homes[0] if homes else None,
            "institutions": homes[:1],
            "opens_at": now,
            "closes_at": now + timedelta(days=14),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            campaign = operations.start_campaign(**form.cleaned_data, by=person, at=timezone.now())
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The campaign is set up. Pass on its link."))
            return redirect("situation:campaign", campaign.pk)
    versions = cast("QuerySet[surveys.Version]", cast("Any", form.fields["version"]).queryset)
    return render(
        request,
        "situation/start.html",
        {"form": form, "may": _may_run(person), "has_versions": versions.exists()},
        status=422 if form.is_bound else 200,
    )


@login_required
def detail(request: SignedIn, campaign_id: int) -> HttpResponse:
    """The link of a campaign, who has answered so far, and what can be done."""
    campaign = get_object_or_404(queries.campaigns_for(request.user), pk=campaign_id)
    answer_set = campaign.answer_set
    turnout = queries.turnout(answer_set)
    now = timezone.now()
    return render(
        request,
        "situation/campaign.html",
        {
            "campaign": campaign,
            "answer_set": answer_set,
            "phase": answer_set.phase_at(now).value,
            "phase_label": answer_set.phase_at(now).label,
            "turnout": turnout,
            "total": sum(row.answers for row in turnout),
            "link": settings.SITE_URL + reverse("surveys:answer", args=[answer_set.token]),
            "keeps": surveys.may_keep(request.user, answer_set.owner),
            "evidence_url": evidence.list_url(kind=operations.ANSWERS_COLLECTED)
            if campaign.finished_at
            else "",
            "trail": [(_("Situation analysis"), reverse("situation:list"))],
        },
    )


@login_required
@require_POST
def close(request: SignedIn, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(queries.campaigns_for(request.user), pk=campaign_id)
    operations.close_campaign(campaign_id=campaign.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The campaign is closed and its answers are counted."))
    return redirect("situation:campaign", campaign.pk)


@login_required
def qr(request: SignedIn, campaign_id: int) -> HttpResponse:
    """The link as a square for posters and slides."""
    import segno

    campaign = get_object_or_404(queries.campaigns_for(request.user), pk=campaign_id)
    link = settings.SITE_URL + reverse("surveys:answer", args=[campaign.answer_set.token])
    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="svg", scale=6, border=4, xmldecl=False, light="white")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
