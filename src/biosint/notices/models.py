from __future__ import annotations

from datetime import time
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.notices.states import Delivery
from biosint.shared import kept

MORNING = time(7, 0)


class Notice(models.Model):
    """One message to one person, shown in the language they read now; a copy may go out by mail.

    It tells of something; it is not the thing. What still waits for the person is computed
    from records, never from unread notices.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=60, default="general")
    # As it was told, in the language of that day: for the mail log and for notices older than ``words``.
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    # {"title": ..., "text": ...} as shared.kept keeps sentences: message and parameters.
    words = models.JSONField(default=dict, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    # News of one bundle is one notice with a count until the person has read it.
    bundle = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=1)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    # Goes out in the reader's next digest after this moment; empty when it goes by itself, or not at all.
    digest_at = models.DateTimeField(_("digest at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "bundle"],
                condition=Q(read_at=None) & ~Q(bundle=""),
                name="notice_unread_once_per_bundle",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["digest_at"],
                condition=Q(read_at=None, mailed_at=None, digest_at__isnull=False),
                name="notice_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The title in the current language."""
        return self._said("title", self.title)

    @property
    def body(self) -> str:
        """The text in the current language."""
        return self._said("text", self.text)

    def _said(self, part: str, told: str) -> str:
        words: dict[str, Any] = self.words
        return kept.read(words[part], count=self.count) if part in words else told


class Preferences(models.Model):
    """How one person wants to hear of news, and when mail may come. Absent: the defaults of each kind."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Code of the kind -> Delivery; kinds left out follow their default.
    deliveries = models.JSONField(_("how you hear of each kind"), default=dict)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest_time = models.TimeField(_("time of the collected mail"), default=MORNING)
    # Monday is 0.
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly mail"), default=0, validators=[MaxValueValidator(6)]
    )

    class Meta:
        verbose_name = _("wishes about notices")
        verbose_name_plural = _("wishes about notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="preferences_quiet_from_and_until_together",
            ),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="preferences_weekday_in_week"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def delivery_of(self, code: str, default: Delivery) -> Delivery:
        """Return how the person hears of a kind; a word that is no longer known counts as not chosen."""
        chosen = self.deliveries.get(code)
        return Delivery(chosen) if chosen in Delivery.values else default
