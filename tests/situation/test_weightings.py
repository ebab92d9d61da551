"""Answers weighted by the shares of the population: kept with the set, shown with every result, refused where they cannot help."""

from __future__ import annotations

from typing import Any

import pytest

from biosint.audit.models import Line
from biosint.shared.verdicts import Refused
from biosint.situation.models import Weighting
from biosint.situation.operations import weightings as operations
from biosint.situation.queries import results, weightings
from biosint.situation.queries.distributions import distributions
from biosint.situation.queries.tables import answers_of
from biosint.situation.queries.weightings import CannotWeight, Margin
from biosint.situation.questions import Question
from biosint.surveys.models import AnswerSet
from clock import HOUR, NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, DeanFactory, PersonFactory
from factories.situation_campaigns import WeightingFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

pytestmark = pytest.mark.django_db

MOBILITY = Margin("mobility", {"yes": 300, "no": 100})


@pytest.fixture
def answer_set() -> AnswerSet:
    """Twenty say yes and are 20 to 23, sixty say no and are 30 to 33; in the population it is the other way round."""
    home = InstitutionFactory()
    answer_set = AnswerSetFactory(owner=home, asked=[home], closes_at=NOON - HOUR)
    for number in range(80):
        wants = number % 4 == 0
        SubmissionFactory(
            answer_set=answer_set,
            institution=home,
            answers={
                "mobility": "yes" if wants else "no",
                "obstacles": ["money"] if wants or number % 3 == 0 else [],
                "age": (20 if wants else 30) + number // 4 % 4,
            },
        )
    return answer_set


def weigh(answer_set: AnswerSet, *margins: Margin, **more: Any) -> Weighting:
    by = more.pop("by", None) or CoordinatorFactory(at=answer_set.owner)
    return operations.weight(
        answer_set_id=answer_set.pk,
        margins=margins or [MOBILITY],
        source=more.pop("source", "Register 2026"),
        limit=more.pop("limit", None),
        by=by,
        at=NOON,
    )


def test_shares_and_means_become_those_of_the_population(answer_set: AnswerSet) -> None:
    weighting = weigh(answer_set)

    answers = weightings.weighted(answers_of(answer_set), weightings.wanted(answer_set, ""))
    found = {one.code: one for one in distributions(answers, weight_code="", smallest=5, source="")}

    # 20 answers stand for 3/4, 60 for 1/4: 80² / (20 · 3² + 60 · (1/3)²) = 34.3 …
    assert weighting.effective_n == pytest.approx(80**2 / (20 * 9 + 60 / 9))
    assert [share.count for share in found["mobility"].shares] == [20, 60]
    assert [share.share for share in found["mobility"].shares] == pytest.approx([75, 25])
    assert found["age"].description is not None
    assert found["age"].description.mean == pytest.approx(0.75 * 21.5 + 0.25 * 31.5)


def test_a_result_says_that_it_is_weighted_and_what_that_costs(answer_set: AnswerSet) -> None:
    weigh(answer_set)
    table = Question(kind="crosstab", rows="mobility", columns="obstacles:money")

    found = results.work_out(answer_set, table)
    plain = results.work_out(
        answer_set, Question(kind="crosstab", rows="mobility", columns="obstacles:money", weighting="off")
    )
    items = results.work_out(answer_set, Question(kind="compare", outcome="age", by="mobility"))

    assert found.exact["method"] == "rao_scott"
    assert found.weighting.startswith(
        "Weighted by “Abroad?” (Register 2026). 80 weighted answers tell as much as 34"
    )
    assert plain.weighting == ""
    assert plain.exact["method"] == "pearson_yates"
    assert "Means and their intervals are weighted" in items.notes[0]


