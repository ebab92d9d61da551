from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import RoundState


def _midnight(day: date) -> datetime:
    # In the zone of the installation, not of the reader: everybody counts the same evidence.
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


class Round(models.Model):
    """One measuring of the index in a consortium: the same indicators, the same period, everywhere.

    It fixes the bank version and the formula when it is drafted. A closed round never changes.
    """

    consortium = models.ForeignKey("consortium.Consortium", on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=120)
    period_from = models.DateField(_("first day of the period"))
    period_until = models.DateField(_("last day of the period"))
    is_baseline = models.BooleanField(_("baseline"), default=False)
    bank = models.ForeignKey("indicators.BankVersion", on_delete=models.PROTECT, related_name="+")
    formula = models.ForeignKey("situation.FormulaVersion", on_delete=models.PROTECT, related_name="+")
    # Whether each institution's values are reviewed by another one before the board closes the round.
    peer_review = models.BooleanField(_("reviewed by peers"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.DRAFT)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # What the board said about what was still missing or disputed.
    closing_words = models.TextField(_("words of the board"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-period_until", "-pk"]
        verbose_name = _("round of the index")
        verbose_name_plural = _("rounds of the index")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "title"], name="round_title_once_in_a_consortium"),
            models.UniqueConstraint(
                fields=["consortium"], condition=Q(is_baseline=True), name="round_one_baseline"
            ),
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")), name="round_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None, opened_at=None)
                | Q(opened_by__isnull=False, opened_at__isnull=False),
                name="round_opened_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="round_closed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.CLOSED, closed_at__isnull=False)
                | Q(state__in=[RoundState.DRAFT, RoundState.OPEN], closed_at=None),
                name="round_closed_when_its_state_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def since(self) -> datetime:
        """The first moment of the period."""
        return _midnight(self.period_from)

    @property
    def until(self) -> datetime:
        """The first moment after the period: evidence counts up to it, without it."""
        return _midnight(self.period_until + timedelta(days=1))


class Participation(models.Model):
    """One institution's part in one round; its result is written once, when the round closes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    # In points from 0 to 100. Empty until the round closes, and after it where too much is missing.
    index = models.FloatField(_("index"), null=True)
    low = models.FloatField(_("index, lower end"), null=True)
    high = models.FloatField(_("index, upper end"), null=True)
    answered = models.PositiveSmallIntegerField(_("indicators answered"), null=True)
    # Per dimension: code, weight, value, low, high, indicators, answered, missing (codes).
    dimensions = models.JSONField(_("dimensions"), default=list)
    # Said once: from then on the reviewing institution looks at the values.
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Codes of indicators, written when the round closes: still disputed, and never looked at by the reviewer.
    disputed = models.JSONField(_("disputed when the round closed"), default=list)
    unreviewed = models.JSONField(_("not reviewed when the round closed"), default=list)

    class Meta:
        ordering = ["institution__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "institution"], name="participation_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(index=None) | Q(index__gte=0, index__lte=100), name="participation_index_in_range"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_by=None, handed_in_at=None)
                | Q(handed_in_by__isnull=False, handed_in_at__isnull=False),
                name="participation_handed_in_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}, {self.round}"


class Value(models.Model):
    """What one institution answered to one indicator in one round.

    For an indicator that the platform counts, the counted figure is written when the round closes;
    until then at most the typed denominator stands here.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="values")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    # Yes/no as 1 or 0, or a level; the parts of a ratio or count stand in the next two.
    answer = models.DecimalField(_("answer"), max_digits=3, decimal_places=1, null=True)
    numerator = models.DecimalField(_("what is counted"), max_digits=14, decimal_places=3, null=True)
    denominator = models.DecimalField(_("out of"), max_digits=14, decimal_places=3, null=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    evidence_url = models.CharField(_("evidence"), max_length=500, blank=True)
    evidence_file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counts up with each saving, so that two people filling in at once notice each other.
    edition = models.PositiveIntegerField(_("saved times"), default=1)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    filled_at = models.DateTimeField(_("filled in at"))

    class Meta:
        ordering = ["participation", "indicator__dimension__order", "indicator__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "indicator"], name="value_once_per_indicator"),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gt=Decimal(0)),
                name="value_denominator_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.indicator}"


class FormerValue(models.Model):
    """What stood in a value before somebody saved another answer. It never changes and is never removed."""

    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="former")
    edition = models.PositiveIntegerField(_("saved times"))
    answer = models.DecimalField(_("answer"), max_digits=3, decimal_places=1, null=True)
    numerator = models.DecimalField(_("what is counted"), max_digits=14, decimal_places=3, null=True)
    denominator = models.DecimalField(_("out of"), max_digits=14, decimal_places=3, null=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    evidence_url = models.CharField(_("evidence"), max_length=500, blank=True)
    evidence_file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    filled_at = models.DateTimeField(_("filled in at"))

    class Meta:
        ordering = ["value", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["value", "edition"], name="former_value_once_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.edition})"
