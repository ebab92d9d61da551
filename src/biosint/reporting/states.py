"""States of a report. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")


MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.DRAFT: frozenset({ReportState.FINAL}),
    ReportState.FINAL: frozenset(),
}
