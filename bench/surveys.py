"""The whole report of a large survey: 1,000,000 respondents, 40 items, 3 groupings, 8 scales.

    python bench/surveys.py
    python bench/surveys.py --peer FOLDER     a virtual environment with pandas and pingouin beside it

Writes bench/results/surveys.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "surveys.md"
ROWS, ITEMS, GROUPS, WIDTH = 1_000_000, 40, (2, 4, 8), 5
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def write_answers(folder: Path, *, rows: int) -> None:
    """Points 1 to 5 that share a trait, 2 of 100 missing, slightly different between groups."""
    dice = np.random.default_rng(2026)
    groups = [dice.integers(0, many, rows).astype(np.int8) for many in GROUPS]
    trait = dice.normal(size=rows) + 0.02 * groups[1]
    answers = np.empty((rows, ITEMS), dtype=np.int8, order="F")
    for item in range(ITEMS):
        answers[:, item] = np.clip(np.rint(3 + trait + dice.normal(size=rows)), 1, 5)
        answers[dice.random(rows) < 0.02, item] = -1
    np.save(folder / "answers.npy", answers)
    for place, group in enumerate(groups):
        np.save(folder / f"group{place}.npy", group)
    plan = {
        "items": ITEMS,
        "groupings": len(GROUPS),
        "scales": [list(range(first, first + WIDTH)) for first in range(0, ITEMS, WIDTH)],
    }
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")


def child(command: list[str], *, threads: int) -> dict[str, Any]:
    ran = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        timeout=1800,
        env={**os.environ, **dict.fromkeys(THREADS, str(threads))},
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def furthest(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> float:
    """The largest distance between both programs' figures, as a share of the figure (of 1 where it is smaller)."""
    worst = 0.0
    for name, figures in ours.items():
        one, other = np.abs(figures), np.abs(theirs[name])
        worst = max(worst, float((np.abs(one - other) / np.maximum(one, 1)).max()))
    return worst


def table(ours: dict[int, dict[str, Any]], theirs: dict[int, dict[str, Any]]) -> list[str]:
    lines = [
        "| | threads | seconds | seconds of processor | peak memory |",
        "|---|---|---|---|---|",
    ]
    for threads, one in ours.items():
        lines.append(
            f"| BIOSINT, the whole report | {threads} | {one['wall']:.2f} | {one['cpu']:.2f} | {one['peak']:.0f} MB |"
        )
    for threads, one in theirs.items():
        wall, cpu = (sum(step[kind] for step in one["steps"].values()) for kind in ("wall", "cpu"))
        lines.append(
            f"| pandas + pingouin, the whole report | {threads} | {wall:.1f} | {cpu:.1f} | {one['peak']:.0f} MB |"
        )
        mine = ours[threads]
        lines.append(
            f"| **ratio** | {threads} | **{wall / mine['wall']:.0f} x** | **{cpu / mine['cpu']:.0f} x** | {one['peak'] / mine['peak']:.1f} x |"
        )
    return lines


def steps(theirs: dict[str, Any]) -> list[str]:
    return [
        "",
        "Where pandas + pingouin spend it (1 thread):",
        "",
        "| step | seconds | seconds of processor |",
        "|---|---|---|",
        *(f"| {name} | {step['wall']:.1f} | {step['cpu']:.1f} |" for name, step in theirs["steps"].items()),
    ]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--peer", type=Path, help="virtual environment with pandas and pingouin")
    options.add_argument("--rows", type=int, default=ROWS)
    chosen = options.parse_args()
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_answers(folder, rows=chosen.rows)
        ours = {
            threads: child(
                [sys.executable, str(here / "surveys_child.py"), name, str(threads)], threads=threads
            )
            for threads in (1, 2)
        }
        theirs = {}
        if chosen.peer is not None:
            python = str(chosen.peer / "bin" / "python")
            theirs = {
                threads: child([python, str(here / "surveys_peer.py"), name], threads=threads)
                for threads in (1, 2)
            }
    lines = [
        "# Statistics",
        "",
        f"Written by `bench/surveys.py`: {chosen.rows:,} respondents, {ITEMS} items of 5 points with gaps, groupings of "
        f"{', '.join(str(many) for many in GROUPS)} groups, {ITEMS // WIDTH} scales; one process each. "
        f"{os.cpu_count()} cores that others used as well (hence seconds of processor), Python {platform.python_version()}, "
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
        "",
        "The report: each item described with intervals; each item by each grouping as a cross-table with chi-square and "
        "Cramér's V, by means (Welch's t or analysis of variance) and by ranks (Mann-Whitney or Kruskal-Wallis) with effect "
        "sizes; alpha of each scale; all p values corrected. BIOSINT adds intervals of all effect sizes, groups described, "
        "omega, item figures and the assumptions; its figure is the median of 5 runs after one. Reading the answers is "
        "outside, and inside the peak of memory.",
        "",
        *table(ours, theirs),
    ]
    lines += [
        "",
        f"The first report of a process takes {ours[1]['first']:.1f} s: scipy and machine code are loaded.",
    ]
    if theirs:
        versions = ", ".join(f"{name} {version}" for name, version in theirs[1]["versions"].items())
        lines += [
            f"Peers: {versions}. Their Mann-Whitney test is scipy's, because pingouin's own compares each person with "
            "each (2 TB here). Largest distance between the two programs' means, statistics and alphas: "
            f"{furthest(ours[1]['figures'], theirs[1]['figures']):.0e} of the figure.",
            *steps(theirs[1]),
        ]
    else:
        lines.append("Not compared: no peer was named (`--peer`).")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
