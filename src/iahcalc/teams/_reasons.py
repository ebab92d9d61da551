"""Sentences about teams: a code and parameters, which a platform can translate, and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from iahcalc.teams import _words_of_conflicts, _words_of_people, _words_of_teams
from iahcalc.teams._phrases import Given

Sentence = Callable[[Given], str]

CODES: Mapping[str, Sentence] = {
    **_words_of_teams.HELD,
    **_words_of_teams.BROKEN,
    **_words_of_people.WORDS,
    **_words_of_conflicts.WORDS,
}
"""Every code, with its English sentence."""


@dataclass(frozen=True)
class Reason:
    """One thing to say about a team or a person, or about a rule that does not hold.

    Attributes:
        code: what kind of sentence; the codes and their parameters are listed in ``CODES``.
        parameters: plain values (text, numbers, lists of them), ready for JSON.
        people: keys of the people concerned; empty when it is the whole team.
        team: team number, ``None`` when it is about people of several teams.
    """

    code: str
    parameters: Mapping[str, Any]
    team: int | None = None
    people: tuple[str, ...] = ()

    @property
    def english(self) -> str:
        """The sentence in plain English, without a full stop."""
        return CODES[self.code](self.parameters)
