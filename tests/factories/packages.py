from __future__ import annotations

import uuid

import factory

from biosint.packages.models import Attempt, ItemState, Package, PackageFile, PackageVersion, Statement
from biosint.packages.states import Standard, VersionState
from clock import NOON
from factories.people import PersonFactory


class PackageFactory(factory.django.DjangoModelFactory[Package]):
    class Meta:
        model = Package

    place = factory.Sequence(lambda n: f"exchange.activity:{900_000 + n}")
    created_at = NOON


class PackageVersionFactory(factory.django.DjangoModelFactory[PackageVersion]):
    """A ready SCORM 1.2 package of one part, without its files."""

    class Meta:
        model = PackageVersion

    package = factory.SubFactory(PackageFactory)
    number = 1
    key = factory.LazyFunction(uuid.uuid4)
    standard = Standard.SCORM_12
    title = "Hand hygiene"
    outline = factory.LazyFunction(
        lambda: {"items": [{"code": "one", "title": "Hand hygiene", "href": "index.html", "level": 0}]}
    )
    name = "hand-hygiene.zip"
    size = 2000
    unpacked_size = 6000
    sent_size = 2400
    sha256 = "0" * 64
    state = VersionState.READY
    uploaded_by = factory.SubFactory(PersonFactory)
    uploaded_at = NOON


class PackageFileFactory(factory.django.DjangoModelFactory[PackageFile]):
    class Meta:
        model = PackageFile

    version = factory.SubFactory(PackageVersionFactory)
    path = "index.html"
    folded = factory.LazyAttribute(lambda own: own.path.casefold())
    sha256 = "0" * 64
    size = 100
    media_type = "text/html"


class AttemptFactory(factory.django.DjangoModelFactory[Attempt]):
    class Meta:
        model = Attempt

    version = factory.SubFactory(PackageVersionFactory)
    package = factory.SelfAttribute("version.package")
    person = factory.SubFactory(PersonFactory)
    started_at = NOON


class ItemStateFactory(factory.django.DjangoModelFactory[ItemState]):
    class Meta:
        model = ItemState

    attempt = factory.SubFactory(AttemptFactory, opening=1)
    item = "one"
    opening = 1
    sequence = 1
    changed_at = NOON


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    class Meta:
        model = Statement

    attempt = factory.SubFactory(AttemptFactory)
    verb = "answered"
    received_at = NOON
