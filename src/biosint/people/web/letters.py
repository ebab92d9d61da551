"""The letters that people sends by itself."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.people.links import sign_in_link
from biosint.people.models import Person


def send_new_link(email: str, *, at: datetime) -> None:
    """Send a guest a new link, and a member the address of the sign-in page. Unknown addresses get nothing."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        return
    with translation.override(person.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "people/mail/new_link.txt",
            {
                "person": person,
                "link": sign_in_link(person, at=at)
                if person.is_guest
                else f"{settings.SITE_URL}{reverse('account_login')}",
                "site_url": settings.SITE_URL,
            },
        )
        send_mail(_("Your way in to BIOSINT"), text, None, [person.email])
