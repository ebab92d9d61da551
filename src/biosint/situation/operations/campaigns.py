from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium import api as consortium
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.jobs import api as jobs
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Campaign
from biosint.situation.operations.invitations import forget_addresses
from biosint.situation.rules.invitations import may_change_course
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from uuid import UUID

    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet, Version

ANSWERS_COLLECTED = "situation.answers_collected"
ANALYSIS_PUBLISHED = "situation.analysis_published"


def _invited(institution: Institution, audience: str) -> int | None:
    """How many people the audience has there, as the institution itself says."""
    known = {surveys.Audience.STUDENTS: institution.students, surveys.Audience.TEACHERS: institution.teachers}
    return known.get(surveys.Audience(audience))


class NoConsortium(Fault):
    """Pairing codes are compared within a consortium, and the institution belongs to none."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How people come to the questionnaire, and how they are protected."""

    entry: surveys.Entry = surveys.Entry.LINK
    pairing: surveys.Pairing = surveys.Pairing.OFF
    smallest_group: int = surveys.SMALLEST_GROUP


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class Mailing:
    """How often people are written to, and what stands on top; language code -> text."""

    letter: dict[str, str]
    most_reminders: int
    days_between_mails: int
    reminds_itself: bool


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
    terms: Terms = USUAL,
    key: UUID | None = None,
) -> Campaign:
    """Ask the people of some institutions with a published questionnaire, through one public link.

    Args:
        key: chosen by the form. Sent twice, it starts one campaign, and both times that one is returned.

    Raises:
        NotOpen: the questionnaire is a draft.
        TimesWrong: it would close before it opens.
        NoConsortium: people are to make pairing codes, and the owner is in no consortium.
    """
    if key is not None and (begun := _begun_with(key, by)) is not None:
        return begun
    try:
        with transaction.atomic():
            return _start(
                version=version,
                title=title,
                purpose=purpose,
                owner=owner,
                institutions=institutions,
                opens_at=opens_at,
                closes_at=closes_at,
                by=by,
                at=at,
                terms=terms,
                key=key,
            )
    except IntegrityError:
        # Pressed twice: the other request was quicker by an instant.
        begun = _begun_with(key, by) if key is not None else None
        if begun is None:
            raise
        return begun


def _begun_with(key: UUID, by: Person) -> Campaign | None:
    return Campaign.objects.filter(answer_set__public_id=key, created_by=by).first()


def _start(
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
    terms: Terms,
    key: UUID | None,
) -> Campaign:
    audience = surveys.Audience(version.questionnaire.audience)
    answer_set = surveys.start_collection(
        version=version,
        title=title,
        owner=owner,
        institutions={institution: _invited(institution, audience) for institution in institutions},
        audience=audience,
        opens_at=opens_at,
        closes_at=closes_at,
        entry=terms.entry,
        pairing=terms.pairing,
        pairs_within=None if terms.pairing == surveys.Pairing.OFF else _consortium_of(owner),
        smallest_group=terms.smallest_group,
        public_id=key,
        by=by,
        at=at,
    )
    campaign = Campaign.objects.create(answer_set=answer_set, purpose=purpose, created_by=by, created_at=at)
    audit.record("situation.campaign.started", campaign, by=by, at=at)
    _finish_later(campaign, at=at)
    if terms.entry == surveys.Entry.TICKETS:
        tend_later(campaign, at=max(at, opens_at))
    return campaign


def _consortium_of(owner: Institution) -> consortium.Consortium:
    for found in consortium.consortia():
        if consortium.is_member(owner, found):
            return found
    raise NoConsortium(
        _("Pairing codes are compared within a consortium, and %(institution)s is a member of none.")
        % {"institution": owner}
    )


def _finish_later(campaign: Campaign, *, at: datetime) -> None:
    closes_at = campaign.answer_set.closes_at
    if closes_at is not None and closes_at > at:
        jobs.enqueue(
            "situation.finish_campaign",
            by=None,
            at=at,
            due_at=closes_at + surveys.GRACE,
            key=f"campaign-{campaign.pk}-{closes_at.isoformat()}",
            campaign_id=campaign.pk,
        )


def tend_later(campaign: Campaign, *, at: datetime) -> None:
    """Have a campaign with tickets looked after a day from ``at``."""
    tomorrow = at + timedelta(days=1)
    jobs.enqueue(
        "situation.tend_campaign",
        by=None,
        at=at,
        due_at=tomorrow,
        key=f"campaign-{campaign.pk}-{tomorrow.date().isoformat()}",
        campaign_id=campaign.pk,
    )


@transaction.atomic
def change_campaign(
    *,
    campaign_id: int,
    purpose: str,
    closes_at: datetime,
    further: Iterable[Institution],
    smallest_group: int,
    mailing: Mailing,
    by: Person,
    at: datetime,
) -> Campaign:
    """Move the end, ask further institutions, change how people are reminded and protected.

    Raises:
        NotOpen: it has closed.
        TimesWrong: the new end lies in the past.
    """
    campaign = (
        Campaign.objects.select_for_update(of=["self"])
        .select_related("answer_set__owner")
        .get(pk=campaign_id)
    )
    require(may_change_course(by, campaign, at=at))
    audience = surveys.Audience(campaign.answer_set.audience)
    ended = campaign.answer_set.closes_at
    campaign.answer_set = surveys.change_collection(
        answer_set_id=campaign.answer_set_id,
        closes_at=closes_at,
        further={institution: _invited(institution, audience) for institution in further},
        smallest_group=smallest_group,
        by=by,
        at=at,
    )
    campaign.purpose = purpose
    campaign.letter = mailing.letter
    campaign.most_reminders = mailing.most_reminders
    campaign.days_between_mails = mailing.days_between_mails
    campaign.reminds_itself = mailing.reminds_itself
    campaign.save(
        update_fields=["purpose", "letter", "most_reminders", "days_between_mails", "reminds_itself"]
    )
    audit.record("situation.campaign.changed", campaign, by=by, at=at)
    if closes_at != ended:
        _finish_later(campaign, at=at)
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
    forget_addresses(campaign)
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
