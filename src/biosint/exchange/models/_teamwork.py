from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A few admitted learners of one course who work together, and why just these."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="teams")
    number = models.PositiveSmallIntegerField(_("number"))
    # [{"code": "alone", "parameters": {...}, "people": [application, ...]}]: words are made for each
    # reader in their language, names are looked up.
    reasons = models.JSONField(_("why this team"), default=list)
    # Quarter-hours of the week in UTC in which everybody is free, counted from Monday 00:00.
    common_slots = models.JSONField(_("common hours"), default=list)
    formed_at = models.DateTimeField(_("formed at"))

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="team_number_once_per_course"),
        ]

    def __str__(self) -> str:
        return f"{self.course} – {self.number}"


class TeamMember(models.Model):
    """An admitted learner's place in a team."""

    team = models.ForeignKey("exchange.Team", on_delete=models.CASCADE, related_name="members")
    application = models.OneToOneField(
        "exchange.Application", on_delete=models.CASCADE, related_name="membership"
    )

    class Meta:
        ordering = ["application__learner__name", "pk"]

    def __str__(self) -> str:
        return f"{self.application.learner} – {self.team}"


class Post(models.Model):
    """Something a team member or teacher wrote to the team."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("text"), max_length=5000)
    posted_at = models.DateTimeField(_("posted at"))
    # Made with the empty form: the same form sent twice is one post.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["posted_at", "pk"]
        indexes = [models.Index(fields=["team", "posted_at"], name="post_in_order")]

    def __str__(self) -> str:
        return self.text[:60]


class Product(models.Model):
    """One version of what a team hands in. Earlier versions stay."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="products")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("your work"), max_length=40_000, blank=True)
    link = models.URLField(_("link to your work"), max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(_("handed in at"))
    # Made with the empty form: the same form sent twice is one version.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="product_version_once_per_team"),
        ]

    def __str__(self) -> str:
        return f"{self.team} – {self.number}"
