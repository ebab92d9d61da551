"""Who takes part in the course and when: what its modules share."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from biosint.exchange.api import moment_in_week

if TYPE_CHECKING:
    from biosint.exchange.api import Activity, Application, Course, Team
    from biosint.people.api import Person
    from biosint.portal.demonstration.world import World

WEEK, DAY = timedelta(days=7), timedelta(days=1)
WEEKS, WEEKS_DONE = 8, 4
# The host first; the visitor who enters as a student or as a teacher is in this course.
KEYS = ("cacak", "deva", "pogradec")


@dataclass
class Stage:
    """The course on its way, from the first plan to the fifth week.

    Attributes:
        start: first Monday, 09:00 UTC.
        rng: of this course alone, so that the chapters before and after it stay as they are.
    """

    world: World
    start: datetime
    rng: random.Random = field(default_factory=lambda: random.Random("sepsis"))
    activities: dict[str, Activity] = field(default_factory=dict)
    applications: list[Application] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    course: Course = field(init=False)
    lead: Person = field(init=False)

    @property
    def begun(self) -> datetime:
        return self.start - 16 * WEEK

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def moment(self, week: int, day: int, clock: time) -> datetime:
        """Return a moment on the clock of the host."""
        return moment_in_week(
            week=week,
            day=day,
            clock=clock,
            start=self.start.date(),
            zone=self.world.institution(KEYS[0]).time_zone,
        )

    def at(self, week: int, day: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment that has been; what would lie ahead is now."""
        return min(self.moment(week, day, time(hour, minute)), self.world.today)

    def of(self, key: str) -> list[Application]:
        """Return the learners of one faculty; ``""``: those from elsewhere."""
        institution = self.world.institution(key).pk if key else None
        return [one for one in self.applications if one.institution_id == institution]


def begin(world: World) -> Stage:
    """Return the stage of a course that is in its fifth week on the day of building."""
    monday = world.today - timedelta(days=world.today.weekday())
    return Stage(world=world, start=monday - WEEKS_DONE * WEEK)
