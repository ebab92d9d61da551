from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.jobs import api as jobs
from biosint.shared.verdicts import require
from biosint.situation.models import Campaign
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet, Version

ANSWERS_COLLECTED = "situation.answers_collected"
ANALYSIS_PUBLISHED = "situation.analysis_published"


def _invited(institution: Institution, audience: str) -> int | None:
    """How many people the audience has there, as the institution itself says."""
    known = {surveys.Audience.STUDENTS: institution.students, surveys.Audience.TEACHERS: institution.teachers}
    return known.get(surveys.Audience(audience))


@transaction.atomic
def start_campaign(
    *,
    version: Version,
    title: str,
    purpose: str,
    owner: Institution,
    institutions: Iterable[Institution],
    opens_at: datetime,
    closes_at: datetime,
    by: Person,
    at: datetime,
) -> Campaign:
    """Ask the people of some institutions with a published questionnaire, through one public link.

    Raises:
        NotOpen: the questionnaire is a draft.
        TimesWrong: it would close before it opens.
    """
    audience = surveys.Audience(version.questionnaire.audience)
    answer_set = surveys.start_collection(
        version=version,
        title=title,
        owner=owner,
        institutions={institution: _invited(institution, audience) for institution in institutions},
        audience=audience,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
        at=at,
    )
    campaign = Campaign.objects.create(answer_set=answer_set, purpose=purpose, created_by=by, created_at=at)
    audit.record("situation.campaign.started", campaign, by=by, at=at)
    if closes_at > at:
        jobs.enqueue(
            "situation.finish_campaign",
            by=None,
            at=at,
            due_at=closes_at + surveys.GRACE,
            key=f"campaign-{campaign.pk}",
            campaign_id=campaign.pk,
        )
    return campaign


@transaction.atomic
def close_campaign(*, campaign_id: int, by: Person, at: datetime) -> Campaign:
    """End a campaign before its time and count its answers. Late ones are counted as they come."""
    campaign = (
        Campaign.objects.select_for_update(of=["self"])
        .select_related("answer_set__owner")
        .get(pk=campaign_id)
    )
    require(surveys.may_keep(by, campaign.answer_set.owner))
    campaign.answer_set = surveys.close(answer_set_id=campaign.answer_set_id, by=by, at=at)
    return _finish(campaign, by=by, at=at)


@transaction.atomic
def finish_campaign(*, campaign_id: int, at: datetime) -> Campaign:
    """Count the answers of a campaign whose time is over. Nobody does it: the clock does."""
    campaign = (
        Campaign.objects.select_for_update(of=["self"])
        .select_related("answer_set__owner")
        .get(pk=campaign_id)
    )
    if campaign.finished_at is not None or campaign.answer_set.phase_at(at) != surveys.Phase.CLOSED:
        return campaign
    return _finish(campaign, by=None, at=at)


def _finish(campaign: Campaign, *, by: Person | None, at: datetime) -> Campaign:
    campaign.finished_at = at
    campaign.save(update_fields=["finished_at"])
    count_as_evidence(campaign.answer_set, by=by, at=at)
    audit.record("situation.campaign.finished", campaign, by=by, at=at)
    return campaign


def count_as_evidence(answer_set: AnswerSet, *, by: Person | None, at: datetime) -> None:
    """Record per institution how many of its people answered; counting again renews the number."""
    counts = surveys.counts_by_institution(answer_set)
    proof = reverse("situation:results", args=[answer_set.pk])
    for institution in Institution.objects.filter(pk__in=[pk for pk in counts if pk is not None]):
        evidence.record(
            kind=ANSWERS_COLLECTED,
            subject=answer_set,
            institution=institution,
            occurred_at=at,
            proof=proof,
            by=by,
            title=answer_set.title,
            quantity=counts[institution.pk],
        )


@transaction.atomic
def recount(*, answer_set_id: int, at: datetime, by: Person | None = None) -> None:
    """Count again after late answers or a file came into a set whose collection has ended."""
    answer_set = surveys.AnswerSet.objects.get(pk=answer_set_id)
    campaign = Campaign.objects.filter(answer_set=answer_set).first()
    if answer_set.phase_at(at) == surveys.Phase.CLOSED and (campaign is None or campaign.finished_at):
        count_as_evidence(answer_set, by=by, at=at)
