from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.jobs.states import OPEN, JobState


class Job(models.Model):
    """One piece of work to be done outside a page, for one person or for the platform itself.

    It records how far the work is, not what it made: ``result`` holds at most a link and a sentence.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("task"), max_length=80)
    arguments = models.JSONField(_("arguments"), default=dict)
    # Two open jobs of one name never have the same key: asking twice is asking once.
    key = models.CharField(_("key"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    # None: the platform works for itself.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    enqueued_at = models.DateTimeField(_("asked for at"))
    due_at = models.DateTimeField(_("not before"))
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"))

    # Who runs it now. A worker that lost its lease (it was thought dead) can no longer write here.
    lease = models.UUIDField(null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)

    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    step = models.CharField(_("step"), max_length=200, blank=True)
    result = models.JSONField(_("result"), null=True)
    failure = models.TextField(_("what went wrong"), blank=True)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancel_requested_at = models.DateTimeField(_("cancelling asked for at"), null=True)

    class Meta:
        ordering = ["-enqueued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=~Q(key="") & Q(state__in=OPEN),
                name="job_open_once_per_key",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease=None)),
                name="job_has_a_lease_while_running",
            ),
            # The person may be erased later, so only the moment is bound.
            models.CheckConstraint(
                condition=Q(cancel_requested_by=None) | Q(cancel_requested_at__isnull=False),
                name="job_cancel_requested_by_with_at",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="job_next_due"),
            models.Index(fields=["owner", "-enqueued_at"], name="job_of_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class Rhythm(models.Model):
    """When a periodic task is asked for next. What is done each time stands in ``Job``."""

    name = models.CharField(_("task"), max_length=80, unique=True)
    next_at = models.DateTimeField(_("next at"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker that has shown itself: what ``biosint doctor`` looks at. Not a lease on any job."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        ordering = ["-seen_at", "pk"]

    def __str__(self) -> str:
        return self.name
