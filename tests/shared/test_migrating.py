"""First migrations that make all tables at once say the same as the steps they replace."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from biosint.shared.migrating import TablesAtOnce
from migrating import StepwiseLoader


def test_the_steps_end_where_the_models_stand() -> None:
    loader = StepwiseLoader(None, ignore_no_migrations=True)
    left = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        graph=loader.graph
    )

    assert {app: found for app, found in left.items() if app in {key[0] for key in replaced()}} == {}


def test_every_replaced_step_still_exists_and_is_named_once() -> None:
    named = replaced()

    assert len(named) == len(set(named))
    assert set(named) <= set(StepwiseLoader(None, ignore_no_migrations=True).disk_migrations)


def test_a_step_that_no_table_says_is_refused() -> None:
    class Strange(TablesAtOnce):
        operations = [
            migrations.CreateModel("Ward", [("id", models.AutoField(primary_key=True))]),
            migrations.RunPython(migrations.RunPython.noop),
        ]

    with pytest.raises(TypeError, match="put it into a later migration"):
        Strange("0001_initial", "audit").apply(ProjectState(), schema_editor=None)  # type: ignore[arg-type]


def replaced() -> list[tuple[str, str]]:
    every = MigrationLoader(None, ignore_no_migrations=True, replace_migrations=False)
    return [step for found in every.disk_migrations.values() for step in found.replaces]
