from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseWords(models.Model):
    """What a course says of itself in one more language. Its own language stands in ``Course``."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("what it is about"), max_length=6000, blank=True)
    # Texts in the order of the course's outcomes; an empty one is not translated yet.
    outcomes = models.JSONField(_("learning outcomes"), default=list, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["course", "language"], name="course_words_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityWords(models.Model):
    """Title and text of an activity in one more language of its course."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=40_000, blank=True)
    # The version of the activity that was translated: a newer one asks for another look.
    of_version = models.PositiveIntegerField(_("translated version"), default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "language"], name="activity_words_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.title
