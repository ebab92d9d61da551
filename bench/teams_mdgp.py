"""The pure problem with a matrix of distances, on published instances, against programs in C++ if they are given.

A peer is a command line that takes FILE SECONDS SEED and prints a line that begins with the value it reached;
BIOSINT_BENCH_TPSDP and BIOSINT_BENCH_IMS name them. Instances come from a folder: BIOSINT_SHARED/mdgp, or the folder
``shared/data/mdgp`` beside the repository, or ``--mdgp FOLDER``.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"TPSDP (C++)": "BIOSINT_BENCH_TPSDP", "IMS (C++)": "BIOSINT_BENCH_IMS"}
SMALLEST = 120
"""Smaller instances are solved to the same value by everybody."""
_VALUE = re.compile(r"^\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\b", re.MULTILINE)
Solver = Callable[[Path, float, int], float]


class Round(NamedTuple):
    """So many runs of so many seconds on each instance."""

    seconds: float
    runs: int


class Runs(NamedTuple):
    """The median of the runs that kept the sizes, and how many did."""

    median: float | None
    valid: int


USUAL = (Round(1, 3), Round(10, 1))
LONG = (Round(1, 5), Round(10, 3), Round(60, 1))


def folder_of(given: Path | None) -> Path | None:
    """Return where instances are, ``None`` where there are none."""
    shared = os.environ.get("BIOSINT_SHARED")
    for place in (given, Path(shared) / "mdgp" if shared else None, ROOT.parent / "shared" / "data" / "mdgp"):
        if place is not None and place.is_dir():
            return place
    return None


def section(folder: Path | None, *, long: bool) -> list[str]:
    """Return the lines of the tables."""
    if folder is None:
        return ["No folder of instances was given; see `bench/README.md`."]
    try:
        solvers = {"BIOSINT": _ours()} | dict(_peers())
    except ModuleNotFoundError as fault:
        return [f"Not measured: {fault}."]
    published = _published(folder)
    lines: list[str] = []
    for of in LONG if long else USUAL:
        lines += [
            f"### {of.seconds:g} s of search, median of {of.runs}",
            "",
            f"| instance | {' | '.join(solvers)} | published best | BIOSINT against the best other | where we lose |",
            "|---" * (len(solvers) + 4) + "|",
        ]
        ahead: list[float] = []
        for path in _instances(folder):
            print(f"  {path.stem}, {of.seconds:g} s", file=sys.stderr, flush=True)
            medians = {name: _median(solver, path, of) for name, solver in solvers.items()}
            lines.append(_line(path.stem, medians, of, published.get(path.stem), ahead))
        if ahead:
            lines += ["", f"Mean difference from the best other: {statistics.mean(ahead):+.3%}."]
        lines.append("")
    absent = [f"{name} ({variable})" for name, variable in PEERS.items() if name not in solvers]
    if absent:
        lines.append(f"Not given on this machine: {', '.join(absent)}.")
    return lines


def _line(name: str, medians: dict[str, Runs], of: Round, best: float | None, ahead: list[float]) -> str:
    ours = medians["BIOSINT"].median
    others = [runs.median for by, runs in medians.items() if by != "BIOSINT" and runs.median is not None]
    against = max(others) if others else best
    difference, lost = "", ""
    if ours is not None and against:
        share = (ours - against) / abs(against)
        ahead.append(share)
        difference = f"{share:+.3%}"
        lost = "here" if share < -1e-9 else ""
    shown = " | ".join(_shown(runs, of) for runs in medians.values())
    return f"| {name} | {shown} | {f'{best:.1f}' if best else ''} | {difference} | {lost} |"


def _shown(runs: Runs, of: Round) -> str:
    if runs.median is None:
        return "failed"
    return f"{runs.median:.1f}{f' ({runs.valid} of {of.runs} runs)' if runs.valid < of.runs else ''}"


def _median(solver: Solver, path: Path, of: Round) -> Runs:
    values = []
    for seed in range(1, of.runs + 1):
        try:
            values.append(solver(path, of.seconds, seed))
        except (subprocess.SubprocessError, ValueError, OSError) as fault:
            print(f"    run {seed} does not count: {fault}", file=sys.stderr, flush=True)
    return Runs(statistics.median(values) if values else None, len(values))


def _ours() -> Solver:
    from iahcalc import mdgp

    # Loads the machine code; the first run on a machine compiles it.
    mdgp.solve(mdgp.Instance(np.ones((4, 4)) - np.eye(4), np.full(2, 2), np.full(2, 2)), seconds=0.01)

    def solve(path: Path, seconds: float, seed: int) -> float:
        instance = mdgp.read(path)
        begun = time.thread_time()
        found = mdgp.solve(instance, seconds=seconds, seed=seed)
        taken = time.thread_time() - begun
        if taken > 1.05 * seconds + 0.1:
            print(f"    took {taken:.2f} s of one core instead of {seconds:g}", file=sys.stderr, flush=True)
        return _checked(instance.distances, instance.low, instance.high, found.groups)

    return solve


def _checked(distances: Any, low: Any, high: Any, groups: Any) -> float:
    """Return the value of a grouping, counted anew; its sizes must be within the limits."""
    sizes = np.bincount(groups, minlength=len(low))
    if len(sizes) != len(low) or (sizes < low).any() or (sizes > high).any():
        raise ValueError("the sizes of the groups are not within the limits")
    together = groups[:, None] == groups[None, :]
    return float(np.asarray(distances)[together].sum() / 2)


def _peers() -> Iterator[tuple[str, Solver]]:
    for name, variable in PEERS.items():
        command = os.environ.get(variable)
        if command:
            yield name, _command(shlex.split(command))


def _command(words: Sequence[str]) -> Solver:
    def solve(path: Path, seconds: float, seed: int) -> float:
        done = subprocess.run(
            [*words, str(path), f"{seconds:g}", str(seed)],
            capture_output=True,
            text=True,
            timeout=20 * seconds + 60,
            check=True,
        )
        lines = _VALUE.findall(done.stdout)
        if not lines:
            raise ValueError(f"{words[0]} printed {done.stdout[-80:]!r}")
        return float(lines[-1])

    return solve


def _instances(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8") as file:
            first = file.readline().split()
        if first and first[0].isdigit() and int(first[0]) >= SMALLEST:
            found.append(path)
    return found


def _published(folder: Path) -> dict[str, float]:
    path = folder / "best_published.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {Path(row["instance"]).stem: float(row["best"]) for row in csv.DictReader(file)}
