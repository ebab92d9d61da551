"""How long forming teams takes, from 30 people to a million, and how much memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("teams_child.py")
# People -> runs after the first; without any, the first call is the measurement.
SIZES = {30: 9, 100: 7, 200: 5, 1_000: 3, 10_000: 1, 100_000: 0}
LONG = {1_000_000: 0}
TIMEOUT = 1_800


def section(*, long: bool) -> list[str]:
    """Return the lines of the table."""
    lines = [
        "| people | search, s | with explanation of all teams, s | µs of search per person | CPU, s | first call in a fresh process, s | peak memory, MB | of it before the search, MB | broken rules | mean score | weakest team | bound |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for people, runs in (SIZES | LONG if long else SIZES).items():
        print(f"  {people:,} people", file=sys.stderr, flush=True)
        found = measured(people, runs)
        if found is None:
            lines.append(f"| {people:,} | no answer in {TIMEOUT} s |" + " |" * 10)
            continue
        search = statistics.median(found["search"])
        lines.append(
            f"| {people:,} | {search:.3f} | {statistics.median(found['whole']):.3f} | {search / people * 1e6:.0f} "
            f"| {statistics.median(found['cpu']):.3f} | {found['first']:.2f} | {found['peak_mb']:.0f} | {found['people_mb']:.0f} "
            f"| {found['broken']} | {found['mean']:.1%} | {found['worst']:.1%} | {found['bound']:.1%} |"
        )
    return lines


def measured(people: int, runs: int) -> dict[str, Any] | None:
    """Measure in a process of its own; ``None`` if it takes too long or fails."""
    try:
        done = subprocess.run(
            [sys.executable, str(CHILD), str(people), str(runs)],
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        print(f"    {fault}\n{getattr(fault, 'stderr', '') or ''}", file=sys.stderr, flush=True)
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found
