from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from biosint.people.api import Person
from biosint.quizzes.models import Bank, Question, Quiz
from biosint.quizzes.states import AttemptState, QuestionKind
from clock import NOON
from factories import InstitutionFactory, PersonFactory, TeacherFactory
from factories.quizzes import (
    SAMPLES,
    AttemptFactory,
    BankFactory,
    KeepingFactory,
    PartFactory,
    QuestionFactory,
    TagFactory,
    whole_quiz,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def page_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def keeper() -> Person:
    return TeacherFactory(at=InstitutionFactory())


@pytest.fixture
def bank(keeper: Person) -> Bank:
    found = BankFactory(created_by=keeper)
    KeepingFactory(bank=found, person=keeper)
    return found


def written(**fields: Any) -> dict[str, Any]:
    return {
        "text": "What is fast?",
        "points": "2",
        "shuffle": "on",
        "row-TOTAL_FORMS": "4",
        "row-INITIAL_FORMS": "0",
        **fields,
    }


CHOICE = written(**{"row-0-text": "120", "row-0-is_right": "on", "row-1-text": "60"})


def test_a_teacher_begins_a_collection_writes_a_question_and_finds_it(
    client_of: ClientOf, keeper: Person
) -> None:
    client = client_of(keeper)
    own = keeper.institutions_as("teacher")

    made = client.post("/quizzes/", {"title": "Pulse", "institution": next(iter(own))})
    client.post(f"{made['Location']}questions/new/choice/", {**CHOICE, "tags": "Pulse, ECG"})

    assert "What is fast?" in page_of(client.get(f"{made['Location']}?q=FAST&tag=pulse"))
    assert "Nothing fits" in page_of(client.get(f"{made['Location']}?q=slow"))
    content = Question.objects.get().newest.asked
    assert [(option.code, option.share) for option in content.options] == [("a", 100), ("b", 0)]


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_every_kind_stays_as_it_is_when_it_is_saved_again(
    client_of: ClientOf, keeper: Person, bank: Bank, kind: QuestionKind
) -> None:
    question = QuestionFactory(bank=bank, kind=kind)
    client = client_of(keeper)
    address = f"/quizzes/questions/{question.public_id}/edit/?lang=en"
    page = client.get(address)
    rows = page.context["rows"]
    fields: dict[str, Any] = {"row-TOTAL_FORMS": len(rows.forms), "row-INITIAL_FORMS": 0}
    for form in [page.context["form"], *rows.forms]:
        for bound in form:
            value = bound.value()
            if value not in (None, "", False):
                fields[bound.html_name] = "on" if value is True else value

    saved = client.post(address, fields)

    assert saved.status_code == 302, page_of(saved)
    question.refresh_from_db()
    assert question.newest.asked == SAMPLES[kind]
    assert question.newest.number == 1


def test_a_question_is_translated_beside_its_other_languages(
    client_of: ClientOf, keeper: Person, bank: Bank
) -> None:
    question = QuestionFactory(bank=bank, kind=QuestionKind.ORDER)
    fields = written(text="Riješite redom.", seen_version=1, **{"row-TOTAL_FORMS": "4"})
    for number, code in enumerate("abcd"):
        fields |= {f"row-{number}-code": code, f"row-{number}-text": f"korak {code}"}

    client_of(keeper).post(f"/quizzes/questions/{question.public_id}/edit/?lang=bs", fields)

    question.refresh_from_db()
    assert question.newest.asked.text == {"bs": "Riješite redom.", "en": "Put the steps in order."}
    assert question.newest.asked.options[0].text == {"bs": "korak a", "en": "wet"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "This field is required"),
        ({"row-0-is_right": ""}, "Say which answer is right"),
        ({"points": "0"}, "greater than or equal"),
        ({"image": "//evil.example/x.png"}, "Put the picture on this site first"),
        ({"image": "javascript:alert(1)"}, "Put the picture on this site first"),
    ],
)
def test_a_faulty_question_is_explained_and_not_kept(
    client_of: ClientOf, keeper: Person, bank: Bank, fields: dict[str, str], words: str
) -> None:
    page = client_of(keeper).post(f"/quizzes/banks/{bank.pk}/questions/new/choice/", {**CHOICE, **fields})

    assert page.status_code == 422
    assert words in page_of(page)
    assert not Question.objects.exists()


