from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone, translation

from biosint.exchange.web import wording
from biosint.exchange.web.wording_of_people import said_to_you
from factories import TeamMemberFactory
from iahcalc.teams import CODES, _words_of_conflicts, _words_of_people

# Codes about rules that courses do not use; nothing is ever stored with them.
UNUSED = {"not_together", "not_apart", "not_in_locked_team"}
# What is said about one person, or about rules that cannot hold together, is made when it is asked for.
MADE_LATER = {*_words_of_people.WORDS, *_words_of_conflicts.WORDS}


def test_every_code_that_teams_can_have_becomes_a_sentence() -> None:
    assert set(wording.SENTENCES) == set(CODES) - UNUSED - MADE_LATER


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
            "Common free hours a week: 0.5; you asked for 2",
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


def test_without_a_reason_that_may_be_told_nothing_is_said_of_what_somebody_wrote() -> None:
    with translation.override("en"):
        (said,) = said_to_you((), week_of=date(2026, 3, 2))

    assert said == "We can name no single reason: the teams were made by looking at everybody together."
