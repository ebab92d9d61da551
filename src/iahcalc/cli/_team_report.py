"""Teams as text for people, and as JSON for programs."""

from __future__ import annotations

import json as notation
from collections.abc import Iterator, Mapping
from typing import Any

from iahcalc.cli._team_account import UTC, Account
from iahcalc.teams import Reason, Team, explain, sentence

FORMAT = "biosint-teams"
VERSION = 1
MOST_SHOWN = 500
"""More teams than this are read in a file, not in a terminal."""
LOWEST_SHOWN = 10
MOST_LISTED = 200
WIDEST_NAME = 40


def shown(account: Account, *, json: bool) -> str:
    """Return what the command prints."""
    if json:
        return notation.dumps(as_json(account), ensure_ascii=False, indent=2, allow_nan=False)
    return "\n".join(_lines(account))


def _lines(account: Account) -> Iterator[str]:
    result, teams = account.result, account.result.teams
    yield (
        f"People: {len(result.places)}. Teams: {len(teams)}. Seed: {result.seed}. Week of {account.week_of}."
    )
    yield from account.heading
    if len(teams) > MOST_SHOWN:
        yield ""
        yield f"The {LOWEST_SHOWN} teams with the lowest scores; --out and --report write all of them."
        teams = tuple(sorted(teams, key=lambda team: (team.score, team.number))[:LOWEST_SHOWN])
    for team in teams:
        yield from _team(account, team)
    if result.wishes:
        yield ""
        yield "Wishes over all teams"
    for outcome in result.wishes:
        label = f"{outcome.wish.kind} {outcome.wish.attribute}"
        yield f"  {label:<28} mean {outcome.mean:.1%}, worst {outcome.worst:.1%}, bound {outcome.bound:.1%}"
    for answer in account.answers:
        yield ""
        yield answer.question
        yield f"  {answer.answer}"
    yield ""
    if not result.violations:
        yield "All rules hold."
        return
    yield "Rules that could not be kept"
    for violation in result.violations[:MOST_LISTED]:
        yield f"  {_where(account, violation)}{violation.english}."
    if len(result.violations) > MOST_LISTED:
        yield f"  and {len(result.violations) - MOST_LISTED:,} more; --out and --report write all of them."
    if account.conflicts:
        yield ""
        yield "What stands in the way"
    for conflict in account.conflicts:
        yield f"  {conflict.english}{f' ({conflict.scope})' if conflict.scope else ''}"


def _where(account: Account, reason: Reason) -> str:
    return f"Team {account.number(reason.team)}: " if reason.team else ""


def _team(account: Account, team: Team) -> Iterator[str]:
    yield ""
    yield f"Team {account.number(team.number)} (score {team.score:.0%})"
    width = min(max(len(person.name) for person in team.people), WIDEST_NAME)
    yield from (f"  {person.name:<{width}}  {account.in_words(person)}".rstrip() for person in team.people)
    yield f"  {_scores(team)}".rstrip()
    if account.zone != UTC and (hours := account.hours(team)):
        yield f"  Common hours: {hours}"
    yield f"  Why: {sentence(account.result, team.number)}"


def _scores(team: Team) -> str:
    return "; ".join(f"{score.wish.kind} {score.wish.attribute} {score.score:.0%}" for score in team.wishes)


def as_json(account: Account) -> dict[str, Any]:
    """Return the stable shape described in the guide; new names may be added, none is taken away."""
    result = account.result
    return {
        "format": FORMAT,
        "version": VERSION,
        "seed": result.seed,
        "aim": account.aim,
        "week_of": account.week_of.isoformat(),
        "zone": account.zone,
        "heading": list(account.heading),
        "teams": [_team_as_json(account, team) for team in result.teams],
        "wishes": [
            {
                "attribute": outcome.wish.attribute,
                "kind": outcome.wish.kind,
                "weight": outcome.wish.weight,
                "mean": round(outcome.mean, 4),
                "worst": outcome.worst,
                "bound": round(outcome.bound, 4),
            }
            for outcome in result.wishes
        ],
        "violations": [_reason(account, violation) for violation in result.violations],
        "conflicts": [
            {
                "rules": list(conflict.rules),
                "people": list(conflict.people),
                "proved": conflict.proved,
                "text": conflict.english,
            }
            for conflict in account.conflicts
        ],
        **_repair(account),
        "answers": [{"question": answer.question, "answer": answer.answer} for answer in account.answers],
        "origin": {
            "command": account.origin.command,
            "sha256": dict(account.origin.files),
            "versions": account.origin.versions,
        },
    }


def _repair(account: Account) -> dict[str, Any]:
    repair = account.repair
    if repair is None:
        return {}
    moved = [{"key": key, "from": was, "to": now} for key, was, now in repair.moved]
    return {"repair": {"moved": moved, "joined": list(repair.joined), "left": list(repair.left)}}


def _team_as_json(account: Account, team: Team) -> dict[str, Any]:
    return {
        "number": account.number(team.number),
        "score": round(team.score, 4),
        "people": [{"key": person.key, "name": person.name} for person in team.people],
        "wishes": [
            {
                "attribute": score.wish.attribute,
                "kind": score.wish.kind,
                "weight": score.wish.weight,
                "score": score.score,
            }
            for score in team.wishes
        ],
        "common_hours": account.hours(team),
        "facilitator": account.result.facilitator_of.get(team.number),
        "reasons": [_reason(account, reason) for reason in explain(account.result, team.number)],
    }


def _reason(account: Account, reason: Reason) -> Mapping[str, Any]:
    return {
        "code": reason.code,
        "parameters": dict(reason.parameters),
        "team": account.number(reason.team) if reason.team else None,
        "people": list(reason.people),
        "text": reason.english,
    }
