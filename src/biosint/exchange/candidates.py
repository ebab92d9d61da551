"""Learners, teachers and plans in the words of the search for teams. What is not known stays unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biosint.exchange.availability import free_slots
from biosint.exchange.plans import ATTRIBUTES, Plan
from biosint.exchange.states import LEVEL_STEPS
from iahcalc import teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from biosint.exchange.models import Application, Teaching
    from biosint.people.api import Person

FIRST_LANGUAGE = max(LEVEL_STEPS.values())
ENGLISH = "en"


def languages(person: Person) -> dict[str, float] | None:
    """Return the languages a record tells of with their levels, 1 (A1) to 6 (C2); None where it tells of none."""
    spoken: dict[str, float] = {}
    if person.english_level in LEVEL_STEPS:
        spoken[ENGLISH] = LEVEL_STEPS[person.english_level]
    if person.native_language:
        spoken[person.native_language] = FIRST_LANGUAGE
    return spoken or None


def candidate(application: Application, *, week_of: date) -> teams.Person:
    """Return a learner as the search sees them; the key is that of the application."""
    learner, institution = application.learner, application.institution
    return teams.Person(
        key=str(application.pk),
        name=str(learner),
        attributes={
            "country": learner.country or (institution.country if institution else None),
            "institution": institution.short_name if institution else None,
            "profession": learner.profession or None,
            "gender": learner.gender or None,
            "english": LEVEL_STEPS.get(learner.english_level),
            "first_language": learner.native_language or None,
            "languages": languages(learner),
        },
        free=free_slots(learner, institution, week_of=week_of),
    )


def facilitators(
    teachings: Iterable[Teaching], capacity: Mapping[int, int], *, week_of: date
) -> tuple[teams.Facilitator, ...]:
    """Return the accepted teachers who accompany teams, as far as the plan gives them any."""
    return tuple(
        teams.Facilitator(
            key=str(teaching.person_id),
            name=str(teaching.person),
            teams=capacity[teaching.person_id],
            free=free_slots(teaching.person, teaching.institution, week_of=week_of),
            attributes={"languages": languages(teaching.person)},
        )
        for teaching in teachings
        if teaching.accepted_at is not None and capacity.get(teaching.person_id)
    )


def wishes_of(plan: Plan) -> tuple[teams.Wish, ...]:
    """Return what counts, in the order of the page."""
    return tuple(
        teams.Wish(attribute=attribute, kind=asked.kind, weight=asked.weight)
        for attribute in ATTRIBUTES
        if (asked := plan.asked_of(attribute)).weight
    )


def rules_of(
    plan: Plan,
    *,
    people: int,
    number: int,
    locked: Mapping[str, int] | None = None,
    not_again: tuple[tuple[str, ...], ...] = (),
    facilitators: tuple[teams.Facilitator, ...] = (),
) -> teams.Rules:
    """Return the hard rules for so many people in so many teams."""
    return teams.Rules(
        teams=number,
        # Where the learners cannot be shared out within the limits, the limits give way as little as they must.
        size_low=min(plan.size_low, people // number),
        size_high=max(plan.size_high, -(-people // number)),
        minimum_common_hours=plan.common_hours,
        at_least_two_of=plan.nobody_alone,
        at_most_different={"institution": plan.institutions_at_most} if plan.institutions_at_most else {},
        at_least_different={"country": 2} if plan.two_countries else {},
        shared=(teams.Shared(attribute="languages", level=LEVEL_STEPS[plan.shared_level]),)
        if plan.shared_level
        else (),
        not_again=not_again,
        facilitators=facilitators,
        locked=locked or {},
    )
