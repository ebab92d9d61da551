from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Max, QuerySet

from biosint.packages import shelf
from biosint.packages.models import Attempt, PackageFile, PackageVersion, Statement
from biosint.packages.states import VersionState

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person


def newest_version(place: str) -> PackageVersion | None:
    """Return what learners who begin now will play, or None."""
    return versions_at(place).filter(state=VersionState.READY).first()


def versions_at(place: str) -> QuerySet[PackageVersion]:
    """Return all versions ever handed in at a place, the newest first."""
    return (
        PackageVersion.objects.filter(package__place=place).select_related("uploaded_by").order_by("-number")
    )


def open_archive(version: PackageVersion) -> File[bytes]:
    """Open the package as it was handed in; close it after use."""
    return shelf.open_kept(version.sha256)


def attempt_at(place: str, person: Person) -> Attempt | None:
    """Return the attempt that a person began last."""
    return (
        Attempt.objects.filter(package__place=place, person=person, is_trial=False)
        .select_related("version", "package")
        .order_by("-number")
        .first()
    )


def trial_at(place: str, person: Person) -> Attempt | None:
    return (
        Attempt.objects.filter(package__place=place, person=person, is_trial=True)
        .select_related("version", "package")
        .first()
    )


def attempt_of(attempt_id: int) -> Attempt | None:
    return Attempt.objects.select_related("version", "person").filter(pk=attempt_id).first()


def attempts_at(place: str) -> QuerySet[Attempt]:
    """Return everybody's attempts, without trials: by name, then by number."""
    return (
        Attempt.objects.filter(package__place=place, is_trial=False)
        .select_related("person", "version")
        .order_by("person__name", "person", "number")
    )


def best_points(package_id: int, person_id: int) -> Decimal | None:
    found = Attempt.objects.filter(package=package_id, person=person_id, is_trial=False).aggregate(
        best=Max("points")
    )
    best: Decimal | None = found["best"]
    return best


def file_at(version_id: int, path: str) -> PackageFile | None:
    """Return the file of that path; where there is none, the one whose name differs in capitals alone."""
    near = list(PackageFile.objects.filter(version=version_id, folded=path.casefold())[:20])
    return next((file for file in near if file.path == path), near[0] if near else None)


def statements_at(place: str) -> Iterator[dict[str, Any]]:
    """Yield what packages told about everybody, as xAPI statements, one attempt after the other.

    A package without statements of its own (SCORM) gives one that says how the attempt stands.
    """
    own = (
        Statement.objects.filter(attempt__package__place=place, attempt__is_trial=False)
        .select_related("attempt__person", "attempt__version")
        .order_by("attempt__person__name", "attempt", "pk")
    )
    for statement in own.iterator(500):
        yield {
            **{name: value for name, value in statement.content.items() if name != "actor"},
            "id": str(statement.key),
            "actor": _actor(statement.attempt),
            "stored": statement.received_at.isoformat(),
        }
    for attempt in attempts_at(place).filter(reported_at__isnull=False).iterator(500):
        yield _summary(attempt)


def _actor(attempt: Attempt) -> dict[str, Any]:
    # The key of the account, not the address: the file leaves the platform.
    return {
        "objectType": "Agent",
        "name": str(attempt.person),
        "account": {"homePage": "biosint:people", "name": str(attempt.person_id)},
    }


def _summary(attempt: Attempt) -> dict[str, Any]:
    result: dict[str, Any] = {
        "completion": attempt.done_at is not None,
        "duration": f"PT{attempt.seconds}S",
    }
    if attempt.passed is not None:
        result["success"] = attempt.passed
    if attempt.points is not None:
        result["score"] = {
            "scaled": float(attempt.points / 100),
            "raw": float(attempt.points),
            "min": 0,
            "max": 100,
        }
    verb = "completed" if attempt.done_at else "progressed"
    moment: datetime | None = attempt.reported_at
    return {
        "actor": _actor(attempt),
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {
            "id": f"biosint:packages/{attempt.package_id}/{attempt.version.number}",
            "definition": {"name": {"und": attempt.version.title}},
        },
        "result": result,
        "context": {
            "extensions": {"biosint:attempt": attempt.number, "biosint:standard": attempt.version.standard}
        },
        "timestamp": moment.isoformat() if moment else None,
    }


def records_of(person: Person) -> Iterator[dict[str, Any]]:
    """Yield everything that packages keep of a person, for their own export."""
    attempts = (
        Attempt.objects.filter(person=person)
        .select_related("version", "package")
        .prefetch_related("items", "statements")
    )
    for attempt in attempts:
        yield {
            "package": attempt.version.title,
            "place": attempt.package.place,
            "attempt": attempt.number,
            "started_at": attempt.started_at,
            "done_at": attempt.done_at,
            "passed": attempt.passed,
            "points": attempt.points,
            "seconds": attempt.seconds,
            "states": {item.item: item.state for item in attempt.items.all()},
            "statements": [statement.content for statement in attempt.statements.all()],
        }
