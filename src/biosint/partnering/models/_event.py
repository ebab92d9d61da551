from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.partnering.states import Outcome

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class MatchingEvent(models.Model):
    """Teachers meet in short talks of two, round after round, in one meeting room with side rooms.

    It is not a live session of a course: nobody learns or is marked here.
    """

    if TYPE_CHECKING:
        registrations: RelatedManager[Registration]
        meetings: RelatedManager[Meeting]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what it is about"), max_length=3000, blank=True)
    subject = models.CharField(_("subject"), max_length=4, blank=True)
    host = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("begins at"))
    rounds = models.PositiveSmallIntegerField(
        _("rounds"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes of a round"), default=12, validators=[MinValueValidator(3), MaxValueValidator(60)]
    )
    meeting_url = models.URLField(_("link to the meeting room"), max_length=500)
    # None: teachers of every institution may come.
    institutions = models.ManyToManyField(
        "institutions.Institution", related_name="+", blank=True, verbose_name=_("who may come")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Empty until the plan of tables is made; who and when are set together.
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField(_("planned at"), null=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_by=None, planned_at=None)
                | Q(planned_by__isnull=False, planned_at__isnull=False),
                name="matching_event_planned_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["-starts_at"], name="matching_event_by_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnering:event", args=[self.public_id])

    def round_starts_at(self, number: int) -> datetime:
        """Return when a round begins, counted from 1; rounds follow each other without a pause."""
        return self.starts_at + timedelta(minutes=self.minutes * (number - 1))

    @property
    def ends_at(self) -> datetime:
        return self.round_starts_at(self.rounds + 1)


class Registration(models.Model):
    """A teacher comes to a matching event, and says what they bring and seek."""

    event = models.ForeignKey(MatchingEvent, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=4)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    brings = models.CharField(_("what I bring"), max_length=500)
    seeks = models.CharField(_("what I seek"), max_length=500)
    registered_at = models.DateTimeField(_("registered at"))

    class Meta:
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="registration_once_per_matching_event"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.event}"


class Meeting(models.Model):
    """One short talk of two at a table in a round, and what came of it."""

    event = models.ForeignKey(MatchingEvent, on_delete=models.CASCADE, related_name="meetings")
    round = models.PositiveSmallIntegerField(_("round"))
    table = models.PositiveSmallIntegerField(_("table"))
    # The one who registered first is always the first: so a pair stands once.
    first = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=8, choices=Outcome, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted at"), null=True)

    class Meta:
        ordering = ["round", "table", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "round", "table"], name="meeting_once_at_a_table"),
            models.UniqueConstraint(fields=["first", "second"], name="meeting_once_for_a_pair"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="meeting_of_two"),
            models.CheckConstraint(
                condition=Q(noted_by=None, noted_at=None) | Q(noted_by__isnull=False, noted_at__isnull=False),
                name="meeting_noted_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.round}/{self.table}"
