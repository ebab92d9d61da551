"""The kinds of news that apps tell of; people choose for each how they hear of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from biosint.notices.states import Delivery
from biosint.shared.verdicts import Sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of news. ``code`` stands in the database and in signed links, so it never changes."""

    code: str
    label: Sentence
    explains: Sentence = ""
    default: Delivery = Delivery.AT_ONCE


GENERAL = Kind("general", _("Everything else"))
_KINDS: dict[str, Kind] = {GENERAL.code: GENERAL}


class KindUnknown(Exception):
    """No app registers a kind of this code."""


def register_kind(kind: Kind) -> None:
    """Make a kind known; called in an app's ``providers.register``."""
    _KINDS[kind.code] = kind


def kinds() -> list[Kind]:
    """Return all kinds in the order of their registration; what belongs to none comes last."""
    return [*(kind for kind in _KINDS.values() if kind is not GENERAL), GENERAL]


def kind_of(code: str) -> Kind:
    """Return a kind.

    Raises:
        KindUnknown: nobody registered it.
    """
    try:
        return _KINDS[code]
    except KeyError:
        raise KindUnknown(f"No kind of notice is called {code!r}. Register it in providers.py.") from None
