from __future__ import annotations

import factory

from biosint.workplan.models import Deliverable, Milestone, WorkPackage
from factories.consortium import ConsortiumFactory
from factories.institutions import InstitutionFactory


class WorkPackageFactory(factory.django.DjangoModelFactory[WorkPackage]):
    class Meta:
        model = WorkPackage

    consortium = factory.SubFactory(ConsortiumFactory)
    number = factory.Sequence(lambda n: n % 90 + 1)
    title = "Run international courses"
    lead = factory.SubFactory(InstitutionFactory)
    start_month = 1
    end_month = 12


class DeliverableFactory(factory.django.DjangoModelFactory[Deliverable]):
    class Meta:
        model = Deliverable

    work_package = factory.SubFactory(WorkPackageFactory)
    number = factory.Sequence(lambda n: n % 90 + 1)
    title = "First course completed"
    due_month = 6


class MilestoneFactory(factory.django.DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    work_package = factory.SubFactory(WorkPackageFactory)
    number = factory.Sequence(lambda n: n % 90 + 1)
    title = "First course open"
    due_month = 3
    means = "Public page"
