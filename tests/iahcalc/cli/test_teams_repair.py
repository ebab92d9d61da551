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
    assert f"What stands in the way\n  {conflict['text']} (proved)\n" in printed
    assert conflict["text"] in page.read_text(encoding="utf-8")
    assert "What stands in the way:" in text.read_text(encoding="utf-8")
    cells = [cell.value for row in openpyxl.load_workbook(book)["Rules broken"].iter_rows() for cell in row]
    assert conflict["text"] in cells
    assert "conflict (proved)" in cells
