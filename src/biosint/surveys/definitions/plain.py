"""Reads single values of a definition, or says what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault
from biosint.surveys.definitions.content import Words
from biosint.surveys.states import LANGUAGES

# What names questions, items, instruments and subscales.
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class DefinitionFault(Fault):
    """The questionnaire cannot be used as it is written."""


def mapping(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise DefinitionFault(_("%(where)s is not written as named parts.") % {"where": where})
    return raw


def filled_list(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise DefinitionFault(_("%(where)s has nothing in it.") % {"where": where})
    return raw


def words(raw: Any, where: str, *, needed: bool = True) -> Words:
    found = {str(code): str(text).strip() for code, text in mapping(raw, where).items() if str(text).strip()}
    unknown = found.keys() - set(LANGUAGES)
    if unknown:
        raise DefinitionFault(
            _("%(where)s is written in “%(language)s”; use %(languages)s.")
            % {"where": where, "language": min(unknown), "languages": ", ".join(LANGUAGES)}
        )
    if needed and not found:
        raise DefinitionFault(_("%(where)s has no text in any language.") % {"where": where})
    return found


def number(raw: Any, where: str) -> float | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise DefinitionFault(_("%(where)s: “%(value)s” is not a number.") % {"where": where, "value": raw})
    return raw


def day(raw: Any, where: str) -> date | None:
    """Read an ISO day; YAML turns one into a date by itself."""
    if raw is None or raw == "":
        return None
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        raise DefinitionFault(
            _("%(where)s: “%(value)s” is not a day; write it as 2027-03-31.") % {"where": where, "value": raw}
        ) from None
