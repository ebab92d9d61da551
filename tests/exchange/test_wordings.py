from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from biosint.exchange.models import Activity, ActivityWords, CourseWords
from biosint.exchange.operations.wordings import say_activity
from biosint.exchange.queries.wordings import course_said, said_of, titles_of
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, ActivityWordsFactory, CourseWordsFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return a_course(state=CourseState.RUNNING, language="en")


def address(activity: Activity, word: str = "") -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/{word}"


def test_each_reads_in_their_own_script_and_others_as_it_was_written(cast: Cast) -> None:
    activity = ActivityFactory(course=cast.course, title="First step", text="Read this.")
    ActivityWordsFactory(activity=activity, title="Први корак", text="Прочитајте ово.")

    assert said_of(activity, "sr").title.text == "Први корак"
    latin = said_of(activity, "sr-latn").title
    assert (latin.text, latin.lang, latin.is_fallback) == ("Prvi korak", "sr-Latn", False)
    near = said_of(activity, "cnr").title
    assert (near.text, near.is_fallback) == ("Prvi korak", True)
    far = said_of(activity, "sq").text
    assert (far.text, far.lang, far.is_fallback) == ("Read this.", "en", True)


def test_a_course_written_in_serbian_stays_serbian_where_nothing_is_translated() -> None:
    course = a_course(language="sr").course
    course.title = "Сепса"
    assert course_said(course, "en").title.text == "Сепса"
    assert course_said(course, "sr-latn").title.text == "Sepsa"


def test_titles_of_a_list_cost_one_query_and_none_in_the_language_of_the_course(
    cast: Cast, count_queries: Callable[..., Any]
) -> None:
    for _number in range(3):
        ActivityWordsFactory(activity=ActivityFactory(course=cast.course))
    with count_queries(1):
        assert len(titles_of(cast.course, "sr")) == 3
    with count_queries(0):
        assert titles_of(cast.course, "en") == {}


def test_outcomes_that_are_not_translated_read_as_they_were_written(cast: Cast) -> None:
    cast.course.outcomes = [
        {"text": "compare", "ioc_dimension": "systems"},
        {"text": "hand over", "ioc_dimension": "systems"},
    ]
    cast.course.save()
    CourseWordsFactory(course=cast.course, outcomes=["упоредите"])
    said = course_said(cast.course, "sr")
    assert [words.text for words in said.outcomes] == ["упоредите", "hand over"]


def test_a_teacher_translates_at_the_desk_and_learners_read_it(cast: Cast, client: Client) -> None:
    activity = ActivityFactory(course=cast.course, title="First step", text="Read this.")
    client.force_login(cast.teacher)
    page = client.get(f"/courses/{cast.course.slug}/languages/?language=sr").content.decode()
    assert "First step" in page
    assert "missing" in page

    sent = {"title": "Први корак", "text": "Прочитајте <script>ово</script>."}
    assert client.post(address(activity, "languages/sr/"), sent).status_code == 302

    learner = cast.admitted()
    client.force_login(learner.learner)
    shown = client.get(address(activity), {"in": "sr"}).content.decode()
    assert "Први корак" in shown
    assert "<script>ово" not in shown
    assert "First step" in client.get(address(activity), {"in": "en"}).content.decode()


def test_a_text_that_changed_since_asks_for_another_look(cast: Cast, client: Client) -> None:
    activity = ActivityFactory(course=cast.course, text_version=3)
    ActivityWordsFactory(activity=activity, of_version=2)
    client.force_login(cast.teacher)
    assert "changed since" in client.get(f"/courses/{cast.course.slug}/languages/").content.decode()


def test_only_teachers_translate_and_only_into_known_languages(cast: Cast, client: Client) -> None:
    activity = ActivityFactory(course=cast.course)
    for person in (PersonFactory(), cast.admitted().learner):
        client.force_login(person)
        assert client.get(address(activity, "languages/sr/")).status_code == 404
        with pytest.raises(Refused):
            say_activity(activity_id=activity.pk, language="sr", title="А", text="", by=person, at=NOON)
    client.force_login(cast.teacher)
    for language in ("en", "tlh"):
        assert client.get(address(activity, f"languages/{language}/")).status_code == 404
    assert not ActivityWords.objects.exists()


def test_the_description_is_translated_with_its_outcomes(cast: Cast, client: Client) -> None:
    cast.course.outcomes = [{"text": "compare", "ioc_dimension": "systems"}]
    cast.course.save()
    client.force_login(cast.teacher)
    sent = {"title": "Сепса", "summary": "Укратко.", "outcome_0": "упоредите"}
    assert client.post(f"/courses/{cast.course.slug}/languages/sr/", sent).status_code == 302
    words = CourseWords.objects.get()
    assert (words.title, words.outcomes) == ("Сепса", ["упоредите"])
