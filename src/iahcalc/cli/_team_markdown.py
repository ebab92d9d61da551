"""The report as Markdown, for wikis and learning platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from iahcalc.cli._team_account import UNSPOKEN, Account
from iahcalc.cli._team_page import broken_lines, conflict_lines
from iahcalc.cli._team_wording import title_of
from iahcalc.teams import Team

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~-])")


def markdown(account: Account) -> Iterator[str]:
    """Yield the report line by line."""
    for line in _lines(account):
        yield f"{line}\n"


def _lines(account: Account) -> Iterator[str]:
    result = account.result
    yield f"# {len(result.teams):,} teams of {len(result.places):,} people"
    yield ""
    for line in account.heading:
        yield f"- {_escaped(line)}"
    yield "All rules hold." if not result.violations else "## Rules that could not be kept"
    yield ""
    for line in broken_lines(account):
        yield f"- {_escaped(line)}"
    if account.told_conflicts:
        yield ""
        yield "What stands in the way:"
        yield ""
    for line in conflict_lines(account):
        yield f"- {_escaped(line)}"
    if result.wishes:
        yield ""
        yield "| Wish | Weight | Mean | Weakest team | Proved bound |"
        yield "|---|---|---|---|---|"
    for outcome in result.wishes:
        yield (
            f"| {_escaped(title_of(outcome.wish))} | {outcome.wish.weight:g} | {outcome.mean:.1%} "
            f"| {outcome.worst:.1%} | {outcome.bound:.1%} |"
        )
    for team in result.teams:
        yield from _team(account, team)
    yield ""
    yield "## How the teams were formed"
    yield ""
    yield _escaped(account.method)
    yield ""
    yield "| What | |"
    yield "|---|---|"
    for name, value in account.facts():
        yield f"| {_escaped(name)} | {_escaped(value)} |"


def _team(account: Account, team: Team) -> Iterator[str]:
    yield ""
    yield f"## Team {account.number(team.number)} ({team.score:.0%})"
    yield ""
    for person in team.people:
        about = account.in_words(person, without=UNSPOKEN)
        yield f"- **{_escaped(person.name)}**{f': {_escaped(about)}' if about else ''}"
    if hours := account.hours(team):
        yield ""
        yield f"Common hours: {hours}"
    if name := account.facilitator(team):
        yield ""
        yield f"Accompanied by {_escaped(name)}"
    if why := account.why(team):
        yield ""
        yield _escaped(f"{why[:1].upper()}{why[1:]}")


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
