"""The public page: consent first, four scripts, once per form, an hour's grace, clear ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.surveys.models import AnswerSet, Submission
from biosint.surveys.web.answering import _hand_out
from factories.institutions import InstitutionFactory
from factories.surveys import AnswerSetFactory, VersionFactory

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "consent": "yes",
    "mobility": "yes",
    "obstacles": ["money", "time"],
    "digital_a": "4",
    "digital_b": "2",
    "age": "21",
    "wish": "More partners",
}


def open_now(**more: Any) -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(
        **{"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1), **more}
    )


def form_of(answer_set: AnswerSet, *, begun: Any = None) -> dict[str, Any]:
    return {**ANSWERS, "key": _hand_out(answer_set, begun or timezone.now())}


def test_an_answer_arrives_without_an_account() -> None:
    answer_set = open_now(asked=[InstitutionFactory()])

    page = Client().get(f"/surveys/a/{answer_set.token}/")
    response = Client().post(f"/surveys/a/{answer_set.token}/?lang=sq", form_of(answer_set))

    assert page.status_code == 200
    assert response.status_code == 303
    submission = Submission.objects.get()
    assert submission.answers == {
        "mobility": "yes",
        "obstacles": ["money", "time"],
        "digital_a": 4,
        "digital_b": 2,
        "age": 21,
        "wish": "More partners",
    }
    assert submission.language == "sq"
    assert submission.institution == answer_set.institutions.get()


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "Abroad?"), ("sr", "У иностранство?"), ("sr-latn", "U inostranstvo?"), ("sq", "Abroad?")],
)
def test_the_page_speaks_four_languages_and_scripts(code: str, words: str) -> None:
    answer_set = open_now()

    response = Client().get(f"/surveys/a/{answer_set.token}/?lang={code}")

    page = response.content.decode()
    assert words in page
    assert (
        "Мали упитник" if code == "sr" else "Mali upitnik" if code == "sr-latn" else "Small questionnaire"
    ) in page
    assert response.headers["Content-Language"] == code


def test_a_form_sent_twice_counts_once() -> None:
    answer_set = open_now()
    form = form_of(answer_set)

    answers = [Client().post(f"/surveys/a/{answer_set.token}/", form).status_code for _time in range(2)]

    assert answers == [303, 303]
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"consent": ""}, "Please agree first"),
        ({"mobility": ""}, "Please answer this question"),
        ({"mobility": "perhaps"}, "one of the answers shown"),
        ({"obstacles": ["money", "rain"]}, "choose from the answers shown"),
        ({"digital_a": "9"}, "one of the points shown"),
        ({"age": "twenty"}, "write a number, such as"),
        ({"age": "nan"}, "write a number, such as"),
        ({"age": "12"}, "number from 17 to 99"),
        ({"wish": "x" * 5000}, "shorten this"),
        ({"key": "forged"}, "please send them again"),
    ],
)
def test_a_mistake_is_named_and_everything_typed_is_kept(changed: dict[str, Any], fault: str) -> None:
    answer_set = open_now()

    response = Client().post(f"/surveys/a/{answer_set.token}/", {**form_of(answer_set), **changed})

    page = response.content.decode()
    assert response.status_code == 422
    assert fault in page
    if "wish" not in changed:
        assert "More partners" in page
    assert not Submission.objects.exists()


def test_with_several_institutions_one_must_be_chosen() -> None:
    first, second = InstitutionFactory(), InstitutionFactory()
    answer_set = open_now(asked=[first, second])

    without = Client().post(f"/surveys/a/{answer_set.token}/", form_of(answer_set))
    chosen = Client().post(
        f"/surveys/a/{answer_set.token}/", {**form_of(answer_set), "institution": second.slug}
    )

    assert without.status_code == 422
    assert chosen.status_code == 303
    assert Submission.objects.get().institution == second


def test_an_answer_begun_in_time_is_taken_for_an_hour_after_the_end() -> None:
    now = timezone.now()
    closed = open_now(closes_at=now - timedelta(minutes=50))

    begun_before = Client().post(
        f"/surveys/a/{closed.token}/", form_of(closed, begun=now - timedelta(minutes=80))
    )
    begun_after = Client().post(
        f"/surveys/a/{closed.token}/", form_of(closed, begun=now - timedelta(minutes=20))
    )

    assert (begun_before.status_code, begun_after.status_code) == (303, 410)


def test_after_the_hour_nothing_is_taken() -> None:
    now = timezone.now()
    closed = open_now(opens_at=now - timedelta(days=2), closes_at=now - timedelta(minutes=61))

    response = Client().post(f"/surveys/a/{closed.token}/", form_of(closed, begun=now - timedelta(hours=3)))

    assert response.status_code == 410
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("opens", "closes", "status"), [(1, 2, 403), (-2, -1, 410)])
def test_a_link_before_and_after_its_time_says_so(opens: int, closes: int, status: int) -> None:
    now = timezone.now()
    answer_set = open_now(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))

    assert Client().get(f"/surveys/a/{answer_set.token}/").status_code == status


def test_an_unknown_link_says_so() -> None:
    response = Client().get("/surveys/a/nothing/")

    assert response.status_code == 404
    assert "leads to no questionnaire" in response.content.decode()


def test_a_submission_knows_nothing_of_the_sender() -> None:
    names = {field.name for field in Submission._meta.get_fields()}

    assert names == {
        "id",
        "answer_set",
        "institution",
        "group",
        "language",
        "pairing",
        "answers",
        "key",
        "received_date",
    }


def test_the_page_costs_three_queries_once_drawn(django_assert_num_queries: Any) -> None:
    answer_set = open_now(asked=[InstitutionFactory(), InstitutionFactory()])
    client = Client()
    client.get(f"/surveys/a/{answer_set.token}/")

    with django_assert_num_queries(3):
        client.get(f"/surveys/a/{answer_set.token}/")


def test_the_page_works_with_csrf_checks_on_and_no_cookies() -> None:
    answer_set = open_now(version=VersionFactory())

    response = Client(enforce_csrf_checks=True).post(f"/surveys/a/{answer_set.token}/", form_of(answer_set))

    assert response.status_code == 303
