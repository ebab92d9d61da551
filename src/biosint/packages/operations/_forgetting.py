from __future__ import annotations

from typing import TYPE_CHECKING

from biosint.packages.models import ItemState, Statement

if TYPE_CHECKING:
    from biosint.people.api import Person


def forget(person: Person) -> None:
    """Erase what packages kept word for word of a person who closes the account; points stay with the course."""
    Statement.objects.filter(attempt__person=person).delete()
    ItemState.objects.filter(attempt__person=person).update(state={})
