"""Standards and states of packages. Plain data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standard(TextChoices):
    H5P = "h5p", _("H5P")
    SCORM_12 = "scorm12", _("SCORM 1.2")
    SCORM_2004 = "scorm2004", _("SCORM 2004")


# Bytes of the player itself, as sent to a browser that has not met it yet (measured with the pinned versions).
PLAYER_BYTES = {Standard.H5P: 70_000, Standard.SCORM_12: 25_000, Standard.SCORM_2004: 95_000}


class VersionState(TextChoices):
    UNPACKING = "unpacking", _("being unpacked")
    READY = "ready", _("ready")
    BROKEN = "broken", _("could not be unpacked")
