"""Who puts a group of students forward for a course."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import may_apply
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Course
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEEPERS = (Office.COORDINATOR, Office.ADMINISTRATOR)


def places_to_put_into(person: Person, course: Course) -> list[Institution]:
    """Return the participating institutions for which the person puts students forward; no query of its own."""
    mine = person.institutions_as(*KEEPERS) | {
        one.institution_id
        for one in course.teachings.all()
        if one.person_id == person.pk and one.accepted_at is not None
    }
    return [one.institution for one in course.participations.all() if one.institution_id in mine]


def may_put_forward(person: Person, course: Course, *, on: date) -> Verdict:
    """Teachers of the course, coordinators and administrators do so for their own institution, if it takes part."""
    if not places_to_put_into(person, course):
        return refused(
            _(
                "Only teachers of this course, and coordinators of the institutions in it, put a group forward."
            )
        )
    verdict = may_apply(None, course, on=on, application=None)
    return ALLOWED if verdict else verdict
