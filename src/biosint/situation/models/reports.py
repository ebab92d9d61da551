from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import ReportState


class SituationReport(models.Model):
    """What a situation analysis found, as a paper in one language: of one institution or the whole consortium.

    It names what it is made of (analyses, rounds) and holds the words people write around the figures. The
    parts themselves are made by a job; those of a final report never change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consortium = models.ForeignKey(
        "consortium.Consortium", on_delete=models.PROTECT, related_name="situation_reports"
    )
    # Empty: the report is about all members.
    institution = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    authors = models.TextField(_("authors"), max_length=1000, blank=True)
    analyses = models.ManyToManyField("situation.Analysis", related_name="+", verbose_name=_("analyses"))
    workshop = models.ForeignKey(
        "situation.Workshop",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("SWOT workshop"),
    )
    round = models.ForeignKey(
        "situation.Round",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("round of the index"),
    )
    earlier_round = models.ForeignKey(
        "situation.Round",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("round before"),
    )
    words = models.JSONField(_("words"), default=dict)  # section of ReportWords -> Markdown
    # Counts up with each saving, so that two people writing at once notice each other.
    revision = models.PositiveIntegerField(_("saved times"), default=1)
    # The parts as last made (gateways.papers.as_plain), and from which revision of the words.
    paper = models.JSONField(_("paper"), null=True)
    made_at = models.DateTimeField(_("made at"), null=True)
    made_of = models.PositiveIntegerField(_("made of saving"), null=True)
    # Code book, descriptions and values, to work every figure out again: open to everybody who reads the report.
    bundle = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    # The same with single answers: for those who may take them out. None where it would be too large.
    data = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finalised_at = models.DateTimeField(_("finalised at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("situation report")
        verbose_name_plural = _("situation reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(finalised_by=None, finalised_at=None)
                | Q(finalised_by__isnull=False, finalised_at__isnull=False),
                name="situation_report_finalised_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="situation_report_published_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, finalised_at=None, published_at=None)
                | Q(state=ReportState.FINAL, finalised_at__isnull=False, made_at__isnull=False),
                name="situation_report_final_is_made_and_dated",
            ),
            models.CheckConstraint(
                condition=Q(earlier_round=None) | (Q(round__isnull=False) & ~Q(round=F("earlier_round"))),
                name="situation_report_compares_two_rounds",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:report", args=[self.public_id])

    @property
    def is_final(self) -> bool:
        return self.state == ReportState.FINAL

    @property
    def is_stale(self) -> bool:
        """Whether words were saved since the paper was made, or it was never made."""
        return self.made_of != self.revision
