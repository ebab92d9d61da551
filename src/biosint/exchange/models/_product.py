from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Product(models.Model):
    """One version of a work that was handed in, by a team or by one learner. Earlier versions stay.

    It belongs to an activity, or to the course as a whole where ``activity`` is empty. It is not what the work got.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Empty: the one work of a team that the course as a whole asks for.
    activity = models.ForeignKey(
        "exchange.Activity", null=True, on_delete=models.PROTECT, related_name="products"
    )
    # Whose work it is: either of these two.
    team = models.ForeignKey("exchange.Team", null=True, on_delete=models.PROTECT, related_name="products")
    application = models.ForeignKey(
        "exchange.Application", null=True, on_delete=models.PROTECT, related_name="products"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("your work"), max_length=40_000, blank=True)
    link = models.URLField(_("link to your work"), max_length=500, blank=True)
    files = models.ManyToManyField("files.StoredFile", related_name="+")
    # Who took part in this version, as whoever handed it in said.
    contributors = models.ManyToManyField("exchange.Application", related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(_("handed in at"))
    # Against the latest due time of those whose work it is; judged anew when they get more time.
    is_late = models.BooleanField(_("late"), default=False)
    # SHA-256 of what was handed in (``exchange.receipts``); empty where no receipt was given.
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    # Made with the empty form: the same form sent twice is one version.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, application=None)
                | Q(team=None, application__isnull=False, activity__isnull=False),
                name="product_of_a_team_or_a_learner",
            ),
            models.UniqueConstraint(
                fields=["team", "number"],
                condition=Q(activity=None),
                name="product_version_once_per_team",
            ),
            models.UniqueConstraint(
                fields=["activity", "team", "number"], name="product_version_once_per_team_and_activity"
            ),
            models.UniqueConstraint(
                fields=["activity", "application", "number"], name="product_version_once_per_learner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team or self.application} – {self.number}"


class WorkPad(models.Model):
    """The text that a team writes together for one activity. What was handed in of it stands in ``Product``."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("exchange.Team", on_delete=models.CASCADE, related_name="+")
    pad = models.OneToOneField("pads.Pad", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "team"], name="work_pad_once_per_team_and_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} – {self.team}"
