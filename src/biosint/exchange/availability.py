"""When a learner can meet, as quarter-hours of a week in UTC."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from iahcalc import calendars

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


def free_slots(learner: Person, institution: Institution | None, *, week_of: date) -> frozenset[int] | None:
    """Return the slots in which the learner is free, or None where that is not known.

    The hours stand on the learner's own clock, else on that of the institution.
    """
    if not learner.free_hours:
        return None
    zone = learner.time_zone or (institution.time_zone if institution else settings.TIME_ZONE)
    try:
        return calendars.utc_slots(calendars.parse_week(learner.free_hours), zone=zone, week_of=week_of)
    except calendars.CalendarFault:
        # Written freely before hours were checked: it limits nobody, and the explanation says "not known".
        return None
