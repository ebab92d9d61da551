"""What a learning agreement says, drawn from the course so that nobody types it twice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.recognition import texts

if TYPE_CHECKING:
    from biosint.exchange.api import Application
    from biosint.institutions.api import Institution

FORMAT = 1


@dataclass(frozen=True, slots=True)
class CountsFor:
    """The unit at home for which a course counts. An empty title: not settled yet."""

    title: str = ""
    code: str = ""
    ects: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "title": self.title,
            "ects": amount(self.ects) if self.ects is not None else "",
        }


def counts_for(content: dict[str, Any]) -> CountsFor:
    kept = content["counts_for"]
    return CountsFor(
        title=kept["title"], code=kept["code"], ects=Decimal(kept["ects"]) if kept["ects"] else None
    )


def amount(value: Decimal) -> str:
    """Write credits in one way, whatever the database adds to them: “3”, “1.5”.

    >>> amount(Decimal("3.0")), amount(Decimal("30")), amount(Decimal("1.50"))
    ('3', '30', '1.5')
    """
    return f"{value.normalize():f}"


def spoken(language: str) -> str:
    """Return the language of a course where the interface speaks it, else English."""
    return language if language in dict(settings.LANGUAGES) else "en"


def of_application(
    application: Application, *, unit: CountsFor, programme: str, eqf_level: int | None
) -> dict[str, Any]:
    """Return the agreement for one place in a course as plain values. ``programme``: the learner's at home."""
    course = application.course
    assert application.institution is not None  # noqa: S101 -- learners without an institution need no agreement
    language = spoken(course.language)
    with translation.override(language):
        promises = {
            "learner": _(
                "I take part in the course as it is described here, tell both institutions soon when something "
                "changes, and hand in what the course asks for."
            ),
            "home": _(
                "If the learner passes the course, we recognise the credits named here for the unit named here, "
                "without another examination, and say so in the learner’s records."
            ),
            "host": _(
                "We give the learner a place without a fee, teach and assess as described here, and issue a transcript of "
                "records with credits and grade within five weeks after the last day."
            ),
        }
    said = {
        "format": FORMAT,
        "language": language,
        "learner": {"name": application.learner.name, "programme": programme},
        "home": _place(application.institution),
        "host": _place(course.host),
        "course": {
            "title": course.title,
            "language": course.language,
            "language_level": course.level,
            "first_day": course.start_date.isoformat(),
            "last_day": course.end_date.isoformat(),
            "ects": amount(course.ects),
            "workload_hours": course.workload_hours,
            "eqf_level": eqf_level or "",
            "outcomes": [outcome["text"] for outcome in course.outcomes],
        },
        "counts_for": unit.as_json(),
        "promises": promises,
    }
    cleaned: dict[str, Any] = texts.legible(said)
    return cleaned


def _place(institution: Institution) -> dict[str, str]:
    return {"name": institution.name, "city": institution.city, "country": institution.country}
