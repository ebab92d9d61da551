"""The benchmark of teams counts what it says it counts, also for programs that are not ours."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
TINY = "4 2 ss 2 2 2 2\n0 1 1\n0 2 5\n0 3 1\n1 2 1\n1 3 7\n2 3 1\n"


@pytest.fixture
def bench() -> Iterator[dict[str, ModuleType]]:
    """The modules of the benchmark, imported as its script imports them."""
    before = set(sys.modules)
    sys.path.insert(0, str(BENCH))
    try:
        yield {name: import_module(f"teams_{name}") for name in ("people", "quality", "mdgp", "peer")}
    finally:
        sys.path.remove(str(BENCH))
        for name in set(sys.modules) - before:
            if name.startswith("teams_"):
                del sys.modules[name]


def peer(tmp_path: Path, text: str) -> str:
    """A program that is called as a peer is."""
    script = tmp_path / "peer.py"
    script.write_text(text, encoding="utf-8")
    return f"{sys.executable} {script}"


def test_repetitions_and_lone_people_are_counted(bench: dict[str, ModuleType]) -> None:
    quality = bench["quality"]
    people = bench["people"].class_of(60)
    teams = quality._dealt(people)

    assert sorted(len(team) for team in teams) == [5] * 12
    assert {person.key for team in teams for person in team} == {person.key for person in people}
    # Dealt out by profession, nothing repeats that need not.
    assert quality._repeated(teams, "profession") == quality._least(people, "profession")
    alone = [[person.attributes["gender"] for person in team].count("m") in {1, 4} for team in teams]
    assert quality._alone(teams, "gender") == sum(alone)


def test_the_same_people_come_everywhere(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    make = bench["people"].class_of

    assert make(50) == make(50)
    bench["people"].write_csv(make(50), tmp_path / "people.csv")
    assert (tmp_path / "people.csv").read_text(encoding="utf-8").count("\n") == 51


def test_a_peer_is_called_with_file_seconds_and_seed(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    command = peer(
        tmp_path,
        "import sys\nprint('Read file...')\nprint(len(sys.argv[1]) * 0 + float(sys.argv[2]), sys.argv[3])",
    )

    solve = bench["mdgp"]._command(command.split())

    assert solve(tmp_path / "instance.txt", 0.5, 7) == 0.5


def test_a_run_that_breaks_the_sizes_does_not_count(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    mdgp = bench["mdgp"]
    command = peer(
        tmp_path, "import sys\nprint('INFEASIBLE 99.0' if sys.argv[3] == '2' else f'{sys.argv[3]}0.5 1.0')"
    )

    runs = mdgp._median(mdgp._command(command.split()), tmp_path / "instance.txt", mdgp.Round(1, 3))

    assert runs == (20.5, 2)


def test_ours_is_counted_anew(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(TINY, encoding="utf-8")

    assert bench["mdgp"]._ours()(tmp_path / "tiny.txt", 0.05, 1) == 12.0


def test_where_we_lose_is_said(bench: dict[str, ModuleType]) -> None:
    mdgp = bench["mdgp"]
    ahead: list[float] = []
    medians = {
        "BIOSINT": mdgp.Runs(99.0, 3),
        "IMS (C++)": mdgp.Runs(100.0, 2),
        "TPSDP (C++)": mdgp.Runs(None, 0),
    }

    line = mdgp._line("Geo", medians, mdgp.Round(1, 3), 90.0, ahead)

    assert line == "| Geo | 99.0 | 100.0 (2 of 3 runs) | failed | 90.0 | -1.000% | here |"
    assert ahead == [-0.01]


def test_the_guide_shows_the_key_figures_of_the_last_measurement(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    show = import_module("teams_guide").show
    guide = tmp_path / "teams.md"
    guide.write_text(
        "Above.\n<!-- Figures written by bench/teams.py -->\nold\n<!-- End of figures -->\nBelow.\n",
        encoding="utf-8",
    )
    sections = {
        "Speed and memory": [
            "| people | a | b | c | d | e | f | g |",
            "|---|---|---|---|---|---|---|---|",
            "| 30 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |",
        ],
        "Quality": [
            "### 60 people",
            "| x |",
            "### 960 people in 192 teams",
            "",
            "| program |",
            "|---|",
            "| BIOSINT |",
        ],
        "The pure problem: a matrix": [
            "### 1 s of search, median of 3",
            "| instance | where we lose |",
            "|---|---|",
            "| one | here |",
            "| two | |",
            "Mean difference from the best other: +0.100%.",
        ],
    }

    for _ in range(2):
        show(sections, guide)

    assert guide.read_text(encoding="utf-8") == (
        "Above.\n<!-- Figures written by bench/teams.py -->\n"
        "| people | a | c | d | f |\n| --- | --- | --- | --- | --- |\n| 30 | 1 | 3 | 4 | 6 |\n\n"
        "960 people in 192 teams:\n\n| program |\n|---|\n| BIOSINT |\n\n"
        "- Published instances, 1 s of search, median of 3: mean difference from the best other: +0.100%; behind on 1 of 2.\n\n"
        "<!-- End of figures -->\nBelow.\n"
    )
