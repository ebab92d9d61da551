from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from biosint.exchange.api import ActivityKind, Application, ApplicationState
from biosint.packages import api as packages
from biosint.people.api import Person
from biosint.portal.demonstration import sepsis_course
from biosint.portal.demonstration.sepsis import exercise
from biosint.portal.demonstration.world import World, begin
from biosint.quizzes import api as quizzes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    told = begin()
    sepsis_course.tell(told)
    return told


def test_three_faculties_give_a_whole_course_that_runs(world: World) -> None:
    course = world.kept["sepsis_course"]
    activities = list(course.activities.all())

    course.refresh_from_db()
    assert course.state == "running"
    assert (world.today.date() - course.start_date).days // 7 == 4
    assert {one.kind for one in activities} == set(ActivityKind)
    assert sum(one.hours for one in activities) == Decimal("67.5")
    assert sum(one.weight for one in activities) == 100
    assert course.teachings.filter(accepted_at__isnull=False).count() == 3
    assert all(one.wordings.filter(language="sr").exists() for one in activities)
    # Who enters as a student or as a teacher is in this course.
    learners = {
        one.learner for one in Application.objects.filter(course=course, state=ApplicationState.ADMITTED)
    }
    assert world.students("deva")[0] in learners
    assert course.host == world.institution("cacak")
    # The first quiz has been answered, in one collection with the second.
    (bank,) = quizzes.Bank.objects.all()
    assert {one.folder for one in quizzes.Question.objects.filter(bank=bank)} == {"basics", "first_hour"}
    assert quizzes.Attempt.objects.filter(quiz__bank=bank, state=quizzes.AttemptState.SENT).count() > 15


def test_its_pages_open_for_visitors_teachers_and_learners(
    world: World, client_of: Callable[[Person], Client]
) -> None:
    course = world.kept["sepsis_course"]
    teacher = course.teachings.order_by("pk")[0].person
    learner = Application.objects.filter(course=course, state=ApplicationState.ADMITTED)[0].learner
    address = f"/courses/{course.slug}/"
    basics = course.activities.get(title="Sepsis in ten minutes")

    for client in (Client(), client_of(teacher), client_of(learner)):
        assert client.get(address).status_code == 200
    page = client_of(learner).get(f"{address}pages/{basics.pk}/").content.decode()
    assert "<mfrac>" in page
    assert 'alt="A curve over three beats.' in page
    for word in ("edit", "design", "design/checks", "design/outcomes", "gradebook", "teams", "applications"):
        assert client_of(teacher).get(f"{address}{word}/").status_code == 200, word


def test_the_exercise_is_a_package_that_can_be_played_and_the_same_everywhere(world: World) -> None:
    (place,) = world.kept["sepsis_course"].activities.filter(kind=ActivityKind.PACKAGE)

    version = packages.newest_version(f"exchange.activity:{place.pk}")

    assert version is not None
    assert (version.standard, version.state) == (packages.Standard.SCORM_12, packages.VersionState.READY)
    assert exercise.package() == exercise.package()
