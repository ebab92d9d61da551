"""The mails of a campaign: invitation and reminder, in the reader's language. Pure: sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from biosint.shared.dates import written_day
from biosint.shared.words import in_language
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

SALT = "situation.no_more_mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to send. ``stop_url`` is where its reader says: not again."""

    subject: str
    body: str
    stop_url: str


def answer_url(
    campaign: Campaign, *, code: str = "", language: str = "", at: str = "", group: str = ""
) -> str:
    """Return the full address of the questionnaire, with what it should know already."""
    words = {"lang": language, "at": at, "group": group, "ticket": code}
    asked = urlencode({name: word for name, word in words.items() if word})
    path = reverse("surveys:answer", args=[campaign.answer_set.token])
    return f"{settings.SITE_URL}{path}{'?' if asked else ''}{asked}"


def short_url(campaign: Campaign) -> str:
    """Return the address of the questionnaire as it is read from a poster and typed."""
    return f"{settings.SITE_URL}/a/{campaign.answer_set.token}"


def stop_token(address: str) -> str:
    """Return the word of the link that stops mail; it holds the fingerprint of an address, not the address."""
    return signing.Signer(salt=SALT).sign(fingerprint_of(address))


def fingerprint_in(token: str) -> str | None:
    """Return the fingerprint in such a word; None for a word that we did not make."""
    try:
        return signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None


def fingerprint_of(address: str) -> str:
    """Return 32 hexadecimal digits; short, for they stand in the link of every mail."""
    return salted_hmac("situation.mail_refusal", address.casefold(), algorithm="sha256").hexdigest()[:32]


def letter_of(campaign: Campaign, *, address: str, code: str, language: str, is_reminder: bool) -> Letter:
    """Write one mail.

    Args:
        code: of the ticket; an empty one stands for the preview.
        language: of the reader; the questionnaire opens in it.
    """
    answer_set = campaign.answer_set
    stop_url = settings.SITE_URL + reverse("situation:no-more-mail", args=[stop_token(address)])
    with translation.override(language):
        title = answer_set.title
        own = in_language(campaign.letter, language).text if campaign.letter else ""
        first = (
            _("A few days ago we asked you to answer “%(title)s”. Your answers have not arrived yet.")
            if is_reminder
            else _("We ask you to answer “%(title)s”.")
        ) % {"title": title}
        parts = [
            own,
            first,
            _("Open your personal link:"),
            answer_url(campaign, code=code, language=language),
            _("It can be used once, until %(day)s. Your answers are kept without your name and address.")
            % {"day": written_day(answer_set.closes_at) if answer_set.closes_at else ""},
            _("If the link does not open, type this code on %(page)s: %(code)s")
            % {"page": short_url(campaign), "code": surveys.in_groups(code)},
            _("This mail comes from %(owner)s. If you do not want to be written to again:")
            % {"owner": answer_set.owner},
            stop_url,
        ]
        subject = (_("Reminder: %(title)s") if is_reminder else "%(title)s") % {"title": title}
    # A line break in a subject would begin another header.
    return Letter(" ".join(subject.split()), "\n\n".join(filter(None, parts)) + "\n", stop_url)
