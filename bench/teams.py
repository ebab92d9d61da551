"""Everything about teams that can be measured, written to bench/results/teams.md. See bench/README.md.

python bench/teams.py [--long] [--only speed|quality|mdgp] [--mdgp FOLDER]
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

import teams_guide  # noqa: E402 -- found only after the line above
import teams_mdgp  # noqa: E402 -- as above
import teams_quality  # noqa: E402 -- as above
import teams_speed  # noqa: E402 -- as above

GUIDE = ROOT / "docs" / "guide" / "teams.md"
RESULT = ROOT / "bench" / "results" / "teams.md"
PARTS = {
    "speed": (
        "Speed and memory",
        "Teams of five, mixed by country and profession, nobody alone of a gender where it can be avoided, two common hours a week. Medians. From "
        "100,000 people on, the one run measured is the first in its process.",
    ),
    "quality": (
        "Quality",
        "The same people, given to programs a teacher could use: eight professions and eight countries, of which one is common and some are rare; a quarter men. "
        "Processor seconds, those of a peer with its start. A repeated profession is a person whose profession a team-mate has already. Alone of a gender is the only man, or the only woman, of a team.",
    ),
    "mdgp": (
        "The pure problem: maximally diverse grouping with a matrix of distances",
        "Published instances; larger values are better. A run that breaks the sizes does not count. Every program searches on one core for the same time, one after the other in one run of this script.",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help="also a million people, and 60 s on each instance"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone")
    parser.add_argument("--mdgp", type=Path, metavar="FOLDER", help="folder of instances")
    given = parser.parse_args()
    measured = {name: _part(name, given) for name in PARTS if not given.only or name in given.only}
    # A part that was not measured now keeps its older table, with its own date.
    kept = _kept(RESULT)
    parts: list[str] = []
    for name, (title, _about) in PARTS.items():
        lines = measured.get(name) or kept.get(title)
        if lines:
            parts += ["\n".join(lines).rstrip(), ""]
    RESULT.parent.mkdir(exist_ok=True)
    head = [
        "# Teams",
        "",
        "Written by `python bench/teams.py`; what each figure means, and how to add peers, is in [bench/README.md](../README.md).",
        "",
    ]
    RESULT.write_text("\n".join([*head, *parts]).rstrip() + "\n", encoding="utf-8")
    teams_guide.show(_kept(RESULT), GUIDE)
    print(RESULT.read_text(encoding="utf-8"))


def _part(name: str, given: argparse.Namespace) -> list[str]:
    title, about = PARTS[name]
    print(title, file=sys.stderr, flush=True)
    machine = _machine()
    return [f"## {title}", "", about, "", machine, "", *_measured(name, given)]


def _measured(name: str, given: argparse.Namespace) -> list[str]:
    if name == "speed":
        return teams_speed.section(long=given.long)
    if name == "quality":
        return teams_quality.section()
    return teams_mdgp.section(teams_mdgp.folder_of(given.mdgp), long=given.long)


def _machine() -> str:
    return (
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, {_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start, Python {platform.python_version()}, "
        f"NumPy {metadata.version('numpy')}, Numba {metadata.version('numba')}, commit {_commit()}."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _commit() -> str:
    """Return the commit that last changed what is measured."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%h", "--", "src/iahcalc/teams", "src/iahcalc/mdgp"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def _kept(path: Path) -> dict[str, list[str]]:
    """Return the sections of the last table by title."""
    sections: dict[str, list[str]] = {}
    title = ""
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                title = line.removeprefix("## ")
            if title:
                sections.setdefault(title, []).append(line)
    return {title: "\n".join(lines).rstrip().split("\n") for title, lines in sections.items()}


if __name__ == "__main__":
    main()
