"""The only door of packages for other apps.

A *place* (“exchange.activity:12”) is whatever the app above wants it to be; who may do what there is its own rule.
"""

from biosint.packages.archives import PackageRefused, UnpackedElsewise
from biosint.packages.frames import Frame, admit_frame, can_play, frame_for
from biosint.packages.models import Attempt, PackageVersion
from biosint.packages.operations import (
    AttemptUnknown,
    PackageTooLarge,
    begin,
    hand_in,
    hand_over,
    try_out,
)
from biosint.packages.queries import (
    attempt_at,
    attempts_at,
    newest_version,
    open_archive,
    statements_at,
    trial_at,
    versions_at,
)
from biosint.packages.states import Standard, VersionState

__all__ = [
    "Attempt",
    "AttemptUnknown",
    "Frame",
    "PackageRefused",
    "PackageTooLarge",
    "PackageVersion",
    "Standard",
    "UnpackedElsewise",
    "VersionState",
    "admit_frame",
    "attempt_at",
    "attempts_at",
    "begin",
    "can_play",
    "frame_for",
    "hand_in",
    "hand_over",
    "newest_version",
    "open_archive",
    "statements_at",
    "trial_at",
    "try_out",
    "versions_at",
]
