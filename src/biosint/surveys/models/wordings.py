from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WordingChange(models.Model):
    """A collection took up corrected words while it ran: the same questions, said better.

    Answers from before and after are read together; whoever doubts it finds here since when and what.
    """

    answer_set = models.ForeignKey(
        "surveys.AnswerSet", on_delete=models.PROTECT, related_name="wording_changes"
    )
    before = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["changed_at", "pk"]
        verbose_name = _("change of wording")
        verbose_name_plural = _("changes of wording")

    def __str__(self) -> str:
        return f"{self.answer_set}: {self.before_id} → {self.after_id}"
