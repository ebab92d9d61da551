"""First migrations that make an app's tables at once.

A step-wise migration draws all related models anew after every operation. With two hundred tables that is nearly
all a first start would do: half a minute of processor, in each process of the tests again. A first migration needs
no steps between, because nothing is stored yet: all operations change the description of the tables, the models are
drawn once, and every table is made as it stands at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

# What the tables at the end say by themselves; anything else would be left out in silence.
SAID_BY_TABLES = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AddConstraint,
    migrations.AlterUniqueTogether,
)


class TablesAtOnce(migrations.Migration):
    """A migration whose tables are made in one go. Its operations only create models and add to them.

    Raises `TypeError` when another kind of operation is among them.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: ARG002, FBT001, FBT002 - as Django calls it
    ) -> ProjectState:
        strange = [each for each in self.operations if not isinstance(each, SAID_BY_TABLES)]
        if strange:
            message = f"{self}: {strange[0].describe()} is a step of its own; put it into a later migration."
            raise TypeError(message)
        # Without drawn models the operations only change descriptions.
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
