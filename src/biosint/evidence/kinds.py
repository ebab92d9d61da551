"""Kinds of evidence, declared by the apps that record them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Units as people read them beside a figure. The keys are stored and never change.
UNITS: dict[str, str | Promise] = {
    "activity": _("activities"),
    "analysis": _("analyses"),
    "answer": _("answers"),
    "comparison": _("comparisons"),
    "course": _("courses"),
    "credential": _("credentials"),
    "deliverable": _("deliverables"),
    "document": _("documents"),
    "ECTS": "ECTS",
    "finding": _("findings"),
    "institution": _("institutions"),
    "milestone": _("milestones"),
    "pair": _("pairs"),
    "person": _("people"),
    "practice": _("practices"),
    "report": _("reports"),
    "round": _("rounds"),
    "team": _("teams"),
    "workshop": _("workshops"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence.

    ``code`` is ``app.past_tense`` and never changes; ``unit`` is the unit of the quantity
    (``course``, ``person``, ``ECTS``); ``public`` kinds may be shown without sign-in;
    ``by_hand`` kinds may also be entered by a person who vouches for them; the proof of a
    ``personal`` kind names one human being.
    """

    code: str
    label: str | Promise
    unit: str
    public: bool = True
    by_hand: bool = False
    personal: bool = False

    @property
    def unit_words(self) -> str | Promise:
        """The unit as people read it, in their language."""
        return UNITS[self.unit]


_KINDS: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Declare kinds; called once per app at start."""
    for kind in kinds:
        if kind.unit not in UNITS:
            raise ValueError(
                f"The unit “{kind.unit}” of {kind.code} has no words: add it to evidence.kinds.UNITS."
            )
        if _KINDS.get(kind.code, kind) != kind:
            raise ValueError(f"The kind of evidence {kind.code} is declared twice.")
        _KINDS[kind.code] = kind


def kind_of(code: str) -> Kind:
    return _KINDS[code]


def kinds() -> list[Kind]:
    """Return every declared kind, ordered by code."""
    return [_KINDS[code] for code in sorted(_KINDS)]
