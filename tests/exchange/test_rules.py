from __future__ import annotations

import pytest

from biosint.exchange import rules
from biosint.exchange.models import Course, Team
from biosint.exchange.states import (
    APPLICATION_MOVES,
    COURSE_MOVES,
    PUBLIC_STATES,
    ApplicationState,
    CourseState,
    grade_of,
)
from biosint.people.api import Office, Person
from clock import NOON
from exchange.cast import Cast, a_course, running
from factories import (
    AdministratorFactory,
    ApplicationFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
    TeachingFactory,
)

pytestmark = pytest.mark.django_db

OFFICES = {
    Office.STUDENT: StudentFactory,
    Office.TEACHER: TeacherFactory,
    Office.ADMINISTRATOR: AdministratorFactory,
    Office.COORDINATOR: CoordinatorFactory,
    Office.QUALITY_BOARD: QualityBoardFactory,
    Office.DEAN: DeanFactory,
}
NEVER_STARTED = (CourseState.DRAFT, CourseState.OPEN)


def crowd(cast: Cast) -> list[Person]:
    """Everybody who is not a teacher of the course: every office at the host, and people from outside."""
    return [*(make(at=cast.host) for make in OFFICES.values()), PersonFactory(), SiteAdministratorFactory()]


@pytest.mark.parametrize("office", Office)
def test_teachers_and_coordinators_begin_courses(office: Office) -> None:
    person = OFFICES[office](at=InstitutionFactory())

    assert bool(rules.may_create_course(person)) is (office in {Office.TEACHER, Office.COORDINATOR})


@pytest.mark.parametrize("state", CourseState)
def test_viewing_a_course_and_the_list_of_viewable_ones_agree(state: CourseState) -> None:
    cast = a_course(state=state)
    invited = TeachingFactory(course=cast.course, institution=InstitutionFactory(), accepted_at=None).person

    for person in [None, cast.teacher, invited, *crowd(cast)]:
        listed = Course.objects.filter(rules.viewable_by(person)).exists()
        assert bool(rules.may_view_course(person, cast.course)) is listed
        assert listed is (state in PUBLIC_STATES or person in {cast.teacher, invited})


@pytest.mark.parametrize("state", CourseState)
def test_only_teachers_of_the_course_run_it_and_only_in_its_states(state: CourseState) -> None:
    cast = a_course(state=state)
    cast.publish_teams()
    verdicts = {
        "edit": (lambda person: rules.may_edit(person, cast.course), set(rules.UNFINISHED)),
        "publish": (lambda person: rules.may_publish(person, cast.course), {CourseState.DRAFT}),
        "cancel": (lambda person: rules.may_cancel(person, cast.course), set(rules.UNFINISHED)),
        "start": (lambda person: rules.may_start(person, cast.course), {CourseState.OPEN}),
        "mark": (lambda person: rules.may_mark(person, cast.course), {CourseState.RUNNING}),
        "finish": (lambda person: rules.may_finish(person, cast.course, unmarked=0), {CourseState.RUNNING}),
    }

    for name, (may, states) in verdicts.items():
        assert bool(may(cast.teacher)) is (state in states), name
        assert bool(may(cast.colleague)) is (state in states), name
        for person in crowd(cast):
            assert not may(person), name


@pytest.mark.parametrize("state", CourseState)
def test_people_apply_while_the_course_is_open(state: CourseState) -> None:
    cast = a_course(state=state)

    for person in [None, *crowd(cast)]:
        verdict = rules.may_apply(person, cast.course, on=NOON.date(), application=None)
        assert bool(verdict) is (state is CourseState.OPEN)
    assert not rules.may_apply(cast.teacher, cast.course, on=NOON.date(), application=None)


def test_when_teams_are_published_nobody_joins_or_leaves() -> None:
    cast = a_course()
    application = cast.admitted()
    cast.publish_teams()

    assert not rules.may_apply(cast.student(), cast.course, on=NOON.date(), application=None)
    assert not rules.may_withdraw(application.learner, application)


@pytest.mark.parametrize("before", ApplicationState)
@pytest.mark.parametrize("to", ApplicationState)
def test_decisions_follow_the_moves(before: ApplicationState, to: ApplicationState) -> None:
    cast = a_course()
    application = cast.applicant()
    application.state = before

    verdict = rules.may_decide(cast.teacher, application, to)

    assert bool(verdict) is (to in APPLICATION_MOVES[before])
    for person in [application.learner, *crowd(cast)]:
        assert not rules.may_decide(person, application, to)


def test_every_state_has_its_moves() -> None:
    assert set(COURSE_MOVES) == set(CourseState)
    assert set(APPLICATION_MOVES) == set(ApplicationState)


@pytest.mark.parametrize("published", [True, False])
def test_viewing_a_team_and_the_list_of_viewable_ones_agree(*, published: bool) -> None:
    cast = a_course()
    application = cast.admitted()
    team = cast.team(application)
    if published:
        cast.publish_teams()
    team.refresh_from_db()

    people = [cast.teacher, cast.colleague, application.learner, cast.applicant().learner, *crowd(cast)]
    seen = [bool(rules.may_view_team(person, team)) for person in people]
    listed = [Team.objects.filter(rules.teams_viewable_by(person)).exists() for person in people]

    assert seen == listed
    assert seen == [True, True, published, *[False] * (len(people) - 3)]


@pytest.mark.parametrize("state", CourseState)
def test_members_write_while_the_course_lives_and_hand_in_while_it_runs(state: CourseState) -> None:
    cast, learners, team = running()
    cast.move(state)
    team.refresh_from_db()
    member = learners[0].learner

    assert bool(rules.may_post(member, team)) is (state not in {CourseState.FINISHED, CourseState.CANCELLED})
    assert bool(rules.may_hand_in(member, team)) is (state is CourseState.RUNNING)
    assert not rules.may_hand_in(cast.teacher, team)
    for person in crowd(cast):
        assert not rules.may_post(person, team)
        assert not rules.may_hand_in(person, team)


def test_teams_need_two_learners_and_cannot_be_formed_after_publishing() -> None:
    cast = a_course()

    assert not rules.may_form_teams(cast.teacher, cast.course, admitted=1)
    assert rules.may_form_teams(cast.teacher, cast.course, admitted=2)
    assert not rules.may_publish_teams(cast.teacher, cast.course, teamless=0, teams=0)
    assert not rules.may_publish_teams(cast.teacher, cast.course, teamless=1, teams=1)
    cast.publish_teams()
    assert not rules.may_form_teams(cast.teacher, cast.course, admitted=2)
    assert not rules.may_publish_teams(cast.teacher, cast.course, teamless=0, teams=1)


@pytest.mark.parametrize(
    ("points", "pass_mark", "grade"),
    [
        (0, 51, "F"),
        (50, 51, "F"),
        (51, 51, "E"),
        (71, 51, "C"),
        (100, 51, "A"),
        (100, 100, "E"),
        (99, 100, "F"),
        (1, 1, "E"),
    ],
)
def test_letters_follow_from_points(points: int, pass_mark: int, grade: str) -> None:
    assert grade_of(points, pass_mark=pass_mark) == grade


def test_an_application_of_somebody_else_cannot_be_withdrawn() -> None:
    application = ApplicationFactory()

    assert not rules.may_withdraw(PersonFactory(), application)
