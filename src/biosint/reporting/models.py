from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.reporting.states import ReportState


class Report(models.Model):
    """A periodic report of a consortium: words by people, figures counted from evidence.

    While it is a draft its figures are counted anew whenever it is opened; once final, the
    snapshot keeps every figure together with the evidence it was counted from.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey("consortium.Consortium", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    since_date = models.DateField(_("first day of the period"))
    until_date = models.DateField(_("last day of the period"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=6, choices=ReportState, default=ReportState.DRAFT)
    summary = models.TextField(_("summary"), max_length=8000, blank=True)
    deviations = models.TextField(
        _("what went otherwise than planned, and what was done"), max_length=8000, blank=True
    )
    outlook = models.TextField(_("what comes next"), max_length=8000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Counts every change of the words, so that two writers notice each other.
    revision = models.PositiveIntegerField(default=1)
    snapshot = models.JSONField(_("figures as they were reported"), null=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finalised_at = models.DateTimeField(_("made final at"), null=True)

    class Meta:
        ordering = ["-until_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "title"], name="report_title_once_per_consortium"),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("since_date")), name="report_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(finalised_by=None, finalised_at=None, snapshot=None)
                | Q(finalised_by__isnull=False, finalised_at__isnull=False, snapshot__isnull=False),
                name="report_finalised_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["consortium", "-until_date"], name="report_of_consortium")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reporting:report", args=[self.public_id])
