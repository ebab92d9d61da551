from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.indicators.states import Base, IndicatorKind
from biosint.shared.words import in_language


class BankVersion(models.Model):
    """One published set of indicators. It never changes: a correction is a new version."""

    code = models.CharField(_("version"), max_length=20, unique=True)
    title = models.JSONField(_("title"))
    published_on = models.DateField(_("published on"))
    checksum = models.CharField(_("checksum of the file"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))
    # Empty when the platform loaded it by itself at set-up.
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return in_language(self.title).text


class Dimension(models.Model):
    """One side of internationalisation at home, with its weight in the index."""

    bank = models.ForeignKey(BankVersion, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(_("code"), max_length=30)
    order = models.PositiveSmallIntegerField(_("order"))
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    title = models.JSONField(_("title"))
    meaning = models.JSONField(_("meaning"))

    class Meta:
        ordering = ["bank", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="dimension_code_once_in_a_bank"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="dimension_weight_positive"),
        ]

    def __str__(self) -> str:
        return in_language(self.title).text


class Indicator(models.Model):
    """One question to an institution, how its answer is read, and what must prove it.

    It holds no answers: values belong to rounds of the index.
    """

    KINDS: ClassVar = IndicatorKind

    bank = models.ForeignKey(BankVersion, on_delete=models.CASCADE, related_name="indicators")
    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(_("code"), max_length=10)
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=15, choices=IndicatorKind)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    unit = models.JSONField(_("unit"))
    title = models.JSONField(_("title"))
    asks = models.JSONField(_("question"))
    evidence_asked = models.JSONField(_("evidence asked for"))
    # Five descriptions, for kind "level" only.
    levels = models.JSONField(_("levels"), default=list)
    # What is divided by what, for kinds "ratio" and "count per 100" only.
    numerator = models.JSONField(_("what is counted"), default=dict)
    denominator = models.JSONField(_("out of"), default=dict)
    # In the indicator's unit: the figure that earns all points.
    cap = models.DecimalField(_("figure that earns all points"), max_digits=8, decimal_places=2, null=True)
    references = models.JSONField(_("related frameworks"), default=list)
    # Filled for indicators that nobody types: the kind of evidence that is counted for them.
    counted_kind = models.CharField(_("counted from evidence"), max_length=60, blank=True)
    counted_base = models.CharField(_("set against"), max_length=10, choices=Base, blank=True)
    # Quantities from which an answer is "yes" (one step) or reaches level 1 to 4 (four steps).
    counted_steps = models.JSONField(_("steps"), default=list)

    class Meta:
        ordering = ["bank", "dimension__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="indicator_code_once_in_a_bank"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="indicator_weight_positive"),
            models.CheckConstraint(condition=Q(cap=None) | Q(cap__gt=0), name="indicator_cap_positive"),
        ]

    def __str__(self) -> str:
        return in_language(self.title).text

    @property
    def is_counted(self) -> bool:
        """Whether the platform counts evidence for it, so that nobody types the figure."""
        return bool(self.counted_kind)

    @property
    def has_base(self) -> bool:
        """Whether it divides one number by another."""
        return self.kind in {IndicatorKind.RATIO, IndicatorKind.COUNT_PER_100}

    @property
    def full_points_at(self) -> Decimal:
        """The figure, in the indicator's own unit, that earns all points."""
        if self.kind == IndicatorKind.YES_NO:
            return Decimal(1)
        if self.kind == IndicatorKind.LEVEL:
            return Decimal(4)
        return self.cap or Decimal(100)
