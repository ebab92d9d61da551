from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models._book import PERCENT, one_of_two


class Marking(models.Model):
    """What a marker found in one work, of a learner or of a team. The points of each learner are in ``Score``."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="markings")
    application = models.ForeignKey(
        "exchange.Application", null=True, on_delete=models.CASCADE, related_name="markings"
    )
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.CASCADE, related_name="markings")
    # The rubric it was marked by, and code of each criterion -> position of the level; empty without a rubric.
    rubric = models.ForeignKey("exchange.Rubric", null=True, on_delete=models.PROTECT, related_name="+")
    chosen = models.JSONField(_("chosen levels"), default=dict)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, validators=PERCENT)
    comment = models.TextField(_("comment"), max_length=5000, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(_("marked at"))
    # Grows with every change: two markers at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of_two("marking_of_a_learner_or_a_team"),
            models.UniqueConstraint(fields=["activity", "application"], name="marking_once_per_learner"),
            models.UniqueConstraint(fields=["activity", "team"], name="marking_once_per_team"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.team or self.application}"


class Deviation(models.Model):
    """One learner gets more or fewer points than the team, for a reason."""

    marking = models.ForeignKey("exchange.Marking", on_delete=models.CASCADE, related_name="deviations")
    application = models.ForeignKey(
        "exchange.Application", on_delete=models.CASCADE, related_name="deviations"
    )
    points = models.DecimalField(
        _("points more or fewer"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(-100)), MaxValueValidator(Decimal(100))],
    )
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["marking", "application"], name="deviation_once_per_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.points:+}"


class AtWork(models.Model):
    """Somebody has a work open to mark it, so that a colleague does not mark it at the same time."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="+")
    # Of the work, as ``queries.marking`` makes it.
    code = models.CharField(max_length=16)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "code", "person"], name="at_work_once_per_work"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.person}"


class Phrase(models.Model):
    """Words that a marker often writes, kept for the next work. They belong to the marker alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("text"), max_length=500)
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        ordering = ["text", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="phrase_once_per_person")]

    def __str__(self) -> str:
        return self.text[:60]