def test_new_shares_end_the_earlier_ones_and_a_kept_result_stays_with_its_own(
    answer_set: AnswerSet, client_of: Any
) -> None:
    coordinator = CoordinatorFactory(at=answer_set.owner)
    first = weigh(answer_set, by=coordinator)
    client_of(coordinator).post(
        f"/situation/answers/{answer_set.pk}/keep/",
        {"kind": "crosstab", "rows": "mobility", "columns": "obstacles:money"},
    )
    second = weigh(answer_set, Margin("mobility", {"yes": 1, "no": 1}), by=coordinator)

    first.refresh_from_db()
    kept = answer_set.analyses.get().results[0]["question"]
    assert (first.number, second.number) == (1, 2)
    assert first.ended_by == coordinator
    assert kept["weighting"] == str(first.pk)
    assert weightings.wanted(answer_set, "") == second
    assert [
        line.action for line in Line.objects.filter(action__startswith="situation.weighting").order_by("pk")
    ] == [
        "situation.weighting.begun",
        "situation.weighting.ended",
        "situation.weighting.begun",
    ]


@pytest.mark.parametrize(
    ("margins", "more", "words"),
    [
        ([Margin("obstacles:money", {"no": 0, "yes": 1})], {}, "give it a share above 0"),
        ([Margin("age", {"20": 1})], {}, "no column with answers to choose from"),
        ([Margin("mobility", {"yes": -1, "no": 2})], {}, "Give each answer of “Abroad\\?” a share"),
        ([MOBILITY], {"source": " "}, "Say where the shares are from"),
        ([MOBILITY], {"limit": 1.0}, "a number above 1"),
    ],
)
def test_shares_that_cannot_help_are_refused(
    answer_set: AnswerSet, margins: list[Margin], more: dict[str, Any], words: str
) -> None:
    with pytest.raises(CannotWeight, match=words):
        weigh(answer_set, *margins, **more)


def test_people_who_are_not_there_cannot_be_weighted_up(answer_set: AnswerSet) -> None:
    answer_set.submissions.filter(answers__mobility="yes").delete()

    with pytest.raises(
        CannotWeight, match=r"Nobody answered “Yes” to “Abroad\?”, yet it is 75.0\N{NO-BREAK SPACE}% of"
    ):
        weigh(answer_set)


def test_only_keepers_weight_and_only_when_the_collection_has_ended(answer_set: AnswerSet) -> None:
    running = AnswerSetFactory(owner=answer_set.owner)

    with pytest.raises(Refused):
        weigh(answer_set, by=DeanFactory())
    with pytest.raises(Refused, match="Answers still come in"):
        weigh(running)


def test_weights_are_given_switched_off_and_stopped_on_the_page(
    answer_set: AnswerSet, client_of: Any
) -> None:
    client = client_of(CoordinatorFactory(at=answer_set.owner))
    address = f"/situation/answers/{answer_set.pk}/"

    chosen = client.get(f"{address}weights/?columns=mobility").content.decode()
    form = {"columns": "mobility", "share-mobility-yes": "75", "share-mobility-no": "", "source": "Register"}
    refused = client.post(f"{address}weights/", form)
    given = client.post(f"{address}weights/", {**form, "share-mobility-no": "25"})
    shown = client.get(address).content.decode()
    off = client.get(f"{address}?weighting=off").content.decode()
    client.post(f"{address}weights/stop/")

    assert 'name="share-mobility-yes"' in chosen
    assert refused.status_code == 422
    assert "give it a share above 0" in refused.content.decode()
    assert given.status_code == 302
    assert "Weighted by “Abroad?” (Register)." in shown
    assert "Shown without weights" in off
    assert weightings.in_force(answer_set) is None
    assert client_of(PersonFactory()).get(f"{address}weights/").status_code == 404


def test_the_history_of_weights_costs_the_same_for_one_and_for_three(
    answer_set: AnswerSet, client_of: Any, count_queries: Any
) -> None:
    client = client_of(CoordinatorFactory(at=answer_set.owner))
    for number in (1, 2, 3):
        WeightingFactory(answer_set=answer_set, number=number, ended_by=answer_set.created_by, ended_at=NOON)
        client.get(f"/situation/answers/{answer_set.pk}/weights/")

        with count_queries(7):
            client.get(f"/situation/answers/{answer_set.pk}/weights/")
