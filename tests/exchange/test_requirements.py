from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from biosint.audit.api import Line
from biosint.exchange import operations
from biosint.exchange.models import Application, Requirement
from biosint.exchange.operations.requirements import set_requirements
from biosint.exchange.providers import personal_records
from biosint.exchange.rules.requirements import Told, may_be_considered, meets
from biosint.exchange.states import RequirementKind
from biosint.shared import registries
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import a_course
from exchange.test_guests import FORM
from exchange.test_web import open_now, page_of
from factories import PersonFactory

if TYPE_CHECKING:
    from conftest import ClientOf

pytestmark = pytest.mark.django_db


def asked(kind: str, text: str = "", *, is_hard: bool = False, number: int = 1) -> Requirement:
    return Requirement(kind=kind, text=text, is_hard=is_hard, number=number)


@pytest.mark.parametrize(
    ("kind", "text", "enough", "too_little", "sentence"),
    [
        ("language", "", Told(level="B1"), Told(level="A2"), "The course needs level B1 of its language."),
        ("year", "3", Told(year=3), Told(year=2), "The course is for year 3 of studies and later."),
        ("year", "3", Told(year=7), Told(), "The course is for year 3 of studies and later."),
        (
            "profession",
            "",
            Told(profession="nursing"),
            Told(profession="medicine"),
            "The course is for: nursing, pharmacy.",
        ),
        ("knowledge", "You know ECG.", Told(knows=True), Told(), "The course builds on this: You know ECG."),
        (
            "question",
            "Why now?",
            Told(said={1: "Because."}),
            Told(said={1: "  "}),
            "This question waits for your answer: Why now?",
        ),
    ],
)
def test_each_requirement_is_met_or_says_what_is_missing(
    kind: str, text: str, enough: Told, too_little: Told, sentence: str
) -> None:
    course = a_course(level="B1", for_professions=" nursing pharmacy ").course
    requirement = asked(kind, text)

    assert meets(requirement, course, enough)
    assert str(meets(requirement, course, too_little).reason) == sentence


def test_a_soft_requirement_asks_for_a_reason_and_a_hard_one_refuses() -> None:
    course = a_course().course
    soft, hard = asked("year", "3"), asked("year", "3", is_hard=True)
    second_year = Told(year=2)
    with_reason = Told(year=2, reason="I have worked as a nurse for five years.")

    assert not may_be_considered([soft], course, second_year)
    assert may_be_considered([soft], course, with_reason)
    assert not may_be_considered([hard], course, with_reason)


def test_every_kind_is_judged_and_shown() -> None:
    course = a_course(for_professions=" nursing ").course

    for kind in RequirementKind:
        assert not meets(asked(kind, "3"), course, Told())


def test_teachers_set_requirements_and_others_cannot() -> None:
    cast = a_course()
    set_requirements(course_id=cast.course.pk, wanted=[asked("year", "2")], by=cast.teacher, at=NOON)
    set_requirements(
        course_id=cast.course.pk, wanted=[asked("year", "3", is_hard=True)], by=cast.teacher, at=NOON
    )

    with pytest.raises(Refused):
        set_requirements(course_id=cast.course.pk, wanted=[], by=PersonFactory(), at=NOON)

    assert [(one.kind, one.text, one.is_hard) for one in cast.course.requirements.all()] == [
        ("year", "3", True)
    ]
    assert Line.objects.filter(action="exchange.course.requirements_set").count() == 2


def test_the_operation_itself_refuses_who_falls_short() -> None:
    cast = a_course()
    set_requirements(
        course_id=cast.course.pk, wanted=[asked("year", "3", is_hard=True)], by=cast.teacher, at=NOON
    )

    with pytest.raises(Refused, match="year 3"):
        operations.apply(course_id=cast.course.pk, by=cast.student(), at=NOON, told=Told(year=2))

    assert not Application.objects.exists()


def test_a_teacher_asks_and_a_visitor_answers(client_of: ClientOf) -> None:
    cast = open_now(outsider_places=2, for_professions=" nursing ")
    page = f"/courses/{cast.course.slug}/"
    response = client_of(cast.teacher).post(
        f"{page}requirements/",
        {
            "profession": "soft",
            "year": "hard",
            "year_text": "3",
            "question_1": "hard",
            "question_1_text": "Which patient do you remember?",
        },
    )
    assert response.status_code == 302, page_of(response)

    visitor = Client()
    shown = page_of(visitor.get(page))
    too_early = visitor.post(
        f"{page}apply/", {**FORM, "year": "2", "question_1": "The first one.", "reason": "Please."}
    )
    no_reason = visitor.post(f"{page}apply/", {**FORM, "year": "4", "question_1": "The first one."})
    sent = visitor.post(
        f"{page}apply/", {**FORM, "year": "4", "question_1": "The first one.", "reason": "I nurse, too."}
    )

    assert "You are in year 3 of your studies, or later." in shown
    assert (too_early.status_code, no_reason.status_code, sent.status_code) == (422, 422, 302)
    assert "The course is for year 3 of studies and later." in page_of(too_early)
    assert "The course is for: nursing." in page_of(no_reason)
    application = Application.objects.get()
    assert application.reason == "I nurse, too."
    assert [one["said"] for one in application.answers] == ["4", "medicine", "The first one."]
    desk = page_of(client_of(cast.teacher).get(f"{page}applications/"))
    assert "Which patient do you remember?" in desk
    assert "I nurse, too." in desk


def test_what_is_asked_without_its_words_is_explained(client_of: ClientOf) -> None:
    cast = open_now()

    response = client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/requirements/", {"knowledge": "soft", "profession": "hard"}
    )

    assert response.status_code == 422
    assert "Say what is asked, or choose" in page_of(response)
    assert "Choose the fields under" in page_of(response)


def test_answers_belong_to_the_person() -> None:
    cast = a_course()
    cast.course.requirements.create(kind="year", text="2")
    student = cast.student()
    operations.apply(course_id=cast.course.pk, by=student, at=NOON, told=Told(year=1, reason="Soon in two."))

    (kept,) = personal_records(student)
    for erase in registries.ERASERS:
        erase(student)

    assert (kept["reason"], kept["answers"][0]["said"]) == ("Soon in two.", "1")
    application = Application.objects.get()
    assert (application.reason, application.answers) == ("", [])
