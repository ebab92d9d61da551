"""Seconds of the statistics of a large survey: 1,000,000 answers to 40 items.

    python bench/surveys.py

Writes bench/results/surveys.md.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from iahcalc import samples, scales  # noqa: E402 -- found only after the line above

RESULT = ROOT / "bench" / "results" / "surveys.md"
ROWS, ITEMS, RUNS = 1_000_000, 40, 5


def median_seconds(work: Callable[[], object]) -> float:
    work()  # warms, and imports what is imported late
    taken = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    dice = np.random.default_rng(2026)
    trait = dice.normal(size=ROWS)
    answers = np.empty((ROWS, ITEMS), dtype=np.int8, order="F")
    for item in range(ITEMS):
        answers[:, item] = np.clip(np.rint(3 + trait + dice.normal(size=ROWS)), 1, 5)
    groups = dice.integers(0, 2, ROWS)
    four = dice.integers(0, 4, ROWS)
    outcome = trait + 0.1 * groups
    halves = [outcome[groups == number] for number in range(2)]
    quarters = [outcome[four == number] for number in range(4)]
    rows = [
        ("Cronbach's alpha", median_seconds(lambda: scales.cronbach_alpha(answers))),
        (
            "chi-square of 40 cross-tables",
            median_seconds(
                lambda: [
                    samples.independence(samples.cross_tabulate(answers[:, item], four).counts)
                    for item in range(ITEMS)
                ]
            ),
        ),
        ("Welch", median_seconds(lambda: samples.welch_t(*halves))),
        ("Kruskal-Wallis", median_seconds(lambda: samples.kruskal_wallis(quarters))),
    ]
    lines = [
        "# Statistics",
        "",
        f"Written by `bench/surveys.py`: {ROWS:,} answers to {ITEMS} items, one process, median of {RUNS} runs after one.",
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC. Peak memory of the whole process, data included: "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.",
        "",
        "| step | seconds |",
        "|---|---|",
        *[f"| {name} | {taken:.3f} |" for name, taken in rows],
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
