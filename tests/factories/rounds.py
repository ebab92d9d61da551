from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import factory

from biosint.consortium.api import Consortium
from biosint.institutions.api import Institution
from biosint.situation.models import (
    Disclosure,
    FormerValue,
    FormulaVersion,
    OutsideIndex,
    Participation,
    Remark,
    Review,
    Round,
    Value,
)
from biosint.situation.states import Opinion, RoundState
from clock import DAY, NOON
from factories.consortium import ConsortiumFactory
from factories.indicators import BankVersionFactory, IndicatorFactory
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory
from iahcalc.maturity import SUPPLIED_FORMULAS, formula_file, parse_formula


def consortium_of(institutions: Iterable[Institution]) -> Consortium:
    """A consortium of which the given institutions are members; the first one coordinates."""
    coordinator, *partners = institutions
    return ConsortiumFactory(coordinator=coordinator, members=partners)


class FormulaVersionFactory(factory.django.DjangoModelFactory[FormulaVersion]):
    """The newest supplied formula; a consortium's own by keyword."""

    class Meta:
        model = FormulaVersion
        django_get_or_create = ("consortium", "code")

    consortium = None
    code = SUPPLIED_FORMULAS[-1]
    title = factory.LazyAttribute(lambda own: dict(parse_formula(own.source).title))
    source = factory.LazyFunction(formula_file)
    added_at = NOON


class RoundFactory(factory.django.DjangoModelFactory[Round]):
    """A draft over the half year before the moment of the tests."""

    class Meta:
        model = Round

    consortium = factory.SubFactory(ConsortiumFactory)
    title = factory.Sequence(lambda n: f"Round {n + 1}")
    period_from = date(2025, 9, 1)
    period_until = date(2026, 2, 28)
    bank = factory.SubFactory(BankVersionFactory)
    formula = factory.SubFactory(FormulaVersionFactory)
    created_at = NOON
    created_by = factory.SubFactory(PersonFactory)


class OpenRoundFactory(RoundFactory):
    state = RoundState.OPEN
    opened_at = NOON
    opened_by = factory.SelfAttribute("created_by")


class ClosedRoundFactory(OpenRoundFactory):
    state = RoundState.CLOSED
    closed_at = NOON + DAY
    closed_by = factory.SelfAttribute("created_by")


class RoundParticipationFactory(factory.django.DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    round = factory.SubFactory(OpenRoundFactory)
    institution: Any = factory.SelfAttribute("round.consortium.coordinator")


class ValueFactory(factory.django.DjangoModelFactory[Value]):
    """A level of 2, filled in by somebody."""

    class Meta:
        model = Value

    participation = factory.SubFactory(RoundParticipationFactory)
    indicator = factory.LazyAttribute(
        lambda own: IndicatorFactory(dimension__bank=own.participation.round.bank)
    )
    answer = 2
    filled_by = factory.SubFactory(PersonFactory)
    filled_at = NOON


class FormerValueFactory(factory.django.DjangoModelFactory[FormerValue]):
    class Meta:
        model = FormerValue

    value = factory.SubFactory(ValueFactory)
    edition = 1
    answer = 1
    filled_by = factory.SubFactory(PersonFactory)
    filled_at = NOON


class ReviewFactory(factory.django.DjangoModelFactory[Review]):
    class Meta:
        model = Review

    participation = factory.SubFactory(RoundParticipationFactory)
    reviewer = factory.SubFactory(InstitutionFactory)


class RemarkFactory(factory.django.DjangoModelFactory[Remark]):
    """A question about a value of which nothing is given."""

    class Meta:
        model = Remark

    review = factory.SubFactory(ReviewFactory)
    indicator = factory.LazyAttribute(
        lambda own: IndicatorFactory(dimension__bank=own.review.participation.round.bank)
    )
    opinion = Opinion.ASKS
    words = "Where is the list?"
    edition = 0
    said_by = factory.SubFactory(PersonFactory)
    said_at = NOON


class DisclosureFactory(factory.django.DjangoModelFactory[Disclosure]):
    class Meta:
        model = Disclosure

    participation = factory.SubFactory(
        RoundParticipationFactory, round=factory.SubFactory(ClosedRoundFactory)
    )
    agreed_by = factory.SubFactory(PersonFactory)
    agreed_at = NOON


class OutsideIndexFactory(factory.django.DjangoModelFactory[OutsideIndex]):
    class Meta:
        model = OutsideIndex

    consortium = factory.SubFactory(ConsortiumFactory)
    name = factory.Sequence(lambda n: f"Faculty abroad {n + 1}")
    country = "BE"
    year = 2025
    index = 70.0
    source = "Annual report, page 12"
    added_by = factory.SubFactory(PersonFactory)
    added_at = NOON
