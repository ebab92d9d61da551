from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import Pairing


class Option(models.Model):
    """A strategic option: what follows when statements from inside meet statements from outside."""

    workshop = models.ForeignKey("situation.Workshop", on_delete=models.CASCADE, related_name="options")
    pairing = models.CharField(_("field of the matrix"), max_length=2, choices=Pairing)
    text = models.CharField(_("option"), max_length=400)
    statements = models.ManyToManyField("situation.Statement", related_name="options")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["workshop", "pairing", "pk"]
        verbose_name = _("strategic option")
        verbose_name_plural = _("strategic options")

    def __str__(self) -> str:
        return self.text


class Objective(models.Model):
    """What shall be reached, measured by what, from where, to where, by when.

    Where an indicator of the bank measures it, the starting figure is read from the last closed round and
    fixed here; nobody types it. Strategies take objectives up; they never change here afterwards.
    """

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="objectives")
    text = models.CharField(_("objective"), max_length=300)
    indicator = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # How it is measured where no indicator of the bank does.
    measure = models.CharField(_("measured by"), max_length=200, blank=True)
    # See Figure; empty where nothing was measured yet.
    baseline = models.JSONField(_("where we start"), default=dict, blank=True)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    due_date = models.DateField(_("by"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["option__workshop", "due_date", "pk"]
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | ~Q(measure=""), name="objective_is_measured"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("situation:objective", args=[self.pk])

    @property
    def measured_by(self) -> str:
        """The indicator, or the measure in words."""
        return str(self.indicator) if self.indicator_id else self.measure
