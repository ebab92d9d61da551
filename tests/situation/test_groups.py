"""Target groups in results."""

import pytest

from biosint.situation.queries.results import smallest_shown
from biosint.situation.queries.tables import answers_of
from biosint.surveys import api as surveys
from factories.surveys import AnswerSetFactory, AskedGroupFactory, AskedInstitutionFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


def test_groups_of_two_institutions_with_one_code_are_one_answer_of_the_column_group() -> None:
    answer_set = AnswerSetFactory()
    here, there = AskedInstitutionFactory.create_batch(2, answer_set=answer_set)
    second_here = AskedGroupFactory(asked=here, code="second", label={"en": "Second year"})
    second_there = AskedGroupFactory(asked=there, code="second", label={"en": "2nd year"})
    fifth_there = AskedGroupFactory(asked=there, code="fifth", label={"en": "Fifth year"}, place=1)
    for group in (second_here, second_there, fifth_there, None):
        SubmissionFactory(answer_set=answer_set, institution=here.institution, group=group)

    column = answers_of(answer_set).variables[surveys.GROUP]

    assert [option.code for option in column.options] == ["second", "fifth"]
    assert column.values[:3].tolist() == [0.0, 0.0, 1.0]
    assert column.values[3] != column.values[3]


def test_a_campaign_chooses_its_smallest_group() -> None:
    answer_set = AnswerSetFactory(smallest_group=12)
    SubmissionFactory(answer_set=answer_set, institution=answer_set.owner)

    assert smallest_shown(answer_set, answers_of(answer_set)) == 12
