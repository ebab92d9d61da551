from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Weighting(models.Model):
    """The shares that groups have in the population, by which its answers are weighted.

    It holds what somebody knew and from where, never the weights themselves: those follow from it. It is never
    edited: new shares end it and begin the next one, so that a kept result can name the one it was made with.
    """

    answer_set = models.ForeignKey("surveys.AnswerSet", on_delete=models.PROTECT, related_name="weightings")
    number = models.PositiveSmallIntegerField(_("version"))
    # Each entry: code of the column, and shares or numbers of people by code of the answer.
    margins = models.JSONField(_("shares in the population"))
    source = models.CharField(_("where the shares are from"), max_length=300)
    # No weight may pass this many times the mean.
    limit = models.FloatField(_("largest weight"), null=True, blank=True)
    # As they were when it was made: people who had answered, and how many unweighted answers they are worth.
    answers = models.PositiveIntegerField(_("answers"))
    effective_n = models.FloatField(_("effective number of answers"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("weighting")
        verbose_name_plural = _("weightings")
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "number"], name="weighting_numbered_once"),
            models.UniqueConstraint(
                fields=["answer_set"], condition=Q(ended_at=None), name="weighting_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="weighting_ended_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_set} ({self.number})"
