"""Response rates while a campaign runs: with intervals, and nobody to be recognised."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from biosint.situation.queries.rates import Days, pooled, rates_of
from biosint.surveys.models import AnswerSet
from factories.people import CoordinatorFactory
from factories.situation_campaigns import CampaignFactory
from factories.surveys import AnswerSetFactory, AskedGroupFactory, AskedInstitutionFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _count_anew() -> None:
    cache.clear()


def answered(answer_set: AnswerSet, *numbers: int, invited: int = 50) -> None:
    for number in numbers:
        asked = AskedInstitutionFactory(answer_set=answer_set, invited=invited)
        SubmissionFactory.create_batch(number, answer_set=answer_set, institution=asked.institution)


def test_a_rate_has_an_interval_and_its_base() -> None:
    answer_set = AnswerSetFactory()
    answered(answer_set, 20)

    row = rates_of(answer_set).rows[0]

    assert (row.answers, row.asked, row.share) == (20, 50, 0.4)
    # Wilson's interval for 20 of 50, worked by hand.
    assert row.low == pytest.approx(0.2761, abs=1e-4)
    assert row.high == pytest.approx(0.5382, abs=1e-4)


def test_a_small_institution_is_hidden_and_one_more_with_it() -> None:
    answer_set = AnswerSetFactory()
    answered(answer_set, 3, 12, 40)

    found = rates_of(answer_set)

    shown = sorted((row.answers for row in found.rows), key=str)
    assert shown == [40, None, None]
    assert (found.total, found.hides) == (55, True)


def test_the_campaign_says_how_small_is_too_small() -> None:
    answer_set = AnswerSetFactory(smallest_group=3)
    answered(answer_set, 3, 12)

    assert sorted(row.answers or 0 for row in rates_of(answer_set).rows) == [3, 12]


def test_so_few_answers_that_even_their_number_is_hidden() -> None:
    answer_set = AnswerSetFactory()
    answered(answer_set, 2)

    found = rates_of(answer_set)

    assert (found.total, found.rows[0].answers, found.days) == (None, None, [])


def test_groups_say_what_is_missing_and_small_ones_are_hidden() -> None:
    answer_set = AnswerSetFactory()
    asked = AskedInstitutionFactory(answer_set=answer_set, invited=None)
    first = AskedGroupFactory(asked=asked, invited=30, least=20)
    second = AskedGroupFactory(asked=asked, invited=40, place=1)
    third = AskedGroupFactory(asked=asked, invited=10, place=2)
    for group, number in ((first, 12), (second, 15), (third, 2)):
        SubmissionFactory.create_batch(
            number, answer_set=answer_set, institution=asked.institution, group=group
        )

    whole, *groups = rates_of(answer_set).rows

    assert (whole.answers, whole.asked) == (29, 80)
    assert [row.answers for row in groups] == [None, 15, None]
    assert groups[1].share == 15 / 40


def test_days_with_few_answers_are_shown_together() -> None:
    days = [(date(2026, 3, day), number) for day, number in ((1, 2), (2, 4), (3, 9), (4, 1))]

    assert pooled(days, smallest=5) == [
        Days(date(2026, 3, 1), date(2026, 3, 2), 6),
        Days(date(2026, 3, 3), date(2026, 3, 4), 10),
    ]


def test_the_figures_renew_themselves_without_counting_each_time(
    client_of: Any, django_assert_max_num_queries: Any
) -> None:
    campaign = CampaignFactory(answer_set=AnswerSetFactory())
    answered(campaign.answer_set, 30, 40)
    client = client_of(CoordinatorFactory(at=campaign.answer_set.owner))
    path = f"/situation/campaigns/{campaign.pk}/"

    whole = client.get(path).content.decode()
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in whole
    assert "<html" not in part
    assert part.lstrip().startswith('<div id="rates"')
