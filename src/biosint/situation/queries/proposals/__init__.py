"""Statements of a SWOT that suggest themselves, each with the figure that suggests it.

From inside: what people answered, and what the last closed round of the index says. From outside: published
findings of the desk research. Nothing is judged by taste: each rule says in its docstring when it proposes what.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from biosint.situation.queries.proposals._indicators import figure_words, from_round, readings_of
from biosint.situation.queries.proposals._proposal import Proposal
from biosint.situation.queries.proposals._research import from_findings
from biosint.situation.queries.proposals._surveys import from_answers

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.situation.models import Workshop

__all__ = ["Proposal", "figure_words", "proposals_for", "readings_of"]


def proposals_for(workshop: Workshop, *, by: Person, at: datetime) -> list[Proposal]:
    """Return every proposal for a workshop, in the current language; only from results that ``by`` may read."""
    found = [
        *from_round(workshop),
        *from_answers(workshop, by=by, at=at),
        *from_findings(workshop),
    ]
    unique: dict[str, Proposal] = {}
    for one in found:
        unique.setdefault(one.origin, one)
    return list(unique.values())
