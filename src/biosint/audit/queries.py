from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from biosint.audit.models import Line

if TYPE_CHECKING:
    from biosint.people.models import Person


def lines_for(person: Person) -> QuerySet[Line]:
    """Return the lines a person may read, newest first.

    Somebody who keeps an institution reads what its people did: those who hold an office there,
    or held one. Lines without a person (answers, the platform itself) are for the site's administrator.
    """
    if person.is_staff:
        return Line.objects.all()
    # The trail stands below people and may not import it; Django names the model for us.
    theirs = get_user_model()._default_manager.filter(  # noqa: SLF001 -- Django's documented way to any model's manager
        offices_held__institution__in=person.kept_institution_ids
    )
    return Line.objects.filter(by_id__in=theirs.values("pk"))


def lines_by(person: Person) -> QuerySet[Line]:
    """Return what one person did, newest first."""
    return Line.objects.filter(by_id=person.pk)


def narrowed(
    lines: QuerySet[Line],
    *,
    who: str = "",
    what: str = "",
    area: str = "",
    since: date | None = None,
    until: date | None = None,
    zone: tzinfo = UTC,
) -> QuerySet[Line]:
    """Return the lines that match every given word.

    Args:
        who: part of the name of who acted.
        what: part of the name of the record.
        area: app that owns the record, such as ``people``.
        since: first day, on the reader's clock.
        until: last day, on the reader's clock; it counts whole.
    """
    wanted = Q()
    if who:
        wanted &= Q(by_label__icontains=who)
    if what:
        wanted &= Q(subject_label__icontains=what)
    if area:
        wanted &= Q(subject_kind__startswith=f"{area}.")
    if since:
        wanted &= Q(at__gte=datetime.combine(since, time.min, zone))
    if until:
        wanted &= Q(at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    return lines.filter(wanted)


def lines_of_record(person: Person, *, kind: str, key: str) -> QuerySet[Line]:
    """Return the history of one record as far as the person may read it."""
    return lines_for(person).filter(subject_kind=kind, subject_id=key)
