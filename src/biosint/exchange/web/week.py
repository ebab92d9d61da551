"""The usual week of a team as a drawing: how many of its members are free in each hour."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange.availability import free_slots
from biosint.exchange.models import Team
from biosint.shared import charts
from iahcalc import calendars

HOURS_A_WEEK = 7 * 24
MINUTES_AN_HOUR = 60


def week_of(team: Team) -> charts.WeekStrip:
    """Describe the team's week on the reader's clock, in the season in which the course begins."""
    zone, start = timezone.get_current_timezone_name(), team.course.start_date
    counts = [0] * HOURS_A_WEEK
    members = list(team.members.all())
    for member in members:
        slots = free_slots(member.application.learner, member.application.institution, week_of=start)
        for hour in _whole_hours(slots or frozenset(), zone=zone, team=team):
            counts[hour] += 1
    return charts.week_strip(
        title=_("How many of you are free"), hours=counts, everybody=len(members), zone=zone
    )


def _whole_hours(slots: frozenset[int], *, zone: str, team: Team) -> set[int]:
    """Return the hours of the week, on the reader's clock, that lie wholly in ``slots``."""
    hours: set[int] = set()
    for stretch in calendars.local_week(slots, zone=zone, week_of=team.course.start_date):
        first = -(-stretch.start // MINUTES_AN_HOUR)
        hours.update(hour % HOURS_A_WEEK for hour in range(first, stretch.end // MINUTES_AN_HOUR))
    return hours
