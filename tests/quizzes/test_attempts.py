from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from biosint.people.api import Person
from biosint.quizzes import attachments
from biosint.quizzes.attachments import Attachment
from biosint.quizzes.events import AttemptJudged, attempt_judged
from biosint.quizzes.models import Attempt, Quiz
from biosint.quizzes.operations import attempts, marking
from biosint.quizzes.operations.bank import Draft, change_question, remove_question
from biosint.quizzes.queries.attempts import counting_percent, own_attempts, percent, slots_of
from biosint.quizzes.states import AttemptState, Counting, QuestionKind
from biosint.shared.verdicts import ALLOWED, Refused, Verdict
from clock import DAY, NOON
from factories import PersonFactory
from factories.quizzes import (
    ESSAY,
    SAMPLES,
    KeepingFactory,
    PartFactory,
    QuestionFactory,
    QuizFactory,
    TagFactory,
    whole_quiz,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MINUTE = timedelta(minutes=1)
RIGHT: dict[str, Any] = {
    "0": "a",
    "1": ["a", "b"],
    "2": ["a", "b", "c", "d"],
    "3": {"a": "a", "b": "b"},
    "4": "125",
    "5": "tahikardija",
}
FORM = {
    "q0": "a",
    "q1": ["a", "b"],
    "q2-a": "1",
    "q2-b": "2",
    "q2-c": "3",
    "q2-d": "4",
    "q3-a": "a",
    "q3-b": "b",
    "q4": "125",
    "q5": "тахикардија",
}


class Place:
    """Where every quiz of a test stands; None when it was taken away."""

    here: Attachment | None = Attachment(title="Course", url="/", may_answer=ALLOWED)

    def __call__(self, _quiz: Quiz, _person: Person, _at: datetime) -> Attachment | None:
        return self.here


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    found = Place()
    monkeypatch.setattr(attachments, "_FINDERS", [found])
    return found


@pytest.fixture
def heard() -> Iterator[list[AttemptJudged]]:
    events: list[AttemptJudged] = []

    def hear(event: AttemptJudged, **_more: Any) -> None:
        events.append(event)

    attempt_judged.connect(hear)
    yield events
    attempt_judged.disconnect(hear)


def begun(quiz: Quiz, person: Person, at: datetime = NOON, key: UUID | None = None) -> Attempt:
    return attempts.begin(quiz_id=quiz.pk, key=key or uuid4(), by=person, at=at)


def sent(attempt: Attempt, answers: dict[str, Any] | None, at: datetime = NOON + MINUTE) -> attempts.Saved:
    return attempts.send(
        attempt_id=attempt.pk, answers=answers, seen_revision=attempt.revision, by=attempt.person, at=at
    )


def saved(attempt: Attempt, answers: dict[str, Any], revision: int, at: datetime = NOON) -> attempts.Saved:
    return attempts.save(
        attempt_id=attempt.pk, answers=answers, flagged=[], seen_revision=revision, by=attempt.person, at=at
    )


def test_an_attempt_is_sent_marked_and_told_in_one_go(place: Place, heard: list[AttemptJudged]) -> None:
    attempt = begun(whole_quiz(), PersonFactory())

    done = sent(attempt, RIGHT).attempt

    assert (done.state, done.points, done.most_points) == (AttemptState.SENT, 7, 7)
    assert [(event.percent, event.was_sent) for event in heard] == [(100, True)]


def test_sending_twice_is_one_attempt_and_the_first_stands(place: Place, heard: list[AttemptJudged]) -> None:
    attempt = begun(whole_quiz(), PersonFactory())
    sent(attempt, RIGHT)

    again = sent(attempt, {"0": "b"}).attempt

    assert again.points == 7
    assert len(heard) == 1


def test_a_receiver_that_breaks_takes_the_attempt_back(place: Place) -> None:
    attempt = begun(whole_quiz(), PersonFactory())

    def breaks(**_more: Any) -> None:
        raise RuntimeError("no score")

    attempt_judged.connect(breaks)
    try:
        with pytest.raises(RuntimeError, match="no score"):
            sent(attempt, RIGHT)
    finally:
        attempt_judged.disconnect(breaks)

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OPEN


def test_the_button_pressed_twice_begins_one_attempt(place: Place) -> None:
    quiz, person, key = whole_quiz(), PersonFactory(), uuid4()

    assert begun(quiz, person, key=key) == begun(quiz, person, key=key)
    assert begun(quiz, person) == begun(quiz, person)
    assert Attempt.objects.count() == 1


def test_an_old_form_begins_nothing_new_after_sending(place: Place) -> None:
    quiz, person, key = whole_quiz(attempts_allowed=3), PersonFactory(), uuid4()
    first = begun(quiz, person, key=key)
    sent(first, RIGHT)

    assert begun(quiz, person, key=key) == first


def test_a_form_of_somebody_else_begins_nothing(place: Place) -> None:
    quiz, key = whole_quiz(), uuid4()
    begun(quiz, PersonFactory(), key=key)

    with pytest.raises(Refused):
        begun(quiz, PersonFactory(), key=key)


def test_only_so_many_attempts_are_begun(place: Place) -> None:
    quiz, person = whole_quiz(attempts_allowed=1), PersonFactory()
    sent(begun(quiz, person), RIGHT)

    with pytest.raises(Refused, match="all your attempts"):
        begun(quiz, person)


def test_nobody_begins_where_the_place_is_closed(place: Place) -> None:
    place.here = Attachment("Course", "/", may_answer=Verdict(allowed=False, reason="Closed."))

    with pytest.raises(Refused, match="Closed"):
        begun(whole_quiz(), PersonFactory())


@pytest.mark.parametrize(("counting", "figure"), [(Counting.BEST, 100), (Counting.LAST, Decimal("14.29"))])
def test_the_best_or_the_last_attempt_counts(place: Place, counting: Counting, figure: Decimal) -> None:
    quiz, person = whole_quiz(attempts_allowed=0, counting=counting), PersonFactory()
    sent(begun(quiz, person), RIGHT)
    sent(begun(quiz, person), {"0": "a"})

    assert counting_percent(quiz, own_attempts(quiz, person)) == figure


def test_two_tabs_do_not_empty_each_other(place: Place) -> None:
    attempt = begun(whole_quiz(), PersonFactory())
    saved(attempt, {"0": "a", "4": "1"}, 0)

    stale = saved(attempt, {"0": None, "4": "125", "5": "x"}, 0)

    assert stale.merged
    assert stale.attempt.answers == {"0": "a", "4": "125", "5": "x"}


def test_what_is_emptied_in_the_same_tab_is_empty(place: Place) -> None:
    attempt = begun(whole_quiz(), PersonFactory())
    saved(attempt, {"0": "a", "4": "1"}, 0)

    assert saved(attempt, {"0": None, "4": "1"}, 1).attempt.answers == {"4": "1"}


def test_after_the_time_what_was_saved_counts_and_the_rest_is_kept(place: Place) -> None:
    quiz = whole_quiz(minutes=10)
    KeepingFactory(bank=quiz.bank, person=quiz.bank.created_by)
    attempt = begun(quiz, PersonFactory())
    saved(attempt, {"0": "a"}, 0, NOON + 9 * MINUTE)

    late = sent(attempt, RIGHT, NOON + 11 * MINUTE)

    assert late.late
    assert (late.attempt.points, late.attempt.late_answers) == (1, RIGHT)
    counted = marking.count_late_answers(attempt_id=attempt.pk, by=quiz.bank.created_by, at=NOON + DAY)
    assert (counted.points, counted.late_answers) == (7, {})


def test_a_slow_line_has_half_a_minute(place: Place) -> None:
    attempt = begun(whole_quiz(minutes=10), PersonFactory())

    assert sent(attempt, RIGHT, NOON + 10 * MINUTE + timedelta(seconds=30)).attempt.points == 7


def test_somebody_with_more_time_has_more_time(place: Place) -> None:
    place.here = Attachment("Course", "/", more_time=5 * MINUTE)
    attempt = begun(whole_quiz(minutes=10), PersonFactory())

    assert sent(attempt, RIGHT, NOON + 15 * MINUTE).attempt.points == 7


def test_the_closing_ends_every_attempt_and_may_be_moved_meanwhile(place: Place) -> None:
    place.here = Attachment("Course", "/", closes_at=NOON + 5 * MINUTE)
    early, late = (begun(whole_quiz(minutes=10), PersonFactory()) for _each in range(2))

    assert sent(early, RIGHT, NOON + 6 * MINUTE).attempt.points == 0
    place.here = Attachment("Course", "/", closes_at=NOON + 8 * MINUTE)
    assert sent(late, RIGHT, NOON + 7 * MINUTE).attempt.points == 7


def test_drafts_of_people_who_have_gone_are_sent_after_the_time(place: Place) -> None:
    quiz = whole_quiz(minutes=10)
    gone, slow = begun(quiz, PersonFactory()), begun(quiz, PersonFactory(), NOON + 5 * MINUTE)
    saved(gone, RIGHT, 0, NOON + MINUTE)

    nearest = attempts.close_overdue(quiz_id=quiz.pk, at=NOON + 12 * MINUTE)

    gone.refresh_from_db()
    assert (gone.state, gone.points) == (AttemptState.SENT, 7)
    assert nearest == slow.ends_at


def test_a_quiz_taken_away_while_somebody_answers_keeps_the_work(place: Place) -> None:
    attempt = begun(whole_quiz(), PersonFactory())
    place.here = None

    assert sent(attempt, RIGHT).attempt.points == 7


def test_a_question_changed_or_removed_while_somebody_answers_stays_as_it_was(place: Place) -> None:
    quiz = whole_quiz()
    attempt = begun(quiz, PersonFactory())
    keeper = KeepingFactory(bank=quiz.bank).person
    first, second = (part.question for part in quiz.parts.all()[:2])
    change_question(
        question_id=first.pk,
        draft=Draft(SAMPLES[QuestionKind.TEXT]),
        seen_version=1,
        by=keeper,
        at=NOON,
    )
    remove_question(question_id=second.pk, by=keeper, at=NOON)

    assert sent(attempt, RIGHT).attempt.points == 7
    assert quiz.parts.count() == 5


def test_questions_by_chance_come_from_the_tag_once_and_the_same_again(place: Place) -> None:
    quiz = QuizFactory()
    tagged = [QuestionFactory(bank=quiz.bank) for _each in range(6)]
    for question in tagged:
        TagFactory(question=question, word="pulse")
    QuestionFactory(bank=quiz.bank)
    PartFactory(quiz=quiz, question=tagged[0])
    PartFactory(quiz=quiz, question=None, tag="pulse", count=4)

    attempt = begun(quiz, PersonFactory())

    versions = [slot.version_id for slot in slots_of(attempt)]
    assert len(set(versions)) == 5
    assert tagged[0].newest_id in versions
    assert [slot.options for slot in slots_of(attempt)] == [slot.options for slot in slots_of(attempt)]


def test_what_is_to_be_ordered_never_comes_in_order(place: Place) -> None:
    for _each in range(30):
        attempt = begun(whole_quiz(), PersonFactory())
        assert [option.code for option in slots_of(attempt)[2].options] != ["a", "b", "c", "d"]


def test_a_teacher_marks_what_was_written(place: Place, heard: list[AttemptJudged]) -> None:
    quiz = QuizFactory()
    keeper = KeepingFactory(bank=quiz.bank).person
    PartFactory(quiz=quiz, question=QuestionFactory(bank=quiz.bank, content=ESSAY))
    attempt = sent(begun(quiz, PersonFactory()), {"0": "Because."}).attempt
    assert (attempt.waits_for_marking, percent(attempt)) == (True, None)

    def given(share: int, seen: str) -> Attempt:
        return marking.mark_answer(
            attempt_id=attempt.pk,
            number=0,
            share=Decimal(share),
            comment="Good.",
            seen_share=seen,
            by=keeper,
            at=NOON,
        )

    assert (given(75, "").points, heard[-1].percent, heard[-1].was_sent) == (3, 75, False)
    with pytest.raises(marking.MarkedMeanwhile):
        given(50, "")
    assert given(50, "75").points == 2


def test_a_corrected_key_judges_what_was_sent_anew(place: Place, heard: list[AttemptJudged]) -> None:
    quiz = QuizFactory()
    keeper = KeepingFactory(bank=quiz.bank).person
    question = QuestionFactory(bank=quiz.bank)
    PartFactory(quiz=quiz, question=question)
    attempt = sent(begun(quiz, PersonFactory()), {"0": "c"}).attempt
    assert attempt.points == 0
    content = SAMPLES[QuestionKind.CHOICE]
    options = tuple(
        type(option)(option.code, option.text, Decimal(100 * (option.code == "c")))
        for option in content.options
    )
    corrected = type(content)(kind=content.kind, title="", text=content.text, options=options)
    change_question(question_id=question.pk, draft=Draft(corrected), seen_version=1, by=keeper, at=NOON)

    changed = marking.regrade(quiz_id=quiz.pk, question_id=question.pk, by=keeper, at=NOON)

    attempt.refresh_from_db()
    assert (changed, attempt.points, attempt.answers, heard[-1].percent) == (1, 1, {"0": "c"}, 100)
    assert attempt.slots[0]["answered"] == question.newest_id
    assert marking.regrade(quiz_id=quiz.pk, question_id=question.pk, by=keeper, at=NOON) == 0


def test_nobody_else_saves_sends_or_sees_an_attempt(place: Place, client_of: ClientOf) -> None:
    attempt = begun(whole_quiz(), PersonFactory())
    stranger = client_of(PersonFactory())

    for method, word in (("get", ""), ("post", "save/"), ("post", "send/"), ("get", "result/")):
        assert getattr(stranger, method)(f"/quizzes/attempts/{attempt.public_id}/{word}").status_code == 404


def test_the_whole_way_works_without_scripts(place: Place, client_of: ClientOf) -> None:
    quiz, person = whole_quiz(), PersonFactory()
    client = client_of(person)

    opened = client.post(f"/quizzes/{quiz.pk}/begin/", {"key": uuid4()}, follow=True)
    attempt = Attempt.objects.get()
    address = f"/quizzes/attempts/{attempt.public_id}/"
    assert "Which pulse is" in opened.content.decode()
    checked = client.post(f"{address}save/", {"q4": "125", "flag": "2", "revision": 0, "check": 1})
    assert "Not answered yet" in checked.content.decode()
    assert 'value="125"' in client.get(address).content.decode()
    done = client.post(f"{address}send/", {**FORM, "revision": 1}, follow=True)

    assert "7 of 7 points" in " ".join(done.content.decode().split())
    assert client.get(address, follow=True).redirect_chain[-1][0].endswith("/result/")
    assert client.post(f"{address}send/", {"q0": "b"}).status_code == 302
    attempt.refresh_from_db()
    assert attempt.points == 7


def test_the_script_saves_as_json(place: Place, client_of: ClientOf) -> None:
    attempt = begun(whole_quiz(minutes=10), person := PersonFactory(), datetime.now(NOON.tzinfo))
    address = f"/quizzes/attempts/{attempt.public_id}/save/"

    told = client_of(person).post(address, {"q0": "a", "revision": 0}, headers={"accept": "application/json"})

    assert told.json() == {
        "revision": 1,
        "merged": False,
        "late": False,
        "sent": False,
        "seconds": pytest.approx(600, abs=20),
    }


@pytest.mark.parametrize("word", ["²", "9" * 40, "-1", "x", ""])
def test_a_mad_form_breaks_nothing(place: Place, client_of: ClientOf, word: str) -> None:
    attempt = begun(whole_quiz(), person := PersonFactory())
    mad = dict.fromkeys([*FORM, "revision", "flag"], word)

    assert client_of(person).post(f"/quizzes/attempts/{attempt.public_id}/save/", mad).status_code == 302


def test_what_people_write_is_shown_as_words(place: Place, client_of: ClientOf) -> None:
    quiz = QuizFactory()
    evil = "<script>alert(1)</script>"
    hostile = type(ESSAY)(kind=QuestionKind.TEXT, title=evil, text={"en": f"{evil} [x](javascript:alert(1))"})
    PartFactory(quiz=quiz, question=QuestionFactory(bank=quiz.bank, content=hostile))
    attempt = begun(quiz, person := PersonFactory())
    client = client_of(person)

    page = client.get(f"/quizzes/attempts/{attempt.public_id}/").content.decode()
    done = client.post(f"/quizzes/attempts/{attempt.public_id}/send/", {"q0": evil}, follow=True)

    assert "<script>alert" not in page + done.content.decode()
    assert 'href="javascript' not in page


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_of_an_attempt_asks_as_often_for_many_questions(
    place: Place, client_of: ClientOf, count_queries: Any, count: int
) -> None:
    quiz = QuizFactory()
    for _each in range(count):
        PartFactory(quiz=quiz, question=QuestionFactory(bank=quiz.bank))
    attempt = begun(quiz, person := PersonFactory())
    client = client_of(person)
    client.get("/")

    with count_queries(4):
        client.get(f"/quizzes/attempts/{attempt.public_id}/")
