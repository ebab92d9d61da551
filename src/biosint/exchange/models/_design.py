from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import Licence, PlanVerb


class PlanChange(models.Model):
    """One change of the joint plan of a course, so that colleagues can read it and take it back.

    It is not the audit trail, which outlives the course; it is a page of the teachers.
    """

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="plan_changes")
    # Empty where a change touched the whole plan.
    activity = models.ForeignKey(
        "exchange.Activity", null=True, on_delete=models.CASCADE, related_name="plan_changes"
    )
    what = models.CharField(_("what was done"), max_length=12, choices=PlanVerb)
    # As the activity, the template or the version was called then.
    title = models.CharField(_("title"), max_length=200)
    # [{"field": "due_at", "before": "2026-03-02T19:00:00+00:00", "after": null}], plain values.
    fields = models.JSONField(_("from what to what"), default=list)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))
    # Made with the empty form: the same form sent twice is one change.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        indexes = [models.Index(fields=["course", "-id"], name="plan_change_newest_first")]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_what_display()}"


class PlanVersion(models.Model):
    """The plan of a course as it stood at one moment, kept under a name. Never changed."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    # [{"activity": 7, ...}]: the steps (``exchange.steps.Step``) in order, each with the activity it was.
    steps = models.JSONField(_("steps"), default=list)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("kept at"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="plan_version_once_per_course"),
        ]

    def __str__(self) -> str:
        return self.name


class OpenTemplate(models.Model):
    """A plan that its authors gave to everybody under an open licence. Its steps never change."""

    slug = models.SlugField(_("address word"), max_length=90, unique=True)
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("what it is for"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    hours = models.DecimalField(_("hours of work"), max_digits=6, decimal_places=1)
    licence = models.CharField(_("licence"), max_length=16, choices=Licence, default=Licence.CC_BY)
    # [{"name": "…", "institution": "…"}], as they stood when it was published.
    authors = models.JSONField(_("authors"), default=list)
    # What it builds on: [{"title", "authors", "licence", "slug"}]; carried along for ever.
    builds_on = models.JSONField(_("builds on"), default=list)
    outcomes = models.JSONField(_("learning outcomes"), default=list)
    steps = models.JSONField(_("steps"), default=list)
    course = models.ForeignKey("exchange.Course", on_delete=models.PROTECT, related_name="open_templates")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"))
    # Withdrawn, nobody finds it any more; who took it over keeps it. Who and when are set together.
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("open template")
        verbose_name_plural = _("open templates")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="open_template_withdrawn_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["withdrawn_at", "-published_at"], name="open_template_newest_first")]

    def __str__(self) -> str:
        return self.title


class PlanSource(models.Model):
    """A course took an open template over: whom it owes the plan to."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="plan_sources")
    template = models.ForeignKey("exchange.OpenTemplate", on_delete=models.PROTECT, related_name="taken_by")
    taken_at = models.DateTimeField(_("taken over at"))

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "template"], name="plan_source_once_per_course"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.template}"


def new_word() -> str:
    """Return a word that nobody guesses: 32 letters, 192 random bits."""
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """The secret address at which one person's calendar reads the days of one course."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="calendar_feeds")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("secret word"), max_length=40, unique=True, default=new_word)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="calendar_feed_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"
