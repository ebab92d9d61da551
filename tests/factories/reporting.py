from __future__ import annotations

from datetime import timedelta

import factory

from biosint.reporting.models import Report
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.people import PersonFactory


class ReportFactory(factory.django.DjangoModelFactory[Report]):
    class Meta:
        model = Report

    consortium = factory.SubFactory(ConsortiumFactory)
    title = factory.Sequence(lambda n: f"Progress report {n + 1}")
    since_date = (NOON - timedelta(days=30)).date()
    until_date = NOON.date()
    language = "en"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON
