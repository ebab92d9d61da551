from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone, translation

from biosint.exchange.web import wording
from factories import TeamMemberFactory
from iahcalc.teams import CODES

# Codes about rules that courses do not use; nothing is ever stored with them.
UNUSED = {
    "shared",
    "covered",
    "shares",
    "range",
    "too_many_different",
    "too_few_different",
    "not_together",
    "not_apart",
    "not_in_locked_team",
    "shared_word",
    "no_shared_word",
    "met_before",
    "nobody_met_before",
    "wrong_size",
    "facilitated_by",
    "no_facilitator_left",
    "no_facilitator_hours",
    "no_facilitator_word",
    "placed_by_lock",
    "placed_together",
    "kept_apart",
    "keeps_different",
    "keeps_company",
    "brings",
    "evens_mean",
    "evens_share",
    "widens_range",
    "within_range",
    "shares_value",
    "shares_word",
    "shares_hours",
    "as_any_other",
    "sizes_do_not_fit",
    "group_too_large",
    "groups_do_not_fit",
    "locks_overfill",
    "locks_split_group",
    "together_and_apart",
    "together_and_met",
    "group_without_hours",
    "group_without_word",
    "group_too_different",
    "group_too_alike",
    "group_leaves_alone",
    "too_few_hours_of_one",
    "too_few_mates",
    "no_word_of_one",
    "people_for_themselves",
    "too_many_apart",
    "too_few_earlier_teams",
    "value_too_rare",
    "value_too_rare_in_pairs",
    "too_few_values",
    "team_too_small_for_values",
    "pairs_need_room",
    "too_many_values",
    "limits_cross",
    "too_many_of_one",
    "alone_in_team_of_one",
    "never_in_company",
    "too_few_facilitators",
    "not_told_in_detail",
    "can_all_be_kept",
    "without_rule",
    "not_proved",
}


def test_every_code_that_teams_can_have_becomes_a_sentence() -> None:
    assert set(wording.SENTENCES) == set(CODES) - UNUSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "given", "sentence"),
    [
        ("people", {"count": 5}, "5 members"),
        (
            "different",
            {"attribute": "country", "count": 2, "values": ["AL", "RS"]},
            "2 countries: Albania, Serbia",
        ),
        ("different", {"attribute": "profession", "count": 1, "values": ["nursing"]}, "1 field: nursing"),
        (
            "different",
            {"attribute": "institution", "count": 2, "values": ["Osum", "Zeta"]},
            "2 institutions: Osum, Zeta",
        ),
        (
            "mean",
            {"attribute": "english", "mean": 3.75, "everyone": 3.5},
            "English balanced: 3.8 here, 3.5 in all teams (A1 = 1, C2 = 6)",
        ),
        ("common_hours", {"slots": [1, 2, 3, 4, 5, 6]}, "Common free hours a week: 1.5"),
        ("hours_unknown", {}, "Free hours not known: Ana Ilić"),
        ("unknown", {"attribute": "institution"}, "From no institution here: Ana Ilić"),
        (
            "alone",
            {"attribute": "institution", "value": "Zeta"},
            "Ana Ilić is the only one from Zeta in this team",
        ),
        (
            "alone_everywhere",
            {"attribute": "institution", "value": "Zeta"},
            "Ana Ilić is the only learner from Zeta in this course",
        ),
        (
            "too_few_common_hours",
            {"slots": [1, 2], "minimum": 2.0},
            "Common free hours a week: 0.5; you asked for 2.",
        ),
        (
            "nobody_alone",
            {"attribute": "institution"},
            "Nobody is the only one from their institution where it could be avoided",
        ),
    ],
)
def test_codes_are_said_in_plain_words(code: str, given: dict[str, Any], sentence: str) -> None:
    member = TeamMemberFactory(application__learner__name="Ana Ilić")
    member.team.reasons = [{"code": code, "parameters": given, "people": [member.application.pk]}]

    with translation.override("en"):
        (said,) = wording.sentences(member.team)

    assert said.text == sentence
    assert said.is_warning is (code in {"alone", "hours_unknown", "too_few_common_hours"})


@pytest.mark.parametrize(
    ("zone", "shown"), [("UTC", ["Mon 17:00–19:00"]), ("Asia/Kolkata", ["Mon 22:30–00:30"])]
)
def test_common_hours_stand_on_the_readers_clock(zone: str, shown: list[str]) -> None:
    with translation.override("en"), timezone.override(zone):
        assert wording.common_hours(range(68, 76), week_of=date(2026, 3, 2)) == shown


def test_days_are_named_in_the_readers_language() -> None:
    with translation.override("sr"), timezone.override("UTC"):
        assert wording.common_hours(range(68, 76), week_of=date(2026, 3, 2)) == ["пон 17:00–19:00"]
