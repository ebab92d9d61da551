"""Who may read a stored file: whatever the app that refers to it has registered; else nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.files.models import StoredFile
    from biosint.people.models import Person

Reader = Callable[["Person | None", "StoredFile"], bool]
_READERS: dict[str, Reader] = {}


def register_reader(kind: str, may_read: Reader) -> None:
    """Say who reads files of one kind; called once per kind from an app's ``providers.register``.

    ``may_read`` gets None for a visitor.
    """
    if _READERS.get(kind, may_read) is not may_read:
        raise ValueError(f"Two apps say who reads files of the kind {kind}.")
    _READERS[kind] = may_read


def may_read(person: Person | None, stored: StoredFile) -> Verdict:
    """The app that owns this kind of file decides; a kind that nobody owns is read by nobody."""
    reader = _READERS.get(stored.kind)
    if reader is not None and reader(person, stored):
        return ALLOWED
    return refused(_("This file is not open to you. Ask whoever sent you the link."))
