from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Overview(models.Model):
    """All figures of one or more answer sets at one moment: every question, and every question by some groupings.

    It holds figures and the words of the code book in all languages, so that it opens at once and in the reader's
    language. It is no analysis: nobody has chosen or explained anything in it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer_set = models.ForeignKey("surveys.AnswerSet", on_delete=models.PROTECT, related_name="overviews")
    # Sets that are looked at together with it, and then compared as groups.
    together_with = models.ManyToManyField("surveys.AnswerSet", related_name="+")
    groupings = models.JSONField(_("groupings"), default=list)  # codes of columns
    # Codes of the questions that it is about; all where empty.
    about = models.JSONField(_("questions"), default=list)
    figures = models.JSONField(_("figures"), default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("overview")
        verbose_name_plural = _("overviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(figures={}), name="overview_finished_with_figures"
            ),
        ]

    def __str__(self) -> str:
        return str(self.answer_set)
