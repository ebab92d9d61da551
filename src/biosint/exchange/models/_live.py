from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class LiveRoom(models.Model):
    """Where a live session meets. Not among the activity's settings, which are copied into open templates."""

    activity = models.OneToOneField("exchange.Activity", on_delete=models.CASCADE, related_name="live_room")
    link = models.URLField(
        _("link to the meeting room"), max_length=500, validators=[URLValidator(schemes=["https"])]
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.activity)


class Attendance(models.Model):
    """A learner was in a live session. It stays what it is when the plan moves afterwards."""

    activity = models.ForeignKey("exchange.Activity", on_delete=models.PROTECT, related_name="attendances")
    application = models.ForeignKey(
        "exchange.Application", on_delete=models.PROTECT, related_name="attendances"
    )
    # Names the session among several of the activity.
    begins_at = models.DateTimeField(_("session began at"))
    came_at = models.DateTimeField(_("came at"))
    is_late = models.BooleanField(_("came late"), default=False)
    # Empty: the learner said it, with the code of the session.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "begins_at", "application"], name="attendance_once_per_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.begins_at:%Y-%m-%d %H:%M}"
