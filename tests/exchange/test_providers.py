from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from biosint.evidence import api as evidence
from biosint.exchange import providers
from biosint.exchange.states import CourseState
from biosint.people.api import Person
from biosint.shared import registries
from clock import DAY, NOON
from exchange.cast import a_course, running
from exchange.test_web import open_now
from factories import (
    ApplicationFactory,
    GuestFactory,
    InstitutionFactory,
    MarkFactory,
    PersonFactory,
    PostFactory,
    ProductFactory,
    TeachingFactory,
)

pytestmark = pytest.mark.django_db


def waiting_for(person: Person) -> list[str]:
    return [
        str(one.title)
        for source in registries.WAITING
        if source.__module__ == providers.__name__
        for one in source(person)
    ]


def test_an_invitation_waits_for_the_invited_teacher() -> None:
    cast = a_course(title="Shared wards")
    invited = TeachingFactory(course=cast.course, institution=InstitutionFactory(), accepted_at=None).person

    assert waiting_for(invited) == ["Answer the invitation to teach “Shared wards”"]


def test_applications_wait_for_teachers_unless_the_guest_is_unproven() -> None:
    cast = open_now(title="Shared wards")
    ApplicationFactory(course=cast.course, learner=GuestFactory())
    assert waiting_for(cast.teacher) == []

    cast.applicant()

    assert waiting_for(cast.teacher) == ["Decide on applications to “Shared wards”"]


def test_a_team_and_its_product_wait_for_the_learner() -> None:
    cast, learners, team = running(title="Shared wards")
    learner = learners[0].learner

    assert waiting_for(learner) == [
        "Meet your team in “Shared wards”",
        "Hand in your team’s work in “Shared wards”",
    ]
    PostFactory(team=team, author=learner)
    ProductFactory(team=team)
    assert waiting_for(learner) == []
    cast.move(CourseState.FINISHED)
    assert waiting_for(learners[1].learner) == []


def test_marks_wait_when_the_products_are_due() -> None:
    today = timezone.localdate()
    cast, learners, _team = running(
        title="Shared wards",
        start_date=today - timedelta(days=60),
        end_date=today + timedelta(days=3),
        apply_until_date=today - timedelta(days=61),
    )

    assert waiting_for(cast.teacher) == ["Give marks in “Shared wards”"]
    for application in learners:
        MarkFactory(application=application)
    assert waiting_for(cast.teacher) == []


def test_the_search_finds_what_one_may_see() -> None:
    cast = a_course(title="Shared wards")
    draft = a_course(title="Shared drafts", state=CourseState.DRAFT)

    def titles(person: Person | None) -> list[Any]:
        return [hit.title for hit in providers.found("shared", person=person, limit=5)]

    assert titles(None) == ["Shared wards"]
    assert sorted(titles(draft.teacher)) == ["Shared drafts", "Shared wards"]
    assert [hit.url for hit in providers.found("wards", person=None, limit=5)] == [
        f"/courses/{cast.course.slug}/"
    ]


def test_the_export_holds_what_is_kept_about_a_person() -> None:
    cast, learners, team = running(title="Shared wards")
    MarkFactory(application=learners[0], points=77)
    PostFactory(team=team, author=learners[0].learner, text="Hello", posted_at=NOON + DAY)

    rows = list(providers.personal_records(learners[0].learner))

    assert [(row["course"], row.get("points"), row.get("text")) for row in rows] == [
        ("Shared wards", 77, None),
        ("Shared wards", None, "Hello"),
    ]
    assert [row["course"] for row in providers.personal_records(cast.teacher)] == ["Shared wards"]


def test_a_stranger_waits_for_nothing() -> None:
    running()

    assert waiting_for(PersonFactory()) == []


def test_every_kind_of_evidence_is_declared() -> None:
    declared = {kind.code: kind.unit for kind in evidence.kinds()}

    assert declared["exchange.course_run"] == "course"
    assert declared["exchange.learner_completed"] == "person"
    assert declared["exchange.team_formed"] == "team"
