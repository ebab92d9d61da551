"""What files may arrive in parts for: whatever the app that takes them has registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


def _site_limit(_name: str) -> int:
    return int(settings.UPLOAD_BYTES)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One place that takes files: which formats, and how large one of this name may be in bytes."""

    kind: str
    allowed: frozenset[str]
    maximum: Callable[[str], int] = _site_limit


_PURPOSES: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Called once per kind from an app's ``providers.register``."""
    if _PURPOSES.get(purpose.kind, purpose) != purpose:
        raise ValueError(f"Two apps take files of the kind {purpose.kind}.")
    _PURPOSES[purpose.kind] = purpose


def purpose_of(kind: str) -> Purpose | None:
    return _PURPOSES.get(kind)
