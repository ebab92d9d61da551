from decimal import Decimal
from typing import Any

import factory

from biosint.curriculum.models import Outcome, Programme, Syllabus, Unit
from biosint.curriculum.states import Degree, SyllabusState, UnitState
from clock import DAY, NOON
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    institution = factory.SubFactory(InstitutionFactory)
    title = factory.Sequence(lambda n: f"General medicine {n + 1}")
    degree = Degree.INTEGRATED
    field = "medicine"
    created_at = NOON
    created_by = factory.SubFactory(PersonFactory)


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A unit without any version; ``teachers=[…]`` names who writes it."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: f"MED{n + 1}")
    title = "Infectious diseases"
    ects = Decimal(6)
    language = "en"
    created_at = NOON
    created_by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def teachers(self: Unit, create: bool, named: Any, **_more: Any) -> None:
        if create and named:
            self.teachers.set(named)


class SyllabusFactory(factory.django.DjangoModelFactory[Syllabus]):
    """An open draft."""

    class Meta:
        model = Syllabus

    unit = factory.SubFactory(UnitFactory)
    number = 1
    created_at = NOON
    written_by = factory.SubFactory(PersonFactory)
    written_at = NOON


class SubmittedSyllabusFactory(SyllabusFactory):
    state = SyllabusState.SUBMITTED
    submitted_by = factory.SelfAttribute("written_by")
    submitted_at = NOON


class ApprovedSyllabusFactory(SubmittedSyllabusFactory):
    """A version in force; its unit is approved with it."""

    state = SyllabusState.APPROVED
    unit = factory.SubFactory(UnitFactory, state=UnitState.APPROVED)
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = NOON + DAY


class OutcomeFactory(factory.django.DjangoModelFactory[Outcome]):
    class Meta:
        model = Outcome

    syllabus = factory.SubFactory(SyllabusFactory)
    order = factory.Sequence(lambda n: n + 1)
    text = "compare how two countries treat the same infection"
    dimensions = factory.LazyFunction(lambda: ["systems"])
