from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.evidence import api as evidence
from biosint.people.api import Person
from biosint.shared import charts
from biosint.shared.dates import written_day
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require
from biosint.situation.letters import answer_url, short_url
from biosint.situation.models import Campaign
from biosint.situation.operations import campaigns as operations
from biosint.situation.queries import campaigns as queries
from biosint.situation.queries.rates import Rates, rates_of
from biosint.situation.rules.invitations import may_change_course
from biosint.situation.web.campaign_forms import CampaignForm, CourseForm, homes_of
from biosint.surveys import api as surveys

# The page stays short however long a campaign runs; earlier days stand in the results.
MOST_DAYS = 31


def _may_run(person: Person) -> bool:
    return person.is_staff or bool(homes_of(person))


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
    homes = sorted(homes_of(person))
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
            campaign = operations.start_campaign(**form.wanted(), by=person, at=timezone.now())
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


def campaign_for(request: SignedIn, campaign_id: int) -> Campaign:
    """Load a campaign whose results the person may read; strangers get 404."""
    return get_object_or_404(queries.campaigns_for(request.user), pk=campaign_id)


def trail_to(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the steps above the pages of a campaign."""
    return [
        (_("Situation analysis"), reverse("situation:list")),
        (campaign.answer_set.title, reverse("situation:campaign", args=[campaign.pk])),
    ]


@login_required
def detail(request: SignedIn, campaign_id: int) -> HttpResponse:
    """The link of a campaign, who has answered so far, and what can be done. Its figures renew themselves."""
    campaign = campaign_for(request, campaign_id)
    answer_set = campaign.answer_set
    now = timezone.now()
    rates = rates_of(answer_set)
    context = {
        "campaign": campaign,
        "answer_set": answer_set,
        "phase": answer_set.phase_at(now).value,
        "rates": rates,
        "days": _day_chart(rates),
        "evidence_url": evidence.list_url(kind=operations.ANSWERS_COLLECTED) if campaign.finished_at else "",
    }
    if request.htmx:
        return render(request, "situation/_rates.html", context)
    may_change = may_change_course(request.user, campaign, at=now)
    return render(
        request,
        "situation/campaign.html",
        {
            **context,
            "phase_label": answer_set.phase_at(now).label,
            "link": answer_url(campaign),
            "short_link": short_url(campaign),
            "keeps": surveys.may_keep(request.user, answer_set.owner),
            "may_change": may_change,
            "by_ticket": answer_set.entry == surveys.Entry.TICKETS,
            "trail": trail_to(campaign)[:1],
        },
    )


def _day_chart(rates: Rates) -> charts.Chart | None:
    if not rates.days:
        return None
    bars = [
        (
            written_day(entry.first)
            if entry.first == entry.last
            else f"{written_day(entry.first)} – {written_day(entry.last)}",
            entry.answers,
        )
        for entry in rates.days[-MOST_DAYS:]
    ]
    return charts.bars(
        title=_("Answers by day"),
        rows=bars,
        description=_("Days with fewer answers than the smallest group are shown together."),
    )


@login_required
def edit(request: SignedIn, campaign_id: int) -> HttpResponse:
    """Move the end, ask further institutions, change how people are reminded."""
    campaign = campaign_for(request, campaign_id)
    require(may_change_course(request.user, campaign, at=timezone.now()))
    form = CourseForm(request.POST or None, campaign=campaign, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_campaign(
                campaign_id=campaign.pk, **form.wanted(campaign), by=request.user, at=timezone.now()
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The campaign is changed."))
            return redirect("situation:campaign", campaign.pk)
    return render(
        request,
        "situation/campaign_edit.html",
        {"form": form, "campaign": campaign, "trail": trail_to(campaign)},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def close(request: SignedIn, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(queries.campaigns_for(request.user), pk=campaign_id)
    operations.close_campaign(campaign_id=campaign.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The campaign is closed and its answers are counted."))
    return redirect("situation:campaign", campaign.pk)
