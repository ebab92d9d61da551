"""Another program on the same people, in a process of its own.

    python bench/teams_peer.py NAME PEOPLE.csv TEAMS.json SECONDS

Writes {"version": …, "teams": [[key, …], …]}; exit code 3 when the program is not there. Nothing of these programs
is part of BIOSINT. Packages are looked for where Python finds them and in BIOSINT_BENCH_PEERS; GroupEng in the folder
BIOSINT_BENCH_GROUPENG. See bench/README.md.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

ABSENT = 3
SIZE = 5
Found = tuple[str, list[list[str]]]


def team_formation(path: Path, _folder: Path, seconds: float) -> Found:
    """Constraint programming: differing professions and countries. It has no rule against lone members."""
    import pandas as pd
    from team_formation import TeamAssignment

    people = pd.read_csv(path, dtype=str)
    asked = pd.DataFrame(
        {"attribute": ["Profession", "Country"], "type": ["different", "different"], "weight": [2, 1]}
    )
    made = TeamAssignment(people, asked, SIZE)
    made.solve(max_time_in_seconds=seconds)
    if not made.solution_found:
        return metadata.version("team-formation"), []
    return metadata.version("team-formation"), _grouped(people["ID"], made.participants["team_num"])


def anti_clustering(path: Path, _folder: Path, _seconds: float) -> Found:
    """Anticlustering by exchange: all attributes as different as possible. It has no rules."""
    import pandas as pd
    from anti_clustering import ExchangeHeuristicAntiClustering

    people = pd.read_csv(path, dtype={"ID": str})
    method = ExchangeHeuristicAntiClustering(random_seed=1, restarts=1)
    made = method.run(
        df=people,
        numerical_columns=[],
        categorical_columns=["Profession", "Country"],
        num_groups=len(people) // SIZE,
        destination_column="team",
    )
    return metadata.version("anti-clustering"), _grouped(made["ID"], made["team"])


def groupeng(path: Path, folder: Path, _seconds: float) -> Found:
    """Rules by priority: nobody alone of a gender, then professions and countries spread."""
    place = os.environ.get("BIOSINT_BENCH_GROUPENG")
    if not place:
        raise ModuleNotFoundError("GroupEng")
    (folder / "people.csv").write_bytes(path.read_bytes())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (folder / "people.groupeng").write_text(
        f"classlist : people.csv\nstudent_identifier : ID\nnumber_of_groups : {len(rows) // SIZE}\n\n"
        f"- cluster : Gender\n  values : m, f\n\n"
        + "".join(
            f"- distribute : {name}\n  values : {', '.join(sorted({row[name] for row in rows}))}\n\n"
            for name in ("Profession", "Country")
        )
    )
    subprocess.run(
        [sys.executable, str(Path(place).resolve() / "GroupEng.py"), "people.groupeng"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (written,) = folder.glob("groups_people_*/people_groups.csv")
    lines = written.read_text(encoding="utf-8").splitlines()
    teams = [[key.strip() for key in line.split(",")[1:]] for line in lines if line.strip()]
    return _version_of(Path(place)), [[key for key in team if key.startswith("p")] for team in teams]


def _version_of(folder: Path) -> str:
    """Return the version GroupEng's set-up names, or “of a folder”."""
    for line in (folder / "setup.py").read_text(encoding="utf-8").splitlines():
        if "version" in line and any(letter.isdigit() for letter in line):
            return line.split("=")[-1].strip(" \"',")
    return "of a folder"


def _grouped(keys: Any, teams: Any) -> list[list[str]]:
    found: dict[Any, list[str]] = {}
    for key, team in zip(keys, teams, strict=True):
        found.setdefault(team, []).append(str(key))
    return list(found.values())


PEERS: dict[str, Callable[[Path, Path, float], Found]] = {
    "team-formation": team_formation,
    "anti-clustering": anti_clustering,
    "GroupEng": groupeng,
}


def main(name: str, people: str, out: str, seconds: str) -> int:
    try:
        version, teams = PEERS[name](Path(people), Path(out).parent, float(seconds))
    except ModuleNotFoundError as fault:
        print(fault, file=sys.stderr)
        return ABSENT
    Path(out).write_text(json.dumps({"version": version, "teams": teams}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
