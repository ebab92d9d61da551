from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import Side, StatementState


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stood when it was taken: what it said, where from, on which day, and where it opens."""

    value: str
    source: str
    day: str  # ISO
    url: str = ""
    # The bare number, where a target can be set against it; in the unit of ``value``.
    number: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Workshop(models.Model):
    """People agree on where an institution, or (without one) the whole consortium, stands: a SWOT.

    It holds no figures of its own: each statement carries the figure it was taken with.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey("consortium.Consortium", on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=150)
    # The language in which statements are written; pages around them speak the reader's.
    language = models.CharField(_("language"), max_length=10)
    # The word in the address at which participants join; says nothing about the workshop.
    token = models.CharField(_("code"), max_length=12, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Closed, nothing in it changes any more.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="workshop_closed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:workshop", args=[self.public_id])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Statement(models.Model):
    """One sentence of a SWOT, proposed from what was measured or added by a person."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="statements")
    side = models.CharField(_("side"), max_length=1, choices=Side)
    text = models.CharField(_("statement"), max_length=400)
    state = models.CharField(_("state"), max_length=10, choices=StatementState)
    # What it was proposed from, so that nothing is proposed twice; empty for a person's own.
    origin = models.CharField(max_length=120, blank=True, editable=False)
    # See Figure; empty for a statement without one.
    figure = models.JSONField(_("figure behind it"), default=dict, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["workshop", "pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "origin"], condition=~Q(origin=""), name="statement_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.MERGED, merged_into__isnull=False)
                | (~Q(state=StatementState.MERGED) & Q(merged_into=None)),
                name="statement_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """One round of giving dots to statements, on every participant's own phone."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="votes")
    # Dots of one participant for each side of the SWOT, and how many of them one statement may get.
    dots = models.PositiveSmallIntegerField(_("dots for each side"))
    most_on_one = models.PositiveSmallIntegerField(_("most dots on one statement"))
    is_hidden = models.BooleanField(_("results are hidden until the vote is closed"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["workshop", "-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"], condition=Q(closed_at=None), name="vote_one_open_in_a_workshop"
            ),
            models.CheckConstraint(
                condition=Q(dots__gte=1, most_on_one__gte=1, most_on_one__lte=models.F("dots")),
                name="vote_dots_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="vote_closed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}: {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def shows_results(self) -> bool:
        return not self.is_hidden or not self.is_open


class Ballot(models.Model):
    """The dots of one device in one vote. It knows no person, no address and no time of day."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    # A keyed fingerprint of the device's own cookie and the vote: devices cannot be followed between votes.
    device = models.CharField(max_length=64)
    # Key of a statement (as text) -> dots given to it.
    dots = models.JSONField(_("dots"), default=dict)
    edition = models.PositiveIntegerField(_("sent times"), default=1)

    class Meta:
        ordering = ["vote", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "device"], name="ballot_once_per_device"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.device[:8]}"
