"""Who is invited by mail, what they are sent, and how their addresses go again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.jobs import api as jobs
from biosint.shared.verdicts import require
from biosint.situation.letters import fingerprint_of, letter_of
from biosint.situation.models import Campaign, Invitation, MailRefusal
from biosint.situation.rules.invitations import may_invite, may_remind, to_be_reminded
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

    from biosint.people.models import Person
    from biosint.situation.address_lists import Row

# Names reserved for examples (RFC 2606): the invented people of the demonstration have no post box.
UNREACHABLE = (".example", ".invalid")
MAILS_AT_A_TIME = 100

Report = Callable[[int, int, str], object]


def _open(campaign_id: int) -> Campaign:
    return (
        Campaign.objects.select_for_update(of=["self"])
        .select_related("answer_set__owner", "answer_set__version")
        .get(pk=campaign_id)
    )


def refused_among(addresses: Iterable[str]) -> set[str]:
    """Return those who do not want to be written to."""
    digests = {fingerprint_of(address): address for address in addresses}
    found: set[str] = set()
    every = list(digests)
    for first in range(0, len(every), 500):
        part = MailRefusal.objects.filter(pk__in=every[first : first + 500]).values_list("pk", flat=True)
        found.update(digests[digest] for digest in part)
    return found


@transaction.atomic
def invite(*, campaign_id: int, rows: Iterable[Row], by: Person, at: datetime) -> int:
    """Give every usable row a ticket and an invitation, and have them mailed; return how many are new.

    Addresses that are invited already, or whose owner wants no mail, are passed over.
    """
    campaign = _open(campaign_id)
    require(may_invite(by, campaign, at=at))
    wanted = {row.address: row for row in rows if not row.fault}
    known = set(campaign.invitations.values_list("address", flat=True))
    unwilling = refused_among(wanted)
    asked = {entry.institution_id: entry for entry in campaign.answer_set.asked.all()}
    groups = {group.pk: group for group in surveys.groups_of(campaign.answer_set)}
    made = []
    for address, row in wanted.items():
        if address in known or address in unwilling or row.institution not in asked:
            continue
        made.append(
            Invitation(
                campaign=campaign,
                asked=asked[row.institution],
                group=groups.get(row.group) if row.group else None,
                address=address,
                language=row.language,
                seed=secrets.token_hex(16),
            )
        )
    Invitation.objects.bulk_create(made, batch_size=500)
    surveys.add_tickets(
        places=[(surveys.code_from(entry.seed), (entry.asked, entry.group)) for entry in made]
    )
    audit.record("situation.people.invited", campaign, by=by, at=at, number=len(made))
    if made:
        _mail_later(campaign, at=at)
    return len(made)


def _mail_later(campaign: Campaign, *, at: datetime) -> None:
    opens_at = campaign.answer_set.opens_at or at
    jobs.enqueue(
        "situation.mail_invitations",
        by=None,
        at=at,
        due_at=max(at, opens_at),
        key=f"campaign-{campaign.pk}",
        campaign_id=campaign.pk,
    )


@transaction.atomic
def remind(*, campaign_id: int, by: Person, at: datetime) -> None:
    """Have everybody reminded who was invited days ago and has not answered."""
    campaign = _open(campaign_id)
    require(may_remind(by, campaign, at=at))
    audit.record("situation.people.reminded", campaign, by=by, at=at)
    jobs.enqueue(
        "situation.mail_reminders",
        by=None,
        at=at,
        key=f"campaign-{campaign.pk}",
        campaign_id=campaign.pk,
    )


def mail_invitations(*, campaign_id: int, at: datetime, report_to: Report) -> int:
    """Mail everybody who has had no mail yet; return how many were sent."""
    return _mail(
        campaign_id, Invitation.objects.filter(mails=0), at=at, is_reminder=False, report_to=report_to
    )


def mail_reminders(*, campaign_id: int, at: datetime, report_to: Report) -> int:
    """Mail everybody whose ticket is not spent and whose last mail is days ago; return how many were sent."""
    campaign = Campaign.objects.get(pk=campaign_id)
    due = to_be_reminded(campaign, on=at.date())
    return _mail(campaign_id, due, at=at, is_reminder=True, report_to=report_to)


def _mail(
    campaign_id: int, due: QuerySet[Invitation], *, at: datetime, is_reminder: bool, report_to: Report
) -> int:
    """Send one mail to each, some at a time; what was sent is noted after each few.

    Who has answered meanwhile is left out. No transaction is held while the mail server answers. A worker killed in between writes to a few
    people twice, which is better than never.
    """
    campaign = Campaign.objects.select_related("answer_set__owner", "answer_set__version").get(pk=campaign_id)
    if campaign.answer_set.phase_at(at) != surveys.Phase.OPEN:
        return 0
    keys = list(due.filter(campaign=campaign, is_refused=False).values_list("pk", flat=True))
    sent = 0
    for first in range(0, len(keys), MAILS_AT_A_TIME):
        report_to(first, len(keys), _("Sending mails"))
        part = list(Invitation.objects.filter(pk__in=keys[first : first + MAILS_AT_A_TIME]))
        codes = {surveys.code_from(entry.seed): entry for entry in part}
        unspent = surveys.unspent_of(list(codes))
        chosen = {code: entry for code, entry in codes.items() if code in unspent}
        sent += _send(campaign, chosen, on=at.date(), is_reminder=is_reminder)
    return sent


def _send(campaign: Campaign, chosen: dict[str, Invitation], *, on: date, is_reminder: bool) -> int:
    """Send through one connection. An address that the mail server refuses holds up nobody else."""
    reached: list[int] = []
    refused: list[int] = []
    connection = get_connection()
    try:
        connection.open()
        for code, entry in chosen.items():
            try:
                if not entry.address.endswith(UNREACHABLE):
                    _write_to(campaign, entry, code, connection, is_reminder=is_reminder)
                reached.append(entry.pk)
            except SMTPRecipientsRefused:
                refused.append(entry.pk)
        connection.close()
    finally:
        # Also when the line to the mail server breaks: who has had the mail does not get it again.
        Invitation.objects.filter(pk__in=reached).update(mails=F("mails") + 1, last_mail_date=on)
        Invitation.objects.filter(pk__in=refused).update(is_refused=True)
    return len(reached)


def _write_to(
    campaign: Campaign, entry: Invitation, code: str, connection: BaseEmailBackend, *, is_reminder: bool
) -> None:
    letter = letter_of(
        campaign, address=entry.address, code=code, language=entry.language, is_reminder=is_reminder
    )
    EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[entry.address],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    ).send()


@transaction.atomic
def refuse_mail(*, fingerprint: str) -> None:
    """Never write to this address again. Nobody is signed in; what is kept is a fingerprint.

    Invitations of running campaigns go at once; their tickets stay valid, for the mail may still be read.
    """
    MailRefusal.objects.get_or_create(pk=fingerprint)
    for entry in Invitation.objects.only("pk", "address").iterator():
        if fingerprint_of(entry.address) == fingerprint:
            Invitation.objects.filter(pk=entry.pk).delete()


def forget_addresses(campaign: Campaign) -> None:
    """Delete every address of a campaign that has ended. The caller holds the transaction."""
    campaign.invitations.all().delete()
    surveys.rewrite_spent_tickets(answer_set_id=campaign.answer_set_id)


def tend(*, campaign_id: int, at: datetime, report_to: Report) -> bool:
    """The daily care of an open campaign: reminders that are due, tickets written anew.

    Returns:
        Whether it is to be tended again tomorrow.
    """
    campaign = Campaign.objects.select_related("answer_set").get(pk=campaign_id)
    if campaign.answer_set.phase_at(at) == surveys.Phase.CLOSED:
        return False
    # Whoever was added while the last mails went out.
    mail_invitations(campaign_id=campaign_id, at=at, report_to=report_to)
    if campaign.reminds_itself:
        mail_reminders(campaign_id=campaign_id, at=at, report_to=report_to)
    surveys.rewrite_spent_tickets(answer_set_id=campaign.answer_set_id)
    return True
