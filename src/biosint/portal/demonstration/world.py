"""The invented faculties and people of the demonstration, the same on every machine.

Towns are real, faculties and people are not, so that nobody takes invented results for a real university's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from biosint.institutions import api as institutions
from biosint.institutions.api import Institution
from biosint.people import api as people
from biosint.people.api import AffiliationKind, Office, Person
from biosint.portal.demonstration import names

PROJECT_MONTHS = 36
MONTH_NOW = 31


@dataclass
class World:
    """What every chapter of the demonstration knows."""

    today: datetime  # UTC, 09:00 of the day of building
    rng: random.Random = field(default_factory=lambda: random.Random(2026))
    institutions: dict[str, Institution] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)  # what a later chapter needs of an earlier one
    outsiders: list[Person] = field(default_factory=list)
    operator: Person = field(init=False)
    _people: dict[tuple[str, Office], list[Person]] = field(default_factory=dict)

    def month(self, number: int, day: int = 10) -> datetime:
        """Return a moment in a project month; month 31 is the present one, days past today are today."""
        months = self.today.year * 12 + self.today.month - 1 - (MONTH_NOW - number)
        moment = datetime(months // 12, months % 12 + 1, min(day, 28), 9, 0, tzinfo=UTC)
        return min(moment, self.today) if number <= MONTH_NOW else moment

    @property
    def project_start(self) -> datetime:
        return self.month(1, day=1)

    def institution(self, key: str) -> Institution:
        return self.institutions[key]

    def _of(self, key: str, office: Office, n: int = 0) -> Person:
        return self._people[key, office][n]

    def coordinator(self, key: str) -> Person:
        return self._of(key, Office.COORDINATOR)

    def teacher(self, key: str, n: int = 0) -> Person:
        return self._of(key, Office.TEACHER, n)

    def administrator(self, key: str) -> Person:
        return self._of(key, Office.ADMINISTRATOR)

    def dean(self, key: str) -> Person:
        return self._of(key, Office.DEAN)

    def quality(self, key: str) -> Person:
        return self._of(key, Office.QUALITY_BOARD)

    def students(self, key: str) -> list[Person]:
        return self._people[key, Office.STUDENT]


def begin() -> World:
    """Register the faculties and open the accounts of their people."""
    world = World(today=timezone.now().astimezone(UTC).replace(hour=9, minute=0, second=0, microsecond=0))
    start = world.month(1, day=1) - timedelta(days=60)
    with transaction.atomic():
        world.operator = people.open_account(
            email="operator@demonstration.example",
            name="Site Administrator",
            password=None,
            at=start,
            is_staff=True,
        )
        for faculty in names.FACULTIES:
            _found(world, faculty, start)
        for outsider in names.OUTSIDERS:
            world.outsiders.append(
                people.open_account(password=None, at=world.month(26), is_guest=True, **outsider)
            )
    return world


def _found(world: World, faculty: names.Faculty, at: datetime) -> None:
    institution = institutions.register(
        name=faculty.name,
        short_name=faculty.short_name,
        university="",
        country=faculty.country,
        city=faculty.city,
        latitude=faculty.latitude,
        longitude=faculty.longitude,
        time_zone=faculty.time_zone,
        fields=faculty.field_words,
        students=faculty.students,
        teachers=faculty.teachers,
        at=at,
    )
    world.institutions[faculty.key] = institution
    given, family = names.POOLS[faculty.pool]
    pairs = [(first, last) for first in given for last in family]
    chosen = world.rng.sample(pairs, 18)
    posts = [
        (Office.COORDINATOR, AffiliationKind.STAFF),
        (Office.TEACHER, AffiliationKind.TEACHER),
        (Office.TEACHER, AffiliationKind.TEACHER),
        (Office.ADMINISTRATOR, AffiliationKind.STAFF),
        (Office.DEAN, AffiliationKind.TEACHER),
        (Office.QUALITY_BOARD, AffiliationKind.TEACHER),
        *[(Office.STUDENT, AffiliationKind.STUDENT)] * 12,
    ]
    for number, ((office, kind), ((first, gender), last)) in enumerate(zip(posts, chosen, strict=True)):
        person = people.open_account(
            email=f"{office.value.replace('_', '-')}{number}.{faculty.key}@demonstration.example",
            name=f"{first} {last}",
            password=None,
            at=at,
            country=faculty.country,
            profession=faculty.profession,
            gender=gender,
            native_language=faculty.language,
            english_level=world.rng.choice(["B1", "B1", "B2", "B2", "C1"]),
            free_hours=world.rng.choice(names.FREE_HOURS),
            time_zone=faculty.time_zone,
        )
        affiliation = people.ask_affiliation(institution=institution, kind=kind, by=person, at=at)
        people.confirm_affiliation(affiliation_id=affiliation.pk, by=world.operator, at=at)
        if office not in {Office.STUDENT, Office.TEACHER, Office.ADMINISTRATOR}:
            people.give_office(
                person=person, office=office, institution=institution, by=world.operator, at=at
            )
        world._people.setdefault((faculty.key, office), []).append(person)  # noqa: SLF001 -- this module fills it
