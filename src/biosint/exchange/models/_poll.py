from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Poll(models.Model):
    """What is known of one poll as a whole. The question stands in its activity, the options in its settings."""

    activity = models.OneToOneField("exchange.Activity", on_delete=models.PROTECT, related_name="poll")
    turnout = models.PositiveIntegerField(_("people who voted"), default=0)
    # Once somebody has seen the counts of an anonymous poll, one more vote would show itself.
    shown_at = models.DateTimeField(_("results shown since"), null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.activity)


class PollCount(models.Model):
    """How many chose one option. Of an anonymous poll this and the turnout are all that is kept."""

    poll = models.ForeignKey("exchange.Poll", on_delete=models.CASCADE, related_name="counts")
    option = models.PositiveSmallIntegerField(_("option"))
    votes = models.PositiveIntegerField(_("votes"), default=0)

    class Meta:
        ordering = ["option"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "option"], name="poll_count_once_per_option"),
        ]

    def __str__(self) -> str:
        return f"{self.poll} – {self.option}: {self.votes}"


class Voter(models.Model):
    """Somebody who has voted. It says nothing about what they chose, nor when."""

    poll = models.ForeignKey("exchange.Poll", on_delete=models.CASCADE, related_name="voters")
    application = models.ForeignKey("exchange.Application", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "application"], name="voter_once_per_poll"),
        ]

    def __str__(self) -> str:
        return f"{self.poll}: {self.application}"


class Ballot(models.Model):
    """What one learner chose in an open poll. An anonymous poll has none."""

    voter = models.ForeignKey("exchange.Voter", on_delete=models.CASCADE, related_name="ballots")
    option = models.PositiveSmallIntegerField(_("option"))

    class Meta:
        ordering = ["option"]
        constraints = [
            models.UniqueConstraint(fields=["voter", "option"], name="ballot_once_per_option"),
        ]

    def __str__(self) -> str:
        return f"{self.voter} – {self.option}"
