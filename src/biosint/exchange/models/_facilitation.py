from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import InterventionKind

PERSON = settings.AUTH_USER_MODEL


class Facilitation(models.Model):
    """A person accompanies teams of a course without teaching it: sees rooms, pulse and contributions, no marks."""

    course = models.ForeignKey("exchange.Course", on_delete=models.PROTECT, related_name="facilitations")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="facilitations")
    # Which teams; none named: every team of the course.
    teams = models.ManyToManyField("exchange.Team", related_name="facilitations", blank=True)
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"))
    ended_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"], condition=Q(ended_at=None), name="facilitation_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="facilitation_ended_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"


class Intervention(models.Model):
    """What a teacher or facilitator did for a team, and when to look again. The team never sees it."""

    team = models.ForeignKey("exchange.Team", on_delete=models.PROTECT, related_name="interventions")
    # With whom; empty: with the whole team.
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=InterventionKind)
    text = models.TextField(_("note"), max_length=2000, blank=True)
    noted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted at"))
    follow_up_date = models.DateField(_("look again on"), null=True, blank=True)
    # Set when somebody looked again.
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="intervention_closed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} – {self.get_kind_display()}"
