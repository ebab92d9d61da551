from __future__ import annotations

import factory

from biosint.situation.models import Analysis, Campaign, Invitation, MailRefusal, Overview, Weighting
from clock import NOON
from factories.surveys import AnswerSetFactory, AskedInstitutionFactory


class CampaignFactory(factory.django.DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    answer_set = factory.SubFactory(AnswerSetFactory)
    purpose = "Where do we stand?"
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """Not yet written to."""

    class Meta:
        model = Invitation

    campaign = factory.SubFactory(CampaignFactory)
    asked = factory.LazyAttribute(lambda made: AskedInstitutionFactory(answer_set=made.campaign.answer_set))
    address = factory.Sequence(lambda n: f"person{n}@faculty.test")
    language = "en"
    seed = factory.Sequence(lambda n: f"{n:032x}")


class MailRefusalFactory(factory.django.DjangoModelFactory[MailRefusal]):
    class Meta:
        model = MailRefusal

    digest = factory.Sequence(lambda n: f"{n:064x}")


class AnalysisFactory(factory.django.DjangoModelFactory[Analysis]):
    """A draft; give ``published_by`` and ``published_at`` for a published one."""

    class Meta:
        model = Analysis

    answer_set = factory.SubFactory(AnswerSetFactory)
    title = "What students say"
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON


class WeightingFactory(factory.django.DjangoModelFactory[Weighting]):
    """In force; give ``ended_by`` and ``ended_at`` for an earlier one."""

    class Meta:
        model = Weighting

    answer_set = factory.SubFactory(AnswerSetFactory)
    number = 1
    margins = [{"column": "mobility", "shares": {"yes": 0.5, "no": 0.5}}]
    source = "Register of students, 2026"
    answers = 100
    effective_n = 80.0
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON


class OverviewFactory(factory.django.DjangoModelFactory[Overview]):
    """Asked for; give ``figures`` and ``finished_at`` for one that is worked out."""

    class Meta:
        model = Overview

    answer_set = factory.SubFactory(AnswerSetFactory)
    groupings = ["institution"]
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON
