"""All figures of a set: worked out by a job, kept, corrected together, with small cells hidden."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest

from biosint.situation.models import Overview
from biosint.situation.operations import overviews as operations
from biosint.situation.queries import results
from biosint.situation.queries.overviews import NothingToShow, figures_of, overviews_for
from biosint.situation.queries.tables import answers_of
from biosint.situation.questions import Question
from biosint.surveys.models import AnswerSet
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, PersonFactory
from factories.situation_campaigns import OverviewFactory
from factories.surveys import EVERY_KIND, AnswerSetFactory, SubmissionFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer_set() -> AnswerSet:
    """Three institutions: 30, 20 and 3 people; at the first all want to go abroad, at the others a few."""
    places = [InstitutionFactory(short_name=name) for name in ("Alpha", "Beta", "Gamma")]
    answer_set = AnswerSetFactory(owner=places[0], asked=places)
    for place, number in zip(places, (30, 20, 3), strict=True):
        for row in range(number):
            SubmissionFactory(
                answer_set=answer_set,
                institution=place,
                answers={
                    "mobility": "yes" if place is places[0] or row % 4 == 0 else "no",
                    "digital_a": 1 + row % 5,
                    "digital_b": 5 - row % 5,
                    "age": 19 + row % 6 + 0.5 * (place is places[1]),
                },
            )
    return answer_set


def made(answer_set: AnswerSet, groupings: tuple[str, ...] = ("institution",), **more: Any) -> dict[str, Any]:
    return figures_of(answers_of(answer_set), groupings, about=more.get("about", ()), smallest=5)


def test_every_figure_is_that_of_the_question_put_alone(answer_set: AnswerSet) -> None:
    figures = made(answer_set)
    SubmissionFactory._meta.model.objects.filter(institution__short_name="Gamma").delete()

    tests = {test["question"]: test for test in figures["tests"]}
    table = results.work_out(answer_set, Question(kind="crosstab", rows="institution", columns="mobility"))
    points = results.work_out(answer_set, Question(kind="compare", outcome="digital_a", by="institution"))
    ages = results.work_out(answer_set, Question(kind="compare", outcome="age", by="institution"))
    scale = results.work_out(
        answer_set,
        Question(
            kind="reliability", items=("digital_a", "digital_b"), reversed=("digital_b",), low="1", high="5"
        ),
    )

    for code, alone in (
        ("mobility", table.exact),
        ("digital_a", points.exact["findings"][0]),
        ("age", ages.exact["findings"][0]),
    ):
        assert tests[code]["method"] == alone["method"]
        assert tests[code]["p"] == pytest.approx(alone["p"], abs=1e-9)
        assert tests[code]["value"] == pytest.approx(alone["value"], abs=1e-9)
    assert scale.exact["alpha"] == pytest.approx(1)
    assert figures["scales"][0]["alpha"] == pytest.approx(1)


def test_the_largest_effect_stands_first_and_small_groups_stay_hidden(answer_set: AnswerSet) -> None:
    figures = made(answer_set)

    assert figures["tests"][0]["question"] == "mobility"
    assert figures["tests"][0]["holm"] >= figures["tests"][0]["p"]
    assert figures["tests"][0]["groups"] == [0, 1]
    # The third group has three people.
    assert all(2 not in test["groups"] for test in figures["tests"])


def test_the_published_design_takes_its_own_questions_alone(answer_set: AnswerSet) -> None:
    figures = made(answer_set, about=("mobility", "english", "support"))

    assert [entry["code"] for entry in figures["questions"]] == ["mobility"]
    with pytest.raises(NothingToShow, match="None of these questions"):
        made(answer_set, about=("english",))


def test_it_is_asked_for_worked_out_and_taken_away(
    answer_set: AnswerSet, client_of: Any, run_jobs: Any, count_queries: Any
) -> None:
    staff = AnswerSetFactory(owner=answer_set.owner, title="Staff", version=answer_set.version)
    for row in range(12):
        SubmissionFactory(
            answer_set=staff,
            institution=answer_set.owner,
            answers={"mobility": "no", "digital_a": 1 + row % 5},
        )
    client = client_of(CoordinatorFactory(at=answer_set.owner))
    address = f"/situation/answers/{answer_set.pk}/overviews/"

    asked = client.post(address, {"groupings": "institution", "sets": staff.pk, "design": "published"})
    run_jobs()
    overview = Overview.objects.get()
    page = client.get(f"/situation/overviews/{overview.public_id}/")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/situation/overviews/{overview.public_id}/figures.xlsx").content)
    )
    plain = json.loads(client.get(f"/situation/overviews/{overview.public_id}/figures.json").content)

    assert asked.headers["Location"].startswith("/jobs/")
    assert overview.groupings == ["@set", "institution"]
    assert plain["n"] == 65
    assert {test["by"] for test in plain["tests"]} == {"@set", "institution"}
    assert "Abroad?" in page.content.decode()
    assert book.sheetnames == ["tests", "questions", "groups", "scales"]
    with count_queries(4):
        client.get(f"/situation/overviews/{overview.public_id}/")
    assert client.get(address).status_code == 200


def test_kept_figures_never_change(answer_set: AnswerSet) -> None:
    overview = OverviewFactory(answer_set=answer_set)
    first = operations.keep_figures(overview_id=overview.pk, figures={"n": 1}, by=None, at=NOON)

    again = operations.keep_figures(overview_id=overview.pk, figures={"n": 2}, by=None, at=NOON)

    assert first.finished_at == NOON
    assert again.figures == {"n": 1}


def test_who_may_not_read_one_of_the_sets_does_not_see_the_overview(answer_set: AnswerSet) -> None:
    strange = AnswerSetFactory(owner=InstitutionFactory())
    alone, together = OverviewFactory(answer_set=answer_set), OverviewFactory(answer_set=answer_set)
    together.together_with.add(strange)

    assert list(overviews_for(CoordinatorFactory(at=answer_set.owner))) == [alone]
    assert not overviews_for(PersonFactory()).exists()


def test_more_than_three_groupings_are_refused(answer_set: AnswerSet) -> None:
    with pytest.raises(NothingToShow, match="no more than 3"):
        operations.begin_overview(
            answer_set=answer_set,
            groupings=["a", "b", "c", "d"],
            by=CoordinatorFactory(at=answer_set.owner),
            at=NOON,
        )


def test_a_country_is_counted_and_has_no_mean() -> None:
    answer_set = AnswerSetFactory(version=VersionFactory(content=EVERY_KIND), hides_small_groups=False)
    for number in range(20):
        SubmissionFactory(
            answer_set=answer_set, answers={"where": "RS" if number % 2 else "AL", "since": "2020-10-01"}
        )

    figures = figures_of(answers_of(answer_set), (), about=(), smallest=0)

    asked = {entry["code"]: entry for entry in figures["questions"]}
    assert asked["where"]["counts"] == [10, 10]
    assert "mean" not in asked["where"]
    assert "since" not in asked


def test_the_form_suggests_the_institution_and_takes_three_groupings(
    answer_set: AnswerSet, client_of: Any
) -> None:
    client = client_of(CoordinatorFactory(at=answer_set.owner))
    address = f"/situation/answers/{answer_set.pk}/overviews/"

    page = client.get(address).content.decode()
    client.post(address, {"groupings": ["institution", "", "mobility"], "design": ""})

    assert page.count('name="groupings"') == 3
    assert '<option value="institution" selected>' in page
    assert Overview.objects.get().groupings == ["institution", "mobility"]
