from __future__ import annotations

from datetime import timedelta

import factory

from biosint.lti.models import Acquaintance, Choice, Link, PlatformKey, Result, SpentToken, Tool
from clock import NOON
from factories.people import AdministratorFactory, PersonFactory, TeacherFactory


class ToolFactory(factory.django.DjangoModelFactory[Tool]):
    class Meta:
        model = Tool

    name = factory.Sequence(lambda n: f"Microscope {n + 1}")
    launch_url = "https://tool.example/launch"
    login_url = "https://tool.example/login"
    registered_by = factory.SubFactory(AdministratorFactory)
    registered_at = NOON


class PlatformKeyFactory(factory.django.DjangoModelFactory[PlatformKey]):
    class Meta:
        model = PlatformKey

    kid = factory.Sequence(lambda n: f"key-{n}")
    public = factory.LazyFunction(dict)
    sealed = "sealed"
    created_at = NOON


class AcquaintanceFactory(factory.django.DjangoModelFactory[Acquaintance]):
    class Meta:
        model = Acquaintance

    tool = factory.SubFactory(ToolFactory)
    person = factory.SubFactory(PersonFactory)
    agreed_at = NOON


class LinkFactory(factory.django.DjangoModelFactory[Link]):
    class Meta:
        model = Link

    tool = factory.SubFactory(ToolFactory)
    home = "exchange.activity"
    key = factory.Sequence(str)
    title = "Look at the slide"
    created_by = factory.SubFactory(TeacherFactory)
    created_at = NOON


class ResultFactory(factory.django.DjangoModelFactory[Result]):
    class Meta:
        model = Result

    link = factory.SubFactory(LinkFactory)
    person = factory.SubFactory(PersonFactory)
    given = 8
    maximum = 10
    activity_progress = "Completed"
    grading_progress = "FullyGraded"
    said_at = NOON
    received_at = NOON


class SpentTokenFactory(factory.django.DjangoModelFactory[SpentToken]):
    class Meta:
        model = SpentToken

    tool = factory.SubFactory(ToolFactory)
    digest = factory.Sequence(lambda n: f"{n:064d}")
    valid_until = NOON + timedelta(minutes=5)


class ChoiceFactory(factory.django.DjangoModelFactory[Choice]):
    class Meta:
        model = Choice

    tool = factory.SubFactory(ToolFactory)
    home = "exchange.activity"
    key = "1"
    person = factory.SubFactory(TeacherFactory)
    begun_at = NOON
