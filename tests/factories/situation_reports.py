from __future__ import annotations

import factory

from biosint.situation.models import SituationReport
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.people import PersonFactory


class SituationReportFactory(factory.django.DjangoModelFactory[SituationReport]):
    """A draft about the whole consortium, not made yet."""

    class Meta:
        model = SituationReport

    consortium = factory.SubFactory(ConsortiumFactory)
    title = "Where we stand"
    language = "en"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON
