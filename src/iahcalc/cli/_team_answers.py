"""Questions about teams that are formed: why is this person here, what if these two changed places."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator

from iahcalc.cli._team_account import Answer
from iahcalc.cli.tables import Unreadable, shortened
from iahcalc.teams import Result, TeamFault, person_sentence, what_if_moved, what_if_swapped


def answers_of(result: Result, arguments: argparse.Namespace) -> tuple[Answer, ...]:
    """Answer everything that was asked for.

    Raises:
        Unreadable: a person or a team that is not there.
    """
    try:
        return tuple(_answers(result, arguments))
    except TeamFault as fault:
        raise Unreadable(str(fault)) from fault


def _answers(result: Result, arguments: argparse.Namespace) -> Iterator[Answer]:
    names = {person.key: person.name for person in result.problem.people}
    for key in (_key(result, word) for word in arguments.explain):
        yield Answer(f"Why is {names[key]} in this team?", person_sentence(result, key))
    for words in arguments.swap:
        one, other = (_key(result, word) for word in words)
        english = what_if_swapped(result, one, other).english
        yield Answer(f"If {names[one]} and {names[other]} changed places?", english)
    for word, team in arguments.move:
        key = _key(result, word)
        if not team.isascii() or not team.isdigit():
            raise Unreadable(f"“{shortened(team)}” is not the number of a team.")
        english = what_if_moved(result, key, int(team)).english
        yield Answer(f"If {names[key]} went to team {int(team)}?", english)


def _key(result: Result, word: str) -> str:
    """Return the key of a person named by key, or by a name nobody else has."""
    people = result.problem.people
    if any(person.key == word for person in people):
        return word
    named = [person.key for person in people if person.name.casefold() == word.strip().casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise Unreadable(
            f"{len(named)} people are named “{shortened(word)}”; use one of the keys {', '.join(named[:5])}."
        )
    close = difflib.get_close_matches(
        word, [*(person.key for person in people), *(person.name for person in people)], n=1
    )
    hint = f" Do you mean “{close[0]}”?" if close else ""
    raise Unreadable(f"Nobody in the list has the key or the name “{shortened(word)}”.{hint}")
