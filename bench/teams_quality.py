"""How good teams are, against what can be proved and against what a teacher could use instead."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from iahcalc.teams import Person, Rules, Wish, form_teams
from teams_peer import ABSENT, PEERS, SIZE
from teams_people import class_of, write_csv

CHILD = Path(__file__).with_name("teams_peer.py")
SIZES = (60, 240, 960)
PEER_SECONDS, PATIENCE = 60, 90
"""Seconds a peer may search where it can be told so, and seconds after which it is ended."""
Teams = Sequence[Sequence[Person]]


class Seen(NamedTuple):
    """What one program made of the people."""

    by: str
    seconds: float
    teams: Teams | None
    note: str = ""


def section() -> list[str]:
    """Return the lines of the tables, one for each number of people."""
    lines: list[str] = []
    for size in SIZES:
        print(f"  {size} people", file=sys.stderr, flush=True)
        people = class_of(size)
        lines += [
            f"### {size} people in {size // SIZE} teams of {SIZE}",
            "",
            "| program | processor seconds | repeated professions | repeated countries | people alone of their gender | where we lose |",
            "|---|---|---|---|---|---|",
        ]
        seen = [_ours(people), *_baselines(people), *_peers(people)]
        ours = _figures(seen[0].teams or [])
        for one in seen:
            lines.append(_line(one, ours, seen[0].seconds))
        least = [_least(people, attribute) for attribute in ("profession", "country")]
        lines += [f"| *provable minimum* | | {least[0]} | {least[1]} | 0 | |", ""]
    return lines


def _line(seen: Seen, ours: tuple[int, int, int], seconds: float) -> str:
    if seen.teams is None:
        return f"| {seen.by} | {seen.note} | | | | |"
    figures = _figures(seen.teams)
    behind = [
        name
        for name, own, other in zip(("professions", "countries", "lone people"), ours, figures, strict=True)
        if own > other
    ]
    if seen.seconds < seconds:
        behind.append("time")
    sizes = {len(team) for team in seen.teams}
    note = "" if sizes == {SIZE} else f" (sizes {min(sizes)} to {max(sizes)})"
    lost = "" if seen.by == "BIOSINT" else ", ".join(behind)
    return f"| {seen.by}{note} | {seen.seconds:.2f} | {figures[0]} | {figures[1]} | {figures[2]} | {lost} |"


def _figures(teams: Teams) -> tuple[int, int, int]:
    return (_repeated(teams, "profession"), _repeated(teams, "country"), _alone(teams, "gender"))


def _repeated(teams: Teams, attribute: str) -> int:
    """Count people whose value a team-mate before them has already."""
    return sum(len(team) - len({person.attributes[attribute] for person in team}) for team in teams)


def _alone(teams: Teams, attribute: str) -> int:
    return sum(
        count == 1
        for team in teams
        for count in Counter(person.attributes[attribute] for person in team).values()
    )


def _least(people: Sequence[Person], attribute: str) -> int:
    """Bound the repetitions: a value that more people have than there are teams repeats, wherever they sit."""
    teams = len(people) // SIZE
    return sum(
        max(0, count - teams) for count in Counter(person.attributes[attribute] for person in people).values()
    )


def _ours(people: list[Person]) -> Seen:
    wishes = (Wish(attribute="profession", kind="mix", weight=2), Wish(attribute="country", kind="mix"))
    rules = Rules(teams=len(people) // SIZE, at_least_two_of=("gender",))
    form_teams(people[:30], wishes=wishes, rules=Rules(teams=6))
    begun = time.process_time()
    result = form_teams(people, wishes=wishes, rules=rules)
    return Seen("BIOSINT", time.process_time() - begun, result.groups)


def _baselines(people: list[Person]) -> list[Seen]:
    dealt: list[tuple[str, Callable[[], Teams]]] = [
        ("at random (Moodle: allocate randomly)", lambda: _random(people)),
        ("by hand: dealt out by profession", lambda: _dealt(people)),
    ]
    seen = []
    for name, deal in dealt:
        begun = time.process_time()
        teams = deal()
        seen.append(Seen(name, time.process_time() - begun, teams))
    return seen


def _random(people: list[Person]) -> Teams:
    order = random.Random(1).sample(people, len(people))
    return [order[start : start + SIZE] for start in range(0, len(order), SIZE)]


def _dealt(people: list[Person]) -> Teams:
    teams = len(people) // SIZE
    order = sorted(people, key=lambda person: (str(person.attributes["profession"]), person.key))
    return [order[team::teams] for team in range(teams)]


def _children() -> float:
    """Return the processor time of all programs that were started and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peers(people: list[Person]) -> list[Seen]:
    by_key = {person.key: person for person in people}
    seen = []
    for name in PEERS:
        with tempfile.TemporaryDirectory() as folder:
            table, out = Path(folder) / "given.csv", Path(folder) / "teams.json"
            write_csv(people, table)
            places = [os.environ.get("BIOSINT_BENCH_PEERS"), os.environ.get("PYTHONPATH")]
            path = os.pathsep.join(filter(None, places))
            begun = _children()
            try:
                done = subprocess.run(
                    [sys.executable, str(CHILD), name, str(table), str(out), str(PEER_SECONDS)],
                    env=os.environ | {"PYTHONPATH": path},
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                seen.append(Seen(name, 0, None, f"no answer in {PATIENCE} s"))
                continue
            taken = _children() - begun
            if done.returncode == ABSENT:
                seen.append(Seen(name, 0, None, "not installed here"))
            elif done.returncode or not out.exists():
                print(done.stderr[-2000:], file=sys.stderr)
                seen.append(Seen(name, 0, None, "failed"))
            else:
                found = json.loads(out.read_text(encoding="utf-8"))
                label = f"{name} {found['version']}"
                teams = [[by_key[key] for key in team] for team in found["teams"]]
                seen.append(
                    Seen(label, taken, teams)
                    if teams
                    else Seen(label, taken, None, f"no answer in {PEER_SECONDS} s")
                )
    return seen
