from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import Opinion


class Review(models.Model):
    """One institution looks at the values of another one in a round. Who reviews whom is planned at its opening."""

    participation = models.OneToOneField(
        "situation.Participation", on_delete=models.CASCADE, related_name="review"
    )
    reviewer = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(_("finished at"), null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["participation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_by=None, finished_at=None)
                | Q(finished_by__isnull=False, finished_at__isnull=False),
                name="review_finished_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} → {self.participation}"


class Remark(models.Model):
    """One opinion of a reviewing institution on one value, or the institution's answer. Nothing is taken back."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion)
    words = models.TextField(_("sentence"), max_length=1000, blank=True)
    # The edition of the value that was looked at; 0 where nothing was given.
    edition = models.PositiveIntegerField(_("edition of the value"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion=Opinion.AGREES) | ~Q(words=""), name="remark_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.get_opinion_display()}"
