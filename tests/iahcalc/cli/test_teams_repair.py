"""``biosint teams repair`` and the account of conflicts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from iahcalc.__main__ import main

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "guide" / "examples"
RULES = ["--rules", str(EXAMPLES / "rules.toml"), "--week=2026-03-02"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def formed(tmp_path: Path) -> Path:
    """The teams of the example."""
    out = tmp_path / "teams.csv"
    assert main(["teams", str(EXAMPLES / "people.csv"), *RULES, "--out", str(out)]) == 0
    return out


@pytest.fixture
def later(tmp_path: Path, formed: Path) -> Path:
    """The people of the example after one left and one joined; with the team of those who stay."""
    rows = rows_of(formed)
    gone = rows.pop(3)
    rows.append(gone | {"Name": "Late Comer", "Email": "late@example.org", "team": ""})
    file = tmp_path / "later.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_a_late_joiner_takes_the_place_of_who_left_and_nobody_else_moves(
    formed: Path, later: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = rows_of(formed)[3]
    out = tmp_path / "repaired.csv"
    capsys.readouterr()

    code = main(["teams", "repair", str(later), *RULES, "--before", str(formed), "--out", str(out)])

    shown = capsys.readouterr().out
    assert code == 0
    assert f"Late Comer joins team {gone['team']}.\n" in shown
    assert f"{gone['Email']} (team {gone['team']}) left.\n" in shown
    assert "Nobody else moved.\n" in shown
    before = {row["Email"]: row["team"] for row in rows_of(formed)}
    after = {row["Email"]: row["team"] for row in rows_of(out)}
    assert {key for key in after if before.get(key) != after[key]} == {"late@example.org"}


def test_the_column_team_says_who_is_where(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()

    assert main(["teams", "repair", str(later), *RULES, "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["repair"] == {"moved": [], "joined": ["late@example.org"], "left": []}
    assert shown["heading"][-1] == "Nobody else moved."


def test_who_moves_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, rules = tmp_path / "people.csv", tmp_path / "rules.toml"
    people.write_text("Name,Team\nAna,1\nBesa,1\nCarlo,1\nDrita,2\nEnzo,2\nFatos,2\n", encoding="utf-8")
    rules.write_text('apart = [["Ana", "Besa"]]\n', encoding="utf-8")

    assert main(["teams", "repair", str(people), "--rules", str(rules)]) == 0

    shown = capsys.readouterr().out
    assert shown.count(" moves from team ") == 2
    assert shown.endswith("All rules hold.\n")


def test_rules_in_each_others_way_are_told_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, rules = tmp_path / "people.csv", tmp_path / "rules.toml"
    people.write_text("Name\nAna\nBesa\nCarlo\nDrita\n", encoding="utf-8")
    rules.write_text('teams = 2\ntogether = [["Ana", "Besa"]]\napart = [["Ana", "Besa"]]\n', encoding="utf-8")
    book, page, text = tmp_path / "t.xlsx", tmp_path / "t.html", tmp_path / "t.md"
    words = ["teams", str(people), "--rules", str(rules)]

    assert main([*words, "--out", str(book), "--report", str(page), "--report", str(text)]) == 0
    printed = capsys.readouterr().out
    assert main([*words, "--json"]) == 0

    (conflict,) = json.loads(capsys.readouterr().out)["conflicts"]
    assert set(conflict["rules"]) == {"together", "apart"}
    assert conflict["people"] == ["Ana", "Besa"]
    assert conflict["proved"] is True
    assert f"What stands in the way\n  {conflict['text']} (proved for 2 teams of these sizes)\n" in printed
    assert conflict["text"] in page.read_text(encoding="utf-8")
    assert "What stands in the way:" in text.read_text(encoding="utf-8")
    cells = [cell.value for row in openpyxl.load_workbook(book)["Rules broken"].iter_rows() for cell in row]
    assert conflict["text"] in cells
    assert "conflict (proved for 2 teams of these sizes)" in cells
