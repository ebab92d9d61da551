from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ReviewedWork(models.Model):
    """A work that is reviewed in one peer review: that of a team or a learner, or a sample for calibration.

    It is not the work itself (``Product``); of a sample it holds what the teacher wrote and gave.
    """

    if TYPE_CHECKING:
        reviews: RelatedManager[Review]

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="reviewed_works")
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        "exchange.Application", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The version that is reviewed; empty for samples.
    product = models.ForeignKey("exchange.Product", null=True, on_delete=models.PROTECT, related_name="+")
    is_sample = models.BooleanField(_("sample for calibration"), default=False)
    title = models.CharField(_("title"), max_length=150, blank=True)
    text = models.TextField(_("text"), max_length=40_000, blank=True)
    # Code of each criterion -> position of the level that the teacher chose for a sample.
    chosen = models.JSONField(_("the teacher’s levels"), default=dict)
    comment = models.TextField(_("the teacher’s reasons"), max_length=5000, blank=True)
    # Of a sample: what the teacher gave. Of a work: its result, empty until it is released or overruled.
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    spread = models.FloatField(_("spread of the reviews"), null=True)
    overruled_because = models.TextField(_("why a teacher decided otherwise"), max_length=2000, blank=True)
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    overruled_at = models.DateTimeField(_("overruled at"), null=True)
    # Empty until those whose work it is may see the result; who and when are set together.
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(_("released at"), null=True)
    # Grows with every decision of a teacher: two teachers cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-is_sample", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_sample=True, team=None, application=None, product=None)
                | Q(is_sample=False, team__isnull=False, application=None, product__isnull=False)
                | Q(is_sample=False, team=None, application__isnull=False, product__isnull=False),
                name="reviewed_work_of_team_learner_or_sample",
            ),
            models.UniqueConstraint(fields=["activity", "team"], name="reviewed_work_once_per_team"),
            models.UniqueConstraint(
                fields=["activity", "application"], name="reviewed_work_once_per_learner"
            ),
            models.CheckConstraint(
                condition=Q(overruled_by=None, overruled_at=None)
                | Q(overruled_by__isnull=False, overruled_at__isnull=False),
                name="reviewed_work_overruled_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="reviewed_work_released_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.activity}: {self.team or self.application}"


class Reviewer(models.Model):
    """Who reviews in one peer review: a learner, or a team that reviews together."""

    if TYPE_CHECKING:
        reviews: RelatedManager[Review]

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="reviewers")
    application = models.ForeignKey(
        "exchange.Application", null=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, team=None) | Q(application=None, team__isnull=False),
                name="reviewer_is_a_learner_or_a_team",
            ),
            models.UniqueConstraint(fields=["activity", "application"], name="reviewer_once_per_learner"),
            models.UniqueConstraint(fields=["activity", "team"], name="reviewer_once_per_team"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.team or self.application}"


class Review(models.Model):
    """One reviewer's review of one work. Not begun, it is the allocation: it may still move to another work."""

    work = models.ForeignKey("exchange.ReviewedWork", on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("exchange.Reviewer", on_delete=models.CASCADE, related_name="reviews")
    begun_at = models.DateTimeField(_("begun at"), null=True)
    # Code of each criterion -> position of the chosen level, also while it is a draft.
    chosen = models.JSONField(_("chosen levels"), default=dict)
    words = models.TextField(_("what you say to the authors"), max_length=5000, blank=True)
    # Empty while it is a draft; points and moment are set together.
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    version = models.PositiveIntegerField(default=0)
    # What those whose work it is say about the review.
    is_helpful = models.BooleanField(_("helpful"), null=True)
    answer = models.CharField(_("one sentence to the reviewer"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "work"], name="review_once_per_work"),
            models.CheckConstraint(
                condition=Q(points=None, sent_at=None) | Q(points__isnull=False, sent_at__isnull=False),
                name="review_points_and_sent_at_together",
            ),
        ]
        indexes = [models.Index(fields=["work", "sent_at"], name="review_of_work")]

    def __str__(self) -> str:
        return f"{self.reviewer} → {self.work}"
