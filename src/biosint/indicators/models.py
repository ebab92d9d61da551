from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.indicators.states import BankState, Base, IndicatorKind
from biosint.shared.words import in_language


class BankVersion(models.Model):
    """One set of indicators. Once published it never changes: a correction is a new version.

    Supplied versions belong to no consortium and are open to everyone; a consortium's own are its own.
    """

    consortium = models.ForeignKey(
        "consortium.Consortium", null=True, on_delete=models.PROTECT, related_name="banks"
    )
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("version"), max_length=20, unique=True)
    title = models.JSONField(_("title"))
    state = models.CharField(_("state"), max_length=10, choices=BankState, default=BankState.PUBLISHED)
    # Empty as long as it is a draft.
    published_on = models.DateField(_("published on"), null=True)
    checksum = models.CharField(_("checksum of the file"), max_length=64, blank=True)
    loaded_at = models.DateTimeField(_("begun or loaded at"))
    # Empty when the platform loaded it by itself at set-up.
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("begun or loaded by"),
    )
    # Who published a draft; a file that comes with the platform is published by nobody here.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = [models.F("published_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BankState.DRAFT, published_on=None, checksum="", consortium__isnull=False)
                | Q(state=BankState.PUBLISHED, published_on__isnull=False) & ~Q(checksum=""),
                name="bank_published_when_its_state_says_so",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="bank_published_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title).text

    @property
    def is_draft(self) -> bool:
        return self.state == BankState.DRAFT


class Dimension(models.Model):
    """One side of internationalisation at home, with its weight in the index."""

    bank = models.ForeignKey(BankVersion, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(_("code"), max_length=30)
    order = models.PositiveSmallIntegerField(_("order"))
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    title = models.JSONField(_("title"))
    meaning = models.JSONField(_("meaning"))
    # Counts up with each saving of a draft, so that two people at once notice each other.
    edition = models.PositiveIntegerField(_("saved times"), default=1)

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
    # Counts up with each saving of a draft, so that two people at once notice each other.
    edition = models.PositiveIntegerField(_("saved times"), default=1)

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