def test_the_preview_keeps_nothing(client_of: ClientOf, keeper: Person, bank: Bank) -> None:
    address = f"/quizzes/banks/{bank.pk}/questions/new/choice/"

    page = client_of(keeper).post(address, {**CHOICE, "preview": "1"})
    part = client_of(keeper).post(address, CHOICE, headers={"hx-request": "true"})

    assert 'type="radio"' in page_of(page)
    assert page_of(part).startswith("<fieldset")
    assert not Question.objects.exists()


def test_more_rows_come_without_losing_what_is_written(
    client_of: ClientOf, keeper: Person, bank: Bank
) -> None:
    page = client_of(keeper).post(f"/quizzes/banks/{bank.pk}/questions/new/choice/", {**CHOICE, "more": "1"})

    assert 'name="row-7-text"' in page_of(page)
    assert ">120<" in page_of(page).replace("> ", ">").replace(" <", "<")


def test_two_teachers_at_once_do_not_overwrite_each_other(
    client_of: ClientOf, keeper: Person, bank: Bank
) -> None:
    question = QuestionFactory(bank=bank)
    address = f"/quizzes/questions/{question.public_id}/edit/?lang=en"
    client = client_of(keeper)
    client.post(address, {**CHOICE, "seen_version": 1})

    second = client.post(address, {**CHOICE, "text": "Other?", "seen_version": 1})

    assert "has saved another version meanwhile" in page_of(second)
    assert question.versions.count() == 2


def test_colleagues_use_a_shared_bank_and_change_nothing(client_of: ClientOf) -> None:
    shared = BankFactory(is_shared=True)
    question = QuestionFactory(bank=shared)
    colleague = TeacherFactory(at=shared.institution)
    own = BankFactory()
    KeepingFactory(bank=own, person=colleague)
    client = client_of(colleague)

    assert client.get(f"/quizzes/questions/{question.public_id}/").status_code == 200
    assert client.get(f"/quizzes/questions/{question.public_id}/edit/").status_code == 403
    client.post(f"/quizzes/questions/{question.public_id}/copy/", {"bank": own.pk})
    assert own.questions.get().newest.asked == question.newest.asked


def test_strangers_find_nothing(client_of: ClientOf, bank: Bank) -> None:
    question = QuestionFactory(bank=bank)
    quiz = whole_quiz(bank=bank)
    client = client_of(TeacherFactory())

    for address in (
        f"banks/{bank.pk}/",
        f"banks/{bank.pk}/import/",
        f"banks/{bank.pk}/export/gift/",
        f"questions/{question.public_id}/",
        f"{quiz.pk}/",
        f"{quiz.pk}/preview/",
        f"{quiz.pk}/results/",
        f"{quiz.pk}/results/csv/",
        f"{quiz.pk}/figures/",
        f"{quiz.pk}/marking/",
    ):
        assert client.get(f"/quizzes/{address}").status_code == 404, address


def test_a_quiz_is_put_together(client_of: ClientOf, keeper: Person, bank: Bank) -> None:
    questions = [QuestionFactory(bank=bank, title=f"Question {number}") for number in range(3)]
    TagFactory(question=questions[2], word="pulse")
    client = client_of(keeper)
    client.post(f"/quizzes/banks/{bank.pk}/quizzes/new/", {"title": "Test"})
    quiz = Quiz.objects.get()

    def change(**fields: Any) -> None:
        quiz.refresh_from_db()
        client.post(f"/quizzes/{quiz.pk}/parts/", {"seen_version": quiz.version, **fields})

    change(add=1, question=[question.pk for question in questions[:2]])
    change(draw=1, count=1, tag="pulse")
    change(up=2)
    change(out=2)
    change(weigh=1, **{"points-1": "2,5"})

    asked = [(part.question_id, part.tag, part.points) for part in quiz.parts.all()]
    assert asked == [(questions[1].pk, "", Decimal("2.5")), (None, "pulse", None)]
    page = page_of(client.get(f"/quizzes/{quiz.pk}/"))
    assert "1 by chance" in page


