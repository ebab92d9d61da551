"""Five international courses: one finished, one at work, one whose teams are tried out, two that take applications."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import update_last_login

from biosint.curriculum.api import Unit
from biosint.exchange import api as exchange
from biosint.exchange.api import Application, Course, Team
from biosint.people import api as people
from biosint.people.api import Person
from biosint.portal.demonstration import course_surveys
from biosint.portal.demonstration.course_texts import (
    FIRST_HOURS,
    HANDOVER,
    PLAN,
    STEWARDSHIP,
    STEWARDSHIP_PLAN,
    SYSTEMS,
    TALKS,
    VACCINES,
    Text,
)
from biosint.portal.demonstration.world import World

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# In a usual course one learner in ten does not pass.
POINTS = (94, 88, 81, 76, 91, 69, 83, 58, 72, 97, 64, 86, 79, 43, 90, 74, 55, 82, 67, 38)
COMMENTS = ("Clear and well founded.", "You asked the questions that moved your team.", "", "")


def tell(world: World) -> None:
    world.kept["course"] = _finished(world)
    world.kept["running_course"] = _at_work(world)
    world.kept["open_course"] = _open(
        world,
        HANDOVER,
        ("berat", "trebinje", "mechelen"),
        places={"berat": 8, "trebinje": 8, "mechelen": 6},
        outsiders=4,
        language="en",
    )
    _whose_teams_are_tried_out(world)
    _open(
        world,
        VACCINES,
        ("cacak", "zvornik", "niksic"),
        places={"cacak": 10, "zvornik": 8, "niksic": 6},
        outsiders=2,
        language="sr",
    )


def _prepared(
    world: World,
    text: Text,
    keys: tuple[str, ...],
    *,
    places: Mapping[str, int],
    outsiders: int,
    begun: datetime,
    start: datetime,
    weeks: int,
    language: str = "en",
    ects: int = 3,
    unit: Unit | None = None,
) -> tuple[Course, Person]:
    """Let the teachers of ``keys`` (host first) prepare a course and open it for applications."""
    lead = world.teacher(keys[0])
    course = exchange.create_course(
        host=world.institution(keys[0]),
        by=lead,
        at=begun,
        title=text.title,
        summary=text.summary,
        language=language,
        ects=Decimal(ects),
        workload_hours=ects * 25,
        start_date=start.date(),
        end_date=(start + weeks * WEEK).date(),
        apply_until_date=(start - WEEK).date(),
        product_due_date=(start + (weeks - 1) * WEEK).date(),
        unit=unit,
        outcomes=[{"text": words, "ioc_dimension": dimension} for words, dimension in text.outcomes],
    )
    for number, key in enumerate(keys[1:], start=1):
        teacher = world.teacher(key)
        invitation = exchange.invite_teacher(
            course_id=course.pk, person=teacher, institution=world.institution(key), by=lead, at=begun + DAY
        )
        exchange.accept_invitation(teaching_id=invitation.pk, by=teacher, at=begun + (1 + number) * DAY)
    exchange.set_places(
        course_id=course.pk,
        places={world.institution(key): number for key, number in places.items()},
        outsiders=outsiders,
        by=lead,
        at=begun + WEEK,
    )
    for title, hours, words in text.pages:
        exchange.write_activity(
            course_id=course.pk, title=title, text=words, hours=Decimal(hours), by=lead, at=begun + WEEK
        )
    exchange.publish(course_id=course.pk, by=lead, at=begun + 2 * WEEK)
    return course, lead


def _applications(course: Course, learners: Iterable[Person], *, at: datetime) -> list[Application]:
    return [
        exchange.apply(
            course_id=course.pk,
            by=learner,
            at=at + number * timedelta(hours=3),
            motivation="I want to see how others do what we do every day." if number % 3 == 0 else "",
        )
        for number, learner in enumerate(learners)
    ]


def _teams(
    course: Course,
    applications: Iterable[Application],
    *,
    by: Person,
    at: datetime,
    size: int,
    start: datetime,
) -> list[Team]:
    for application in applications:
        exchange.admit(application_id=application.pk, by=by, at=at)
    teams = exchange.form_teams(course_id=course.pk, plan=exchange.teams_of(size), by=by, at=at + DAY)
    exchange.publish_teams(course_id=course.pk, by=by, at=at + 2 * DAY)
    exchange.start(course_id=course.pk, by=by, at=start)
    return teams


def _members(team: Team) -> list[Person]:
    return [member.application.learner for member in team.members.select_related("application__learner")]


def _post(world: World, team: Team, text: str, *, by: Person, at: datetime) -> None:
    exchange.post(team_id=team.pk, text=text, key=_key(world), by=by, at=at)


def _key(world: World) -> uuid.UUID:
    return uuid.UUID(int=world.rng.getrandbits(128), version=4)


def _finished(world: World) -> Course:
    start = world.month(22, day=5)
    course, lead = _prepared(
        world,
        STEWARDSHIP,
        ("cacak", "mechelen", "deva"),
        places={"cacak": 6, "mechelen": 6, "deva": 6, "valjevo": 4},
        outsiders=0,
        # In Čačak the course is a part of this unit, whose second syllabus names it.
        unit=world.kept["unit_cacak"],
        begun=start - 10 * WEEK,
        start=start,
        weeks=7,
    )
    learners = [
        *world.students("cacak")[:6],
        *world.students("mechelen")[:6],
        *world.students("deva")[:5],
        *world.students("valjevo")[:3],
    ]
    applications = _applications(course, learners, at=start - 6 * WEEK)
    teams = _teams(course, applications, by=lead, at=start - 6 * DAY, size=5, start=start)
    for team in teams:
        members = _members(team)
        _post(world, team, "Hello everybody, shall we meet this week?", by=members[0], at=start + DAY)
        exchange.hand_in(
            team_id=team.pk,
            text=STEWARDSHIP_PLAN,
            link="",
            key=_key(world),
            by=members[-1],
            at=start + 6 * WEEK,
        )
    _asked_before_and_after(course, applications, by=lead, start=start)
    colleague = world.teacher("mechelen")
    for number, application in enumerate(applications):
        exchange.give_mark(
            application_id=application.pk,
            points=POINTS[number],
            comment=COMMENTS[number % len(COMMENTS)],
            seen_version=0,
            by=lead if number % 2 else colleague,
            at=start + 7 * WEEK,
        )
    return exchange.finish(course_id=course.pk, by=lead, at=start + 7 * WEEK + 2 * DAY)


def _asked_before_and_after(
    course: Course, applications: list[Application], *, by: Person, start: datetime
) -> None:
    for moment, title, week, gain in (
        ("before", "Before we begin: how sure are you?", 0, 0.0),
        ("after", "At the end: the same questions", 6, 0.5),
    ):
        opens = start + week * WEEK
        activity = exchange.write_activity(
            course_id=course.pk,
            title=title,
            text="Five minutes. Nobody can tell which answers are yours.",
            kind=exchange.ActivityKind.SURVEY,
            hours=Decimal("0.5"),
            is_required=False,
            closes_at=opens + WEEK,
            settings=course_surveys.settings_for(moment),
            by=by,
            at=opens,
        )
        course_surveys.answered(activity, applications, gain=gain, by=by, at=opens + DAY)


def _at_work(world: World) -> Course:
    start = world.today - 3 * WEEK
    course, lead = _prepared(
        world,
        SYSTEMS,
        ("zvornik", "pogradec", "niksic", "trebinje"),
        places={"zvornik": 6, "pogradec": 6, "niksic": 6, "trebinje": 6},
        outsiders=3,
        begun=start - 12 * WEEK,
        start=start,
        weeks=6,
    )
    guests = world.outsiders[:2]
    for guest in guests:
        # They have followed the link in the letter; until then nobody could admit them.
        update_last_login(Person, guest)
    learners = [
        *world.students("zvornik")[:5],
        *world.students("pogradec")[:4],
        *world.students("niksic")[:4],
        *world.students("trebinje")[:3],
        *guests,
    ]
    applications = _applications(course, learners, at=start - 6 * WEEK)
    teams = _teams(course, applications, by=lead, at=start - 6 * DAY, size=5, start=start)
    for team, talk in zip(teams, TALKS, strict=False):
        members = _members(team)
        for number, (who, words) in enumerate(talk):
            at = start + (1 + number) * DAY + timedelta(hours=8, minutes=11 * number)
            _post(world, team, words, by=members[who % len(members)], at=at)
    _post(
        world,
        teams[0],
        "Good start. Put the red marks in before you meet again.",
        by=lead,
        at=start + 2 * WEEK,
    )
    exchange.hand_in(
        team_id=teams[0].pk,
        text=PLAN,
        link="",
        key=_key(world),
        by=_members(teams[0])[0],
        at=start + 2 * WEEK + 3 * DAY,
    )
    return course


def _open(
    world: World,
    text: Text,
    keys: tuple[str, ...],
    *,
    places: Mapping[str, int],
    outsiders: int,
    language: str,
) -> Course:
    begun = world.today - 6 * WEEK
    course, lead = _prepared(
        world,
        text,
        keys,
        places=places,
        outsiders=outsiders,
        begun=begun,
        start=world.today + 4 * WEEK,
        weeks=5,
        language=language,
        ects=2,
    )
    learners = [learner for key in keys for learner in world.students(key)[6:9]]
    applications = _applications(course, [*learners, world.outsiders[2]], at=begun + 3 * WEEK)
    for application in applications[:4]:
        exchange.admit(application_id=application.pk, by=lead, at=world.today - 4 * DAY)
    exchange.put_on_waiting_list(application_id=applications[4].pk, by=lead, at=world.today - 4 * DAY)
    return course


def _whose_teams_are_tried_out(world: World) -> Course:
    """Leave a course to a visiting teacher to play with: teams stand, nobody has seen them, two things have changed."""
    keys = ("cacak", "mechelen", "berat", "deva", "trebinje", "pogradec", "niksic", "zvornik", "valjevo")
    begun, now = world.today - 7 * WEEK, world.today
    course, lead = _prepared(
        world,
        FIRST_HOURS,
        keys[:3],
        places=dict.fromkeys(keys, 4),
        outsiders=2,
        begun=begun,
        start=now + 2 * WEEK,
        weeks=4,
        ects=2,
    )
    learners = [learner for key in keys for learner in world.students(key)[8:12]]
    for learner in learners[::11]:
        # Not everybody fills everything in; the desk says what that means.
        people.change_profile(by=learner, at=begun, free_hours="")
    applications = _applications(course, learners, at=begun + 3 * WEEK)
    *early, late = applications
    for application in early:
        exchange.admit(application_id=application.pk, by=lead, at=now - 3 * DAY)
    exchange.form_teams(course_id=course.pk, plan=exchange.PRESETS["coil"].plan, by=lead, at=now - 2 * DAY)
    exchange.admit(application_id=late.pk, by=lead, at=now - DAY)
    gone = early[5]
    exchange.withdraw(application_id=gone.pk, by=gone.learner, at=now - DAY)
    return course
