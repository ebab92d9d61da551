from __future__ import annotations

import factory

from biosint.situation.models import Analysis, Campaign
from clock import NOON
from factories.surveys import AnswerSetFactory


class CampaignFactory(factory.django.DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    answer_set = factory.SubFactory(AnswerSetFactory)
    purpose = "Where do we stand?"
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON


class AnalysisFactory(factory.django.DjangoModelFactory[Analysis]):
    """A draft; give ``published_by`` and ``published_at`` for a published one."""

    class Meta:
        model = Analysis

    answer_set = factory.SubFactory(AnswerSetFactory)
    title = "What students say"
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON
