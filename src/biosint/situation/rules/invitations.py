from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.situation.models import Invitation
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from biosint.people.models import Person
    from biosint.situation.models import Campaign


def may_invite(person: Person, campaign: Campaign, *, at: datetime) -> Verdict:
    """Keepers of the owner invite by ticket until the campaign closes."""
    verdict = surveys.may_keep(person, campaign.answer_set.owner)
    if not verdict:
        return verdict
    if campaign.answer_set.entry != surveys.Entry.TICKETS:
        return refused(_("This campaign is open to everybody who has its link, so it needs no tickets."))
    if campaign.answer_set.phase_at(at) == surveys.Phase.CLOSED:
        return refused(_("The campaign has closed."))
    return ALLOWED


def may_change_course(person: Person, campaign: Campaign, *, at: datetime) -> Verdict:
    """Keepers of the owner change times, institutions and groups until the campaign closes."""
    verdict = surveys.may_keep(person, campaign.answer_set.owner)
    if verdict and campaign.answer_set.phase_at(at) == surveys.Phase.CLOSED:
        return refused(_("The campaign has closed and stays as it is. Start a new one to ask again."))
    return verdict


def may_remind(person: Person, campaign: Campaign, *, at: datetime) -> Verdict:
    """Keepers remind while the campaign is open, seldom, and never somebody who has just had a mail."""
    verdict = may_invite(person, campaign, at=at)
    if not verdict:
        return verdict
    if campaign.answer_set.phase_at(at) != surveys.Phase.OPEN:
        return refused(_("The campaign is not open yet."))
    if not campaign.most_reminders:
        return refused(_("This campaign sends no reminders."))
    if not to_be_reminded(campaign, on=at.date()).exists():
        return refused(
            _("Nobody may be reminded today: the last mail is too recent, or the reminders are used up.")
        )
    return ALLOWED


def to_be_reminded(campaign: Campaign, *, on: date) -> QuerySet[Invitation]:
    """The same sentence for the list: whose last mail is days ago and who has reminders left."""
    return Invitation.objects.filter(
        campaign=campaign,
        is_refused=False,
        mails__range=(1, campaign.most_reminders),
        last_mail_date__lte=on - timedelta(days=campaign.days_between_mails),
    )
