from __future__ import annotations

import factory

from biosint.evidence.models import Item
from clock import NOON
from factories.institutions import InstitutionFactory


class ItemFactory(factory.django.DjangoModelFactory[Item]):
    class Meta:
        model = Item

    kind = "evidence.training_held"
    institution = factory.SubFactory(InstitutionFactory)
    subject_kind = "evidence.item"
    subject_id = factory.Sequence(str)
    title = factory.Sequence(lambda n: f"Training {n + 1}")
    quantity = 12
    unit = "person"
    occurred_at = NOON
    proof_url = "https://example.org/list.pdf"
    recorded_at = NOON
