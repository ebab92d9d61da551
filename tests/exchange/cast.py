"""Whole courses for tests: teachers of two countries, places, learners, teams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from biosint.exchange.models import Application, Course, Team
from biosint.exchange.operations.finding import index_words
from biosint.exchange.states import ApplicationState, CourseState
from biosint.institutions.api import Institution
from biosint.people.api import Person
from clock import NOON
from factories import (
    ApplicationFactory,
    CourseFactory,
    InstitutionFactory,
    StudentFactory,
    TeachingFactory,
    TeamFactory,
    TeamMemberFactory,
)

FREE = "Mon 17:00-20:00; Wed 17:00-20:00"


@dataclass
class Cast:
    """A course between Serbia and Belgium, and who belongs to it."""

    course: Course
    host: Institution
    partner: Institution
    teacher: Person
    colleague: Person

    def student(self, at: Institution | None = None, **fields: Any) -> Person:
        place = at or self.host
        return StudentFactory(
            at=place,
            **{
                "country": place.country,
                "profession": "medicine",
                "english_level": "B2",
                "free_hours": FREE,
                **fields,
            },
        )

    def applicant(self, at: Institution | None = None, **fields: Any) -> Application:
        place = at or self.host
        return ApplicationFactory(
            course=self.course, learner=self.student(place, **fields), institution=place
        )

    def admitted(self, at: Institution | None = None, **fields: Any) -> Application:
        application = self.applicant(at, **fields)
        application.state = ApplicationState.ADMITTED
        application.decided_by, application.decided_at = self.teacher, NOON
        application.save()
        return application

    def team(self, *members: Application, number: int = 1) -> Team:
        team = TeamFactory(course=self.course, number=number)
        for application in members:
            TeamMemberFactory(team=team, application=application)
        return team

    def publish_teams(self) -> None:
        self.course.teams_published_by, self.course.teams_published_at = self.teacher, NOON
        self.course.save()

    def move(self, state: CourseState) -> None:
        self.course.state = state
        self.course.save()


def a_course(**fields: Any) -> Cast:
    host = InstitutionFactory(country="RS", short_name="Morava", time_zone="Europe/Belgrade")
    partner = InstitutionFactory(country="BE", short_name="Dijle", time_zone="Europe/Brussels")
    course = CourseFactory(host=host, **{"state": CourseState.OPEN, **fields})
    teacher = TeachingFactory(course=course).person
    colleague = TeachingFactory(course=course, institution=partner).person
    index_words(course)
    return Cast(course=course, host=host, partner=partner, teacher=teacher, colleague=colleague)


def running(**fields: Any) -> tuple[Cast, list[Application], Team]:
    """A running course with one team of four from two countries."""
    cast = a_course(**fields)
    learners = [cast.admitted(place) for place in (cast.host, cast.host, cast.partner, cast.partner)]
    team = cast.team(*learners)
    cast.publish_teams()
    cast.move(CourseState.RUNNING)
    return cast, learners, team
