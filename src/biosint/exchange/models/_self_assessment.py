from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SelfRating(models.Model):
    """How one learner rates what they can, at one moment of a course. Nobody else sees it, and it is never marked."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="self_ratings")
    application = models.ForeignKey(
        "exchange.Application", on_delete=models.CASCADE, related_name="self_ratings"
    )
    # 0 to 4 for each statement, in their order.
    values = models.JSONField(_("ratings"), default=list)
    rated_at = models.DateTimeField(_("rated at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "application"], name="self_rating_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.application}"


class SelfDistribution(models.Model):
    """What teachers see of self-ratings: how often each value was chosen, taken when five more had rated.

    It stands still between two such moments: from its change nobody learns what a single learner chose.
    """

    activity = models.OneToOneField(
        "exchange.Activity", on_delete=models.PROTECT, related_name="self_distribution"
    )
    people = models.PositiveIntegerField(_("people"), default=0)
    # For each statement five counts, of the values 0 to 4.
    counts = models.JSONField(_("counts"), default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.activity}: {self.people}"
