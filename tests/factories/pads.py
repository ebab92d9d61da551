import uuid

import factory

from biosint.pads.models import Change, Pad
from clock import NOON
from factories.people import PersonFactory


class PadFactory(factory.django.DjangoModelFactory[Pad]):
    """Empty; ``pads.create_pad`` makes one with a text."""

    class Meta:
        model = Pad

    kind = "tests.notes"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class ChangeFactory(factory.django.DjangoModelFactory[Change]):
    """A row alone, without effect on the text; ``pads.exchange_updates`` makes whole ones."""

    class Meta:
        model = Change

    pad = factory.SubFactory(PadFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    author = factory.SubFactory(PersonFactory)
    content = b"\0\0"
    made_at = NOON
