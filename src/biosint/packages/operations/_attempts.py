from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.packages.models import Attempt, Package, PackageVersion
from biosint.packages.states import VersionState
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from biosint.people.api import Person


class AttemptUnknown(Fault):
    """There is nothing to play at this place yet."""


@transaction.atomic
def begin(*, place: str, by: Person, at: datetime, anew: bool = False, attempts: int = 0) -> Attempt:
    """Return the attempt a person works on, beginning the first where there is none. The caller decides who may.

    Args:
        anew: begin another attempt once the last is done, with the newest version.
        attempts: how many there may be at most; 0 for any number.

    Raises:
        AttemptUnknown: no version is ready to be played.
    """
    package = Package.objects.select_for_update().filter(place=place).first()
    last = package.attempts.filter(person=by, is_trial=False).order_by("-number").first() if package else None
    if last is not None:
        # Pressed twice, the second press finds a fresh attempt that is not done.
        may_begin = anew and last.done_at is not None and (not attempts or last.number < attempts)
        if not may_begin:
            return last
    version = _newest(place)
    attempt = Attempt.objects.create(
        package=version.package,
        version=version,
        person=by,
        number=last.number + 1 if last else 1,
        started_at=at,
    )
    audit.record("packages.attempt.begun", attempt, by=by, at=at, place=place, number=attempt.number)
    return attempt


@transaction.atomic
def try_out(*, place: str, by: Person, at: datetime) -> Attempt:
    """Begin a teacher's trial of the newest version anew; an earlier trial and all it left is forgotten.

    Raises:
        AttemptUnknown: no version is ready to be played.
    """
    version = _newest(place)
    Package.objects.select_for_update().get(pk=version.package_id)
    Attempt.objects.filter(package=version.package_id, person=by, is_trial=True).delete()
    return Attempt.objects.create(
        package=version.package, version=version, person=by, is_trial=True, started_at=at
    )


def _newest(place: str) -> PackageVersion:
    version = (
        PackageVersion.objects.filter(package__place=place, state=VersionState.READY)
        .select_related("package")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise AttemptUnknown(_("There is no package here yet that can be opened. Try again later."))
    return version
