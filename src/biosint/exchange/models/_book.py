from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class ActivityGroup(models.Model):
    """Activities of a course of which not all count: the weakest are dropped, or only the best count."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="activity_groups")
    title = models.CharField(_("title"), max_length=80)
    drop_lowest = models.PositiveSmallIntegerField(_("how many of the weakest do not count"), default=0)
    # Empty: all count, less those dropped.
    best_of = models.PositiveSmallIntegerField(_("how many of the best count"), null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "title"], name="activity_group_title_once_per_course"),
            models.CheckConstraint(
                condition=Q(best_of=None) | Q(best_of__gte=1, drop_lowest=0), name="activity_group_one_rule"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MarkingPlan(models.Model):
    """How works of one activity are marked, and when learners see it. No plan: by points alone, not released."""

    activity = models.OneToOneField(
        "exchange.Activity", on_delete=models.CASCADE, related_name="marking_plan"
    )
    rubric = models.ForeignKey(
        "exchange.Rubric",
        verbose_name=_("rubric"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    group = models.ForeignKey(
        "exchange.ActivityGroup",
        verbose_name=_("group of which not all count"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plans",
    )
    is_anonymous = models.BooleanField(_("hide names from markers until marks are released"), default=False)
    # Empty until learners may see marks and feedback; who and when are set together.
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(_("released at"), null=True)
    # Learners are told in the order of their applications; those up to this key have been.
    told_up_to = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="marking_plan_released_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)


class LateRule(models.Model):
    """What late work costs in a course. No rule: nothing."""

    course = models.OneToOneField("exchange.Course", on_delete=models.CASCADE, related_name="late_rule")
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes after the due time that cost nothing"), default=0, validators=[MaxValueValidator(10_080)]
    )
    points_per_day = models.DecimalField(
        _("points lost for each day that has begun"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=PERCENT,
    )
    at_most = models.DecimalField(
        _("points lost at most"), max_digits=5, decimal_places=2, default=Decimal(100), validators=PERCENT
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.course)


def one_of_two(name: str) -> models.CheckConstraint:
    """Return a constraint: a learner or a team, never both, never neither."""
    return models.CheckConstraint(
        condition=Q(application__isnull=False, team=None) | Q(application=None, team__isnull=False), name=name
    )


class Extension(models.Model):
    """More time for one learner or one team in one activity, given beforehand or afterwards."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="extensions")
    application = models.ForeignKey(
        "exchange.Application", null=True, on_delete=models.CASCADE, related_name="extensions"
    )
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.CASCADE, related_name="extensions")
    until_at = models.DateTimeField(_("new due time"))
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of_two("extension_of_a_learner_or_a_team"),
            models.UniqueConstraint(fields=["activity", "application"], name="extension_once_per_learner"),
            models.UniqueConstraint(fields=["activity", "team"], name="extension_once_per_team"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.until_at:%Y-%m-%d %H:%M}"


class Excuse(models.Model):
    """One activity does not count for one learner, for a reason."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="excuses")
    application = models.ForeignKey("exchange.Application", on_delete=models.CASCADE, related_name="excuses")
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "application"], name="excuse_once_per_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.activity}"
