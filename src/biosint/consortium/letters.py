"""The letter to an institution that is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from biosint.consortium.models import Invitation


def link_of(token: str) -> str:
    """Return the full address that answers an invitation."""
    return f"{settings.SITE_URL}{reverse('consortium:invitation', args=[token])}"


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send the letter, in the language of who invites: nothing is known of who reads it."""
    text = render_to_string(
        "consortium/mail/invitation.txt",
        {
            "invitation": invitation,
            "membership": invitation.membership,
            "consortium": invitation.membership.consortium,
            "link": link_of(token),
        },
    )
    subject = _("Invitation to join %(consortium)s") % {"consortium": invitation.membership.consortium}
    send_mail(
        # A line break in a subject would begin another header.
        " ".join(subject.split()),
        text,
        None,
        [invitation.email],
    )
