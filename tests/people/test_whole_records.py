"""The promise of “your records” and of closing an account holds for every model of the platform."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from factory.base import Factory

import factories
from biosint.people.api import Person
from biosint.shared.registries import EXPORTERS

# Who acted on a record of somebody else: it is told by “lines of the audit trail”, not by a section of its own.
ACTORS = ("_by", "by")


def _names_its_person(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is Person
        and not field.name.endswith(ACTORS)
    ]


def _about_people() -> list[type[models.Model]]:
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.PLATFORM_APPS}
    return [
        model for model in apps.get_models() if model._meta.app_label in ours and _names_its_person(model)
    ]


def _factory_of(model: type[models.Model]) -> Any:
    modules = [import_module(f"factories.{module.name}") for module in iter_modules(factories.__path__)]
    return next(
        factory
        for module in modules
        for factory in vars(module).values()
        if isinstance(factory, type) and issubclass(factory, Factory) and factory._meta.model is model
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", _about_people(), ids=lambda model: model._meta.label_lower)
def test_every_record_about_a_person_is_in_their_export(model: type[models.Model]) -> None:
    person = factories.PersonFactory()
    before = sum(len(list(export(person))) for _section, export in EXPORTERS)

    _factory_of(model)(**dict.fromkeys(_names_its_person(model), person))

    after = sum(len(list(export(person))) for _section, export in EXPORTERS)
    assert after > before, f"Register an exporter of {model._meta.label} in the providers of its app."


@pytest.mark.django_db
def test_an_export_of_an_empty_account_is_sound() -> None:
    person = factories.PersonFactory()

    for label, export in EXPORTERS:
        assert isinstance(list(export(person)), list), label
