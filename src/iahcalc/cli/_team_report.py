"""Teams as text for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from iahcalc.teams import Person, Reason, Result, Team, explain, sentence

FORMAT = "biosint-teams"
VERSION = 1


def as_text(result: Result, *, week_of: date) -> str:
    """Return what the command prints."""
    return "\n".join(_lines(result, week_of))


def _lines(result: Result, week_of: date) -> Iterator[str]:
    teams = result.teams
    yield f"People: {len(result.places)}. Teams: {len(teams)}. Seed: {result.seed}. Week of {week_of}."
    for team in teams:
        yield ""
        yield f"Team {team.number} (score {team.score:.0%})"
        width = max(len(person.name) for person in team.people)
        yield from (f"  {person.name:<{width}}  {_about(person)}".rstrip() for person in team.people)
        yield f"  {_scores(team)}".rstrip()
        yield f"  Why: {sentence(result, team.number)}"
    if result.wishes:
        yield ""
        yield "Wishes over all teams"
    for outcome in result.wishes:
        label = f"{outcome.wish.kind} {outcome.wish.attribute}"
        yield f"  {label:<28} mean {outcome.mean:.1%}, worst {outcome.worst:.1%}, bound {outcome.bound:.1%}"
    yield ""
    if not result.violations:
        yield "All rules hold."
        return
    yield "Rules that could not be kept"
    for violation in result.violations:
        yield f"  {f'Team {violation.team}: ' if violation.team else ''}{violation.english}."


def _about(person: Person) -> str:
    shown = [" / ".join(value) if isinstance(value, tuple) else value for value in person.attributes.values()]
    return ", ".join(
        f"{value:g}" if isinstance(value, float) else str(value) for value in shown if value is not None
    )


def _scores(team: Team) -> str:
    return "; ".join(f"{score.wish.kind} {score.wish.attribute} {score.score:.0%}" for score in team.wishes)


def as_json(result: Result, *, week_of: date) -> dict[str, Any]:
    """Return the stable shape described in the guide; new names may be added, none is taken away."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "seed": result.seed,
        "week_of": week_of.isoformat(),
        "teams": [
            {
                "number": team.number,
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
                "reasons": [_reason(reason) for reason in explain(result, team.number)],
            }
            for team in result.teams
        ],
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
        "violations": [_reason(violation) for violation in result.violations],
    }


def _reason(reason: Reason) -> Mapping[str, Any]:
    return {
        "code": reason.code,
        "parameters": dict(reason.parameters),
        "team": reason.team,
        "people": list(reason.people),
        "text": reason.english,
    }
