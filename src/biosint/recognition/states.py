"""States of agreements and decisions, and who signs. Plain data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """Who signs a learning agreement, in the order in which its paper names them."""

    LEARNER = "learner", _("learner")
    HOME = "home", _("sending institution")
    HOST = "host", _("receiving institution")


class AgreementState(TextChoices):
    OPEN = "open", _("waiting for signatures")
    AGREED = "agreed", _("signed by all three")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("no longer needed")


class Answer(TextChoices):
    """What a party said to one version."""

    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused to sign")


class Decision(TextChoices):
    RECOGNISED = "recognised", _("recognised")
    DECLINED = "declined", _("not recognised")


class RequestState(TextChoices):
    """A course done elsewhere, brought as a file, for which a learner asks recognition."""

    ASKED = "asked", _("waiting for a decision")
    RECOGNISED = "recognised", _("recognised")
    DECLINED = "declined", _("not recognised")
    WITHDRAWN = "withdrawn", _("withdrawn")
