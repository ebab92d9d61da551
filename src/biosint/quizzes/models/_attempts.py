from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.quizzes.states import AttemptState


class Attempt(models.Model):
    """One person answers a quiz once: the draft while it is open, and afterwards what was sent and judged."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey("quizzes.Quiz", on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    # Came with the button that began it: pressing it twice begins one attempt.
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(_("state"), max_length=4, choices=AttemptState, default=AttemptState.OPEN)
    # Orders of this attempt follow from it (content/orders.py).
    seed = models.CharField(max_length=32, editable=False)
    # [{"version": key of the QuestionVersion, "points": "2"}], in the order shown.
    slots = models.JSONField(default=list)
    # Number of the slot, as text -> answer; see content/answers.py.
    answers = models.JSONField(default=dict)
    # Numbers of the slots that the person wants to look at again.
    flagged = models.JSONField(default=list)
    # Grows with each save; tells whether another tab or device has saved meanwhile.
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(_("started at"))
    # Null: no limit.
    ends_at = models.DateTimeField(_("time is over at"), null=True)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    # What arrived after the time: kept apart, counted only if a teacher decides so.
    late_answers = models.JSONField(default=dict)
    # Number of the slot -> {"share": "50", "by": "teacher", "comment": "…"}; without "share" it waits.
    marks = models.JSONField(default=dict)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2, null=True)
    most_points = models.DecimalField(_("points that could be had"), max_digits=8, decimal_places=2)
    waits_for_marking = models.BooleanField(_("waits for marking"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "person", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["quiz", "person"], condition=Q(state="open"), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", sent_at=None) | Q(state="sent", sent_at__isnull=False),
                name="attempt_sent_at_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["quiz", "state", "sent_at"], name="attempt_of_quiz"),
            models.Index(fields=["quiz", "waits_for_marking"], name="attempt_to_mark"),
            models.Index(fields=["state", "ends_at"], name="attempt_running_out"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}, {self.person_id}, {self.number}"
