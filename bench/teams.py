"""Seconds to form and explain teams of made-up people.

    python bench/teams.py

Writes bench/results/teams.md. People come from the same maker as the tests, so that both speak of one thing.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "iahcalc" / "teams")]

from classes_of_people import class_of  # noqa: E402 -- found only after the line above
from iahcalc.teams import Rules, Wish, explain, form_teams  # noqa: E402 -- as above

RESULT = ROOT / "bench" / "results" / "teams.md"
WISHES = (
    Wish(attribute="country", kind="mix"),
    Wish(attribute="profession", kind="mix"),
)


def seconds(people: int, runs: int) -> list[float]:
    asked = class_of(people)
    rules = Rules(teams=max(1, people // 5), minimum_common_hours=2, at_least_two_of=("gender",))
    taken = []
    for _run in range(runs + 1):
        begun = time.perf_counter()
        result = form_teams(asked, wishes=WISHES, rules=rules)
        for number in range(1, len(result.teams) + 1):
            explain(result, number)
        taken.append(time.perf_counter() - begun)
    return taken[1:]  # the first run warms


def main() -> None:
    lines = [
        "# Teams",
        "",
        "Written by `bench/teams.py`: teams of five, mixed by country and profession, nobody alone of a gender, two common",
        f"hours a week, explanation included. The search stops once every wish is at its bound; larger groups get there sooner. The search stops once every wish is at its bound; larger groups get there sooner. {os.cpu_count()} cores (one used), Python {platform.python_version()}, "
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
        "",
        "| people | median s | least s | most s | runs |",
        "|---|---|---|---|---|",
    ]
    for people, runs in ((30, 7), (60, 5), (200, 5), (500, 3)):
        taken = seconds(people, runs)
        lines.append(
            f"| {people} | {statistics.median(taken):.2f} | {min(taken):.2f} | {max(taken):.2f} | {runs} |"
        )
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
