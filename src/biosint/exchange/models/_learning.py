from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import ApplicationState, Grade


class Application(models.Model):
    """A learner's request to join one course.

    It records the decision, not the learner's later work: marks and credits belong to ``Mark``
    and ``Completion``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("exchange.Course", on_delete=models.PROTECT, related_name="applications")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    # The learner's institution when they applied; empty for people who belong to none here.
    institution = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    motivation = models.TextField(_("why you want to join"), max_length=1000, blank=True)
    # [{"kind": "year", "asked": "...", "said": "..."}], in the words of the day they applied.
    answers = models.JSONField(_("answers"), default=list, blank=True)
    # Why they should have a place although they fall short of a requirement.
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState, default=ApplicationState.SUBMITTED
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    # Whoever waits longest is first; set while, and after, somebody is on the waiting list.
    waiting_since = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    # Set exactly while a place is offered.
    offered_until = models.DateTimeField(_("place kept until"), null=True, blank=True)
    # Empty until somebody decides; who and when are set together.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "learner"], name="application_once_per_course"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="application_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.OFFERED, offered_until__isnull=False)
                | (~Q(state=ApplicationState.OFFERED) & Q(offered_until=None)),
                name="application_offered_until_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["course", "state", "institution"], name="application_places"),
            models.Index(
                fields=["offered_until"],
                condition=Q(state=ApplicationState.OFFERED),
                name="application_offers_to_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} – {self.course}"


class Mark(models.Model):
    """Points of one learner in one course, given by a teacher. The letter follows from the points."""

    application = models.OneToOneField("exchange.Application", on_delete=models.PROTECT, related_name="mark")
    points = models.PositiveSmallIntegerField(
        _("points"), validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(_("marked at"))
    # Grows with every change: two teachers who mark at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(points__lte=100), name="mark_at_most_100")]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"


class Completion(models.Model):
    """A learner passed a course: the fact that credits, credentials and figures rest on. Never edited."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(
        "exchange.Application", on_delete=models.PROTECT, related_name="completion"
    )
    # Where it counts: the learner's own institution, or the host for people from outside.
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("points"))
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    ects = models.DecimalField(_("ECTS credits"), max_digits=4, decimal_places=1)
    completed_at = models.DateTimeField(_("completed at"))
    credential = models.OneToOneField(
        "credentials.Credential", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-completed_at", "-pk"]
        indexes = [models.Index(fields=["institution", "-completed_at"], name="completion_of_institution")]

    def __str__(self) -> str:
        return str(self.application)
