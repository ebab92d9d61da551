"""The way an older installation went: every migration by itself, without the ones that replace several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class StepwiseLoader(MigrationLoader):
    """Finds the migrations as they were before several were replaced by one."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {
            key: found for key, found in self.disk_migrations.items() if not found.replaces
        }


def stepwise(over: BaseDatabaseWrapper = connection) -> MigrationExecutor:
    """Return an executor that goes step by step and can stop between the steps."""
    executor = MigrationExecutor(over)
    executor.loader = StepwiseLoader(over)
    return executor
