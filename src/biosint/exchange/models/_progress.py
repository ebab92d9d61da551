from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import ScoreSource


class Progress(models.Model):
    """What one learner has done in one activity. It says that it was done, not how well."""

    application = models.ForeignKey("exchange.Application", on_delete=models.CASCADE, related_name="progress")
    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="progress")
    # When the newest work arrived; empty where the activity takes none.
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    # Empty while something is still missing, such as the second answer in a discussion.
    done_at = models.DateTimeField(_("done at"), null=True)
    is_late = models.BooleanField(_("late"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "activity"], name="progress_once_per_activity"),
        ]
        indexes = [models.Index(fields=["activity", "done_at"], name="progress_of_activity")]

    def __str__(self) -> str:
        return f"{self.application}: {self.activity}"


class Reminder(models.Model):
    """That a learner was reminded of one due date; a date that is moved is another one."""

    application = models.ForeignKey(
        "exchange.Application", on_delete=models.CASCADE, related_name="reminders"
    )
    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "activity", "due_at"], name="reminder_once_per_due_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.activity}"


class Score(models.Model):
    """Points of one learner for one activity, 0 to 100. The final ``Mark`` of the course is another thing."""

    application = models.ForeignKey("exchange.Application", on_delete=models.PROTECT, related_name="scores")
    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    source = models.CharField(_("given by"), max_length=8, choices=ScoreSource)
    comment = models.TextField(_("comment"), max_length=5000, blank=True)
    # Empty where no person gave it.
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))
    # Grows with every change: two teachers who mark at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "activity"], name="score_once_per_activity"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="score_from_0_to_100"),
        ]
        indexes = [models.Index(fields=["activity", "application"], name="score_of_activity")]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"
