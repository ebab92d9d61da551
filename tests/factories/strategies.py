from __future__ import annotations

import factory

from biosint.strategies.models import Adoption, Document, TakenObjective, Version
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory
from factories.workshops import ObjectiveFactory


class DocumentFactory(factory.django.DjangoModelFactory[Document]):
    """A draft with one version."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    institution = factory.SubFactory(InstitutionFactory)
    kind = "strategy"
    title = factory.Sequence(lambda n: f"Strategy {n + 1}")
    language = "en"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON

    @factory.post_generation
    def first_version(self: Document, create: bool, given: str | None, **_more: object) -> None:
        if create:
            VersionFactory(document=self, text=given or "# Why\n\nFor all.")


class VersionFactory(factory.django.DjangoModelFactory[Version]):
    class Meta:
        model = Version

    document = factory.SubFactory(DocumentFactory)
    number = 1
    text = "# Why\n\nFor all."
    written_by = factory.SubFactory(PersonFactory)
    written_at = NOON


class AdoptionFactory(factory.django.DjangoModelFactory[Adoption]):
    class Meta:
        model = Adoption

    version = factory.LazyAttribute(lambda _o: DocumentFactory().versions.get())
    body = "Council"
    reference = "1/26"
    decided_date = NOON.date()
    recorded_by = factory.SubFactory(PersonFactory)
    recorded_at = NOON


class TakenObjectiveFactory(factory.django.DjangoModelFactory[TakenObjective]):
    class Meta:
        model = TakenObjective

    version = factory.LazyAttribute(lambda _o: DocumentFactory().versions.get())
    document = factory.SelfAttribute("version.document")
    objective = factory.SubFactory(ObjectiveFactory)
    taken_by = factory.SubFactory(PersonFactory)
    taken_at = NOON
