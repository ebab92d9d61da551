from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    """What works of one course are marked by, as its teachers wrote it.

    It is not what a work got. Once a work is marked with it, only its words may change: its criteria, weights and
    points stand, so that marks of the same rubric stay comparable.
    """

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="rubrics")
    title = models.CharField(_("title"), max_length=120)
    # As ``exchange.rubrics.content_of`` writes it.
    content = models.JSONField(_("criteria and levels"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # The moment of the first work that was marked with it.
    used_at = models.DateTimeField(_("used since"), null=True)
    # Grows with every change: two teachers who write at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        constraints = [
            models.UniqueConstraint(fields=["course", "title"], name="rubric_title_once_per_course"),
        ]

    def __str__(self) -> str:
        return self.title
