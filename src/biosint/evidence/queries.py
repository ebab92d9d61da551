from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, overload
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from biosint.evidence.kinds import Kind, kind_of
from biosint.evidence.models import Item

if TYPE_CHECKING:
    from biosint.institutions.models import Institution


def items(
    *,
    kinds: Iterable[str] | None = None,
    institution: Institution | int | None = None,
    among: Collection[Institution] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Item]:
    """Return standing evidence. ``since`` is included, ``until`` is not; ``among`` are several institutions."""
    found = Item.objects.filter(withdrawn_at=None).select_related("institution")
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    return narrowed(found, institution=institution, among=among, since=since, until=until)


def total(
    kind: str,
    *,
    institution: Institution | int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Decimal:
    """Return the summed quantity of one kind, in its unit; 0 where nothing stands."""
    answer = items(kinds=[kind], institution=institution, since=since, until=until).aggregate(
        sum=Sum("quantity")
    )
    return answer["sum"] or Decimal(0)


def totals(
    *,
    institution: Institution | int | None = None,
    among: Collection[Institution] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[str, tuple[Decimal, int]]:
    """Return per kind the summed quantity and the number of items, in one query."""
    rows = (
        items(institution=institution, among=among, since=since, until=until)
        .order_by()
        .values("kind")
        .annotate(sum=Sum("quantity"), count=Count("pk"))
    )
    return {row["kind"]: (row["sum"], row["count"]) for row in rows}


@overload
def day_start(day: date) -> datetime: ...
@overload
def day_start(day: None) -> None: ...
def day_start(day: date | None) -> datetime | None:
    """Return the first moment of a day in the site's own zone. Periods that are reported begin and end there."""
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def narrowed(
    found: QuerySet[Item],
    *,
    kind: str = "",
    institution: Institution | int | None = None,
    among: Collection[Institution] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Item]:
    """Narrow a list to what was asked for; empty words narrow nothing."""
    if kind:
        found = found.filter(kind=kind)
    if institution is not None:
        found = found.filter(institution=institution)
    if among is not None:
        found = found.filter(institution__in=[each.pk for each in among])
    if since is not None:
        found = found.filter(occurred_at__gte=since)
    if until is not None:
        found = found.filter(occurred_at__lt=until)
    return found


def sums(found: QuerySet[Item]) -> list[tuple[Kind, Decimal, int, int]]:
    """Return per kind the summed quantity, the digits it needs, and the number of items, in one query."""
    rows = found.order_by("kind").values("kind").annotate(sum=Sum("quantity"), count=Count("pk"))
    return [
        (
            kind_of(row["kind"]),
            row["sum"],
            0 if row["sum"] == row["sum"].to_integral_value() else 1,
            row["count"],
        )
        for row in rows
    ]


def list_url(
    *,
    kind: str | None = None,
    institution: Institution | None = None,
    among: Collection[Institution] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> str:
    """Return the page that lists exactly what a figure counted. Every figure links here.

    ``since`` and ``until`` must be ``day_start`` of a day, so that list and figure agree to the last item.
    """
    asked = {
        "kind": kind,
        "institution": institution.slug if institution else None,
        "among": ",".join(each.slug for each in among) if among is not None else None,
        "since": timezone.localdate(since, timezone.get_default_timezone()).isoformat() if since else None,
        "until": timezone.localdate(until, timezone.get_default_timezone()).isoformat() if until else None,
    }
    words = urlencode({name: value for name, value in asked.items() if value})
    return reverse("evidence:list") + (f"?{words}" if words else "")