def test_a_stale_page_of_a_quiz_changes_nothing(client_of: ClientOf, keeper: Person, bank: Bank) -> None:
    quiz = whole_quiz(bank=bank, version=5)

    page = client_of(keeper).post(f"/quizzes/{quiz.pk}/parts/", {"seen_version": 4, "out": 1}, follow=True)

    assert "has changed this quiz meanwhile" in page_of(page)
    assert quiz.parts.count() == 6


def test_the_preview_of_a_quiz_is_marked_and_not_kept(
    client_of: ClientOf, keeper: Person, bank: Bank
) -> None:
    quiz = whole_quiz(bank=bank)
    client = client_of(keeper)

    assert 'name="q0"' in page_of(client.get(f"/quizzes/{quiz.pk}/preview/"))
    assert "1 / 1" in page_of(client.post(f"/quizzes/{quiz.pk}/preview/", {"seed": "x", "q0": "a"}))
    assert not quiz.attempts.exists()


def sent(quiz: Quiz, answer: str, name: str = "Ana") -> None:
    versions = [part.question.newest_id for part in quiz.parts.all()]
    AttemptFactory(
        quiz=quiz,
        person=PersonFactory(name=name),
        state=AttemptState.SENT,
        sent_at=NOON,
        slots=[{"version": key, "points": "1"} for key in versions],
        answers={"0": answer, "1": "x"},
        marks={"0": {"share": "100" if answer == "a" else "0"}, "1": {"share": "50"}},
        points=1,
        most_points=2,
    )


@pytest.mark.parametrize("count", [3, 30])
def test_lists_ask_as_often_for_many_rows(
    client_of: ClientOf, count_queries: Any, keeper: Person, bank: Bank, count: int
) -> None:
    quiz = Quiz.objects.create(bank=bank, title="Test", changed_by=keeper, changed_at=NOON)
    for number in range(count):
        question = QuestionFactory(bank=bank)
        TagFactory(question=question, word="pulse")
        if number < 2:
            PartFactory(quiz=quiz, question=question)
    for number in range(count):
        sent(quiz, "ab"[number % 2])
    client = client_of(keeper)
    client.get("/")

    for address, queries in (
        ("/quizzes/", 7),
        (f"/quizzes/banks/{bank.pk}/", 10),
        (f"/quizzes/{quiz.pk}/results/", 7),
        (f"/quizzes/{quiz.pk}/figures/", 6),
    ):
        with count_queries(queries):
            assert client.get(address).status_code == 200


def test_results_are_taken_away_as_a_harmless_table(client_of: ClientOf, keeper: Person, bank: Bank) -> None:
    quiz = Quiz.objects.create(bank=bank, title="Test", changed_by=keeper, changed_at=NOON)
    for _each in range(2):
        PartFactory(quiz=quiz, question=QuestionFactory(bank=bank))
    sent(quiz, "a", name="=HYPERLINK(1)")
    client = client_of(keeper)

    table = client.get(f"/quizzes/{quiz.pk}/results/csv/").content.decode("utf-8-sig")
    book = client.get(f"/quizzes/{quiz.pk}/results/xlsx/")

    assert "'=HYPERLINK(1)" in table
    assert "120 a minute" in table
    assert book.content.startswith(b"PK")


def test_figures_are_shown_from_five_attempts_on(client_of: ClientOf, keeper: Person, bank: Bank) -> None:
    quiz = Quiz.objects.create(bank=bank, title="Test", changed_by=keeper, changed_at=NOON)
    for _each in range(2):
        PartFactory(quiz=quiz, question=QuestionFactory(bank=bank))
    for _each in range(4):
        sent(quiz, "a")
    address = f"/quizzes/{quiz.pk}/figures/"

    assert "from 5 attempts on" in page_of(client_of(keeper).get(address))
    sent(quiz, "b")
    page = page_of(client_of(keeper).get(address))
    assert "from 5 attempts on" not in page
    assert ">80<" in page
