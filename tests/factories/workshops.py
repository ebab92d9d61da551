from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from biosint.situation.models import Ballot, Objective, Option, Statement, Vote, Workshop
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.people import PersonFactory


class WorkshopFactory(factory.django.DjangoModelFactory[Workshop]):
    """A running workshop of a whole consortium."""

    class Meta:
        model = Workshop

    consortium = factory.SubFactory(ConsortiumFactory)
    title = factory.Sequence(lambda n: f"Where we stand {n + 1}")
    language = "en"
    token = factory.Sequence(lambda n: f"word{n:04}")
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    """A strength that is taken."""

    class Meta:
        model = Statement

    workshop = factory.SubFactory(WorkshopFactory)
    side = "S"
    text = factory.Sequence(lambda n: f"Teachers speak languages ({n + 1}).")
    state = "kept"
    created_by = factory.SelfAttribute("workshop.created_by")
    created_at = NOON


class VoteFactory(factory.django.DjangoModelFactory[Vote]):
    """An open vote with three dots for each side."""

    class Meta:
        model = Vote

    workshop = factory.SubFactory(WorkshopFactory)
    dots = 3
    most_on_one = 2
    is_hidden = False
    opened_by = factory.SelfAttribute("workshop.created_by")
    opened_at = NOON


class BallotFactory(factory.django.DjangoModelFactory[Ballot]):
    class Meta:
        model = Ballot

    vote = factory.SubFactory(VoteFactory)
    device = factory.Sequence(lambda n: f"{n:064}")
    dots = factory.LazyFunction(dict)


class OptionFactory(factory.django.DjangoModelFactory[Option]):
    class Meta:
        model = Option

    workshop = factory.SubFactory(WorkshopFactory)
    pairing = "SO"
    text = "Open our simulation courses to the students of partners."
    created_by = factory.SelfAttribute("workshop.created_by")
    created_at = NOON


class ObjectiveFactory(factory.django.DjangoModelFactory[Objective]):
    """Measured by what no indicator of the bank measures."""

    class Meta:
        model = Objective

    option = factory.SubFactory(OptionFactory)
    text = factory.Sequence(lambda n: f"Four courses are open to partners ({n + 1}).")
    measure = "courses open to partners"
    target = Decimal(4)
    unit = "courses"
    due_date = date(2028, 12, 31)
    created_by = factory.SelfAttribute("option.created_by")
    created_at = NOON
