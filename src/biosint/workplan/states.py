"""States of deliverables and their legal moves. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliverableState(TextChoices):
    PLANNED = "planned", _("planned")
    SUBMITTED = "submitted", _("handed in for review")
    APPROVED = "approved", _("approved")


MOVES: dict[DeliverableState, frozenset[DeliverableState]] = {
    DeliverableState.PLANNED: frozenset({DeliverableState.SUBMITTED}),
    DeliverableState.SUBMITTED: frozenset({DeliverableState.APPROVED, DeliverableState.PLANNED}),
    DeliverableState.APPROVED: frozenset(),
}


class DisseminationLevel(TextChoices):
    PUBLIC = "public", _("public")
    SENSITIVE = "sensitive", _("for the consortium")
