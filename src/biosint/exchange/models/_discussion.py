from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Thread(models.Model):
    """A subject of a discussion, in one course or one team. What is said about it are its contributions.

    It is not a team's own talk (``Post``): that has no subjects and is nobody's task.
    """

    if TYPE_CHECKING:
        contributions: RelatedManager[Contribution]

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="threads")
    # Empty where the whole course discusses together.
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("subject"), max_length=150)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun at"))
    # Kept with every contribution, so that a list of threads reads no contribution.
    contribution_count = models.PositiveIntegerField(_("contributions"), default=0)
    last_at = models.DateTimeField(_("last contribution at"))
    is_pinned = models.BooleanField(_("stays on top"), default=False)
    # Empty while everybody may answer; who and when are set together.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-is_pinned", "-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="thread_closed_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(
                fields=["activity", "team", "-is_pinned", "-last_at", "-id"], name="thread_in_order"
            ),
            # Teachers read the threads of all teams at once.
            models.Index(fields=["activity", "-is_pinned", "-last_at", "-id"], name="thread_of_all_teams"),
        ]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """What somebody wrote in a thread: its opening, or an answer to it. Answers have no answers of their own."""

    if TYPE_CHECKING:
        former: RelatedManager[FormerWords]

    thread = models.ForeignKey("exchange.Thread", on_delete=models.PROTECT, related_name="contributions")
    # The activity of the thread again: what one person did in an activity is counted without reading threads.
    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="+")
    is_opening = models.BooleanField(_("opens the thread"), default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("text"), max_length=10_000)
    # BCP 47; empty: the language of the course.
    language = models.CharField(_("language"), max_length=15, blank=True)
    written_at = models.DateTimeField(_("written at"))
    # Empty until its author changes it; what stood before are its former words.
    edited_at = models.DateTimeField(_("edited at"), null=True)
    # Empty while everybody may read it; who and when are set together.
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    hidden_at = models.DateTimeField(_("hidden at"), null=True)
    hidden_because = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    # Made with the empty form: the same form sent twice is one contribution.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_by=None, hidden_at=None, hidden_because="")
                | (Q(hidden_by__isnull=False, hidden_at__isnull=False) & ~Q(hidden_because="")),
                name="contribution_hidden_by_at_and_reason_together",
            ),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(is_opening=True), name="contribution_opens_once"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "written_at", "id"], name="contribution_in_order"),
            models.Index(fields=["activity", "author"], name="contribution_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FormerWords(models.Model):
    """What stood in a contribution before its author changed it."""

    contribution = models.ForeignKey("exchange.Contribution", on_delete=models.CASCADE, related_name="former")
    text = models.TextField(_("text"), max_length=10_000)
    replaced_at = models.DateTimeField(_("replaced at"))

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Visit(models.Model):
    """When a person was last in a discussion, so that what came since can be marked as new."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The end of the visit before this one: what is later is new.
    new_since = models.DateTimeField(_("new since"), null=True)
    last_at = models.DateTimeField(_("last here at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="visit_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.activity}"
