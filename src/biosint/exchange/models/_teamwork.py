from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.plans import Plan, plan_from


class TeamPlan(models.Model):
    """What the teachers of a course ask of its teams, and how these stand since they were formed.

    It is not the teams: who is in which is said by ``TeamMember``.
    """

    course = models.OneToOneField("exchange.Course", on_delete=models.CASCADE, related_name="team_plan")
    # The values of ``exchange.plans.Plan``.
    asked = models.JSONField(_("what is asked of teams"), default=dict)
    # Grows with every change of the teams: two teachers at once cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=0)
    # What the last change moved, so that it can be taken back: {"places": {application: team number or null},
    # "left": as below, "asked": as above where it was asked anew}.
    before = models.JSONField(_("before the last change"), null=True)
    # Who left a team since the teams were formed or repaired: [{"application": 7, "number": 2}].
    left = models.JSONField(_("left since"), default=list)
    # Empty until the teams change for the first time; who and when are set together.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"), null=True)
    # The job whose search the teams come from: run again after its worker was killed, it has nothing left to do.
    formed_by_job = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_by=None, changed_at=None)
                | Q(changed_by__isnull=False, changed_at__isnull=False),
                name="team_plan_changed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)

    @property
    def plan(self) -> Plan:
        return plan_from(self.asked)


class Team(models.Model):
    """A few admitted learners of one course who work together, and why just these."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="teams")
    number = models.PositiveIntegerField(_("number"))
    # [{"code": "alone", "parameters": {...}, "people": [application, ...]}]: words are made for each
    # reader in their language, names are looked up.
    reasons = models.JSONField(_("why this team"), default=list)
    # Quarter-hours of the week in UTC in which everybody is free, counted from Monday 00:00.
    common_slots = models.JSONField(_("common hours"), default=list)
    formed_at = models.DateTimeField(_("formed at"))
    # How near the team is to the best that is possible, 0 to 1; empty where nobody has worked it out.
    score = models.FloatField(_("score"), null=True)
    # [{"attribute": "country", "kind": "mix", "score": 0.9}], in the order of the plan.
    wishes = models.JSONField(_("score of each wish"), default=list)
    broken_rules = models.PositiveSmallIntegerField(_("rules that do not hold"), default=0)
    # Forming again keeps everybody of a locked team in it, and nobody else comes in.
    is_locked = models.BooleanField(_("locked"), default=False)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

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
    # Forming again keeps this learner in this team.
    is_locked = models.BooleanField(_("locked"), default=False)

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
