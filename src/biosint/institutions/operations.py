from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.institutions.models import Institution
from biosint.shared.verdicts import Fault


class InstitutionKnown(Fault):
    """An institution of this name stands in the register already."""


class TimeZoneUnknown(Fault):
    """The zone is none of the IANA names."""


@transaction.atomic
def register(
    *,
    name: str,
    short_name: str,
    country: str,
    city: str,
    latitude: float,
    longitude: float,
    time_zone: str,
    at: datetime,
    **more: Any,
) -> Institution:
    """Put an institution into the register. Whoever calls decides who may, and writes the trail.

    Args:
        latitude: degrees north.
        longitude: degrees east.
        more: further fields of ``Institution`` (university, ror_id, website, fields, students, teachers).

    Raises:
        InstitutionKnown: the name is taken.
        TimeZoneUnknown: ``time_zone`` is no IANA name.
    """
    if time_zone not in available_timezones():
        raise TimeZoneUnknown(
            _("“%(zone)s” is not a time zone. Choose one from the list, such as Europe/Belgrade.")
            % {"zone": time_zone}
        )
    slug = slugify(f"{short_name} {city}") or slugify(name) or "institution"
    taken = Institution.objects.filter(slug__startswith=slug).count()
    try:
        with transaction.atomic():
            return Institution.objects.create(
                name=name.strip(),
                short_name=short_name.strip(),
                slug=slug if not taken else f"{slug}-{taken + 1}",
                country=country,
                city=city,
                latitude=round(latitude, 5),
                longitude=round(longitude, 5),
                time_zone=time_zone,
                created_at=at,
                **more,
            )
    except IntegrityError as fault:
        raise InstitutionKnown(
            _("“%(name)s” is already registered. Look for it in the list instead.") % {"name": name}
        ) from fault
