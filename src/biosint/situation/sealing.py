"""Closed rounds, sealed in the database itself: not even a slip in our own code changes one.

The triggers are written again after each migration, because the embedded database drops those of a table that
it rebuilds. They refuse updates; new rows and removals are refused by the operations alone (docs/adr/0025).
"""

from __future__ import annotations

from typing import Any

from django.db import connections

CLOSED_ROUND = "SELECT 1 FROM situation_round r WHERE r.state = 'closed' AND r.id = "
OF_PARTICIPATION = "(SELECT p.round_id FROM situation_participation p WHERE p.id = {key})"
# Table -> when an update of a row is refused; OLD is the row as it stands.
SEALED = {
    "situation_round": "OLD.state = 'closed'",
    "situation_participation": f"EXISTS ({CLOSED_ROUND} OLD.round_id)",
    "situation_value": f"EXISTS ({CLOSED_ROUND} {OF_PARTICIPATION.format(key='OLD.participation_id')})",
    "situation_review": f"EXISTS ({CLOSED_ROUND} {OF_PARTICIPATION.format(key='OLD.participation_id')})",
}
# What is never changed at all, open round or not.
FIXED = ("situation_remark", "situation_formervalue", "situation_formulaversion")
SAYS = "A closed round of the index never changes."


def seal(using: str, **_rest: Any) -> None:
    """Write the triggers; called after each migration."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    rules = SEALED | dict.fromkeys(FIXED, "1 = 1")
    if not rules.keys() <= there:
        return
    write = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    if write is None:
        return
    with connection.cursor() as cursor:
        for table, condition in rules.items():
            for statement in write(table, condition):
                cursor.execute(statement)


def _sqlite(table: str, condition: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_sealed",
        (
            f"CREATE TRIGGER {table}_sealed BEFORE UPDATE ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        ),
    ]


def _postgresql(table: str, condition: str) -> list[str]:
    return [
        (
            f"CREATE OR REPLACE FUNCTION {table}_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$"
        ),
        f"DROP TRIGGER IF EXISTS {table}_sealed ON {table}",
        f"CREATE TRIGGER {table}_sealed BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_sealed()",
    ]
