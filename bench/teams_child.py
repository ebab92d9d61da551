"""One measurement in a process of its own, so that memory and the first call are those of this size alone.

    python bench/teams_child.py PEOPLE RUNS

Prints one line of JSON.
"""

from __future__ import annotations

import time

BEGUN = time.perf_counter()

import json  # noqa: E402 -- the clock starts before anything is imported
import resource  # noqa: E402 -- as above
import sys  # noqa: E402 -- as above
from pathlib import Path  # noqa: E402 -- as above

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]


def main(people: int, runs: int) -> None:
    from iahcalc.teams import Rules, Wish, explain, form_teams

    imported = time.perf_counter() - BEGUN
    from teams_people import class_of

    asked = class_of(people)
    memory_before = _peak()
    wishes = (Wish(attribute="country", kind="mix"), Wish(attribute="profession", kind="mix"))
    rules = Rules(teams=max(1, people // 5), minimum_common_hours=2, at_least_two_of=("gender",))
    taken, searched, cpu = [], [], []
    for _run in range(runs + 1):
        begun, worked = time.perf_counter(), time.process_time()
        result = form_teams(asked, wishes=wishes, rules=rules)
        searched.append(time.perf_counter() - begun)
        for number in range(1, len(result.teams) + 1):
            explain(result, number)
        taken.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - worked)
    warm = slice(1, None) if runs else slice(None)
    print(
        json.dumps(
            {
                "people": people,
                "imported": imported,
                "first": imported + taken[0],
                "search": searched[warm],
                "whole": taken[warm],
                "cpu": cpu[warm],
                "peak_mb": _peak(),
                "people_mb": memory_before,
                "broken": len(result.violations),
                "mean": sum(team.score for team in result.teams) / len(result.teams),
                "worst": min(team.score for team in result.teams),
                "bound": sum(outcome.bound for outcome in result.wishes) / len(result.wishes),
            }
        )
    )


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
