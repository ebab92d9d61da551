"""``teams`` at the command line: the example of the guide works, and every mistake gets one sentence."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from iahcalc.__main__ import main

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "guide" / "examples"
WEEK = "--week=2026-03-02"
PEOPLE = "Name,Email,Country,Language level,Time zone,Free hours\n"
ANA = "Ana,ana@example.org,Serbia,B2,Europe/Belgrade,Mon 17-20\n"
BESA = "Besa,besa@example.org,Albania,C1,Europe/Tirane,Mon 18-21\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + ANA + BESA, encoding="utf-8")
    return file


def test_the_example_of_the_guide_forms_teams_that_keep_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["teams", str(EXAMPLES / "people.csv"), "--rules", str(EXAMPLES / "rules.toml"), WEEK])

    shown = capsys.readouterr().out
    assert code == 0
    assert shown.count("Why: 6 members; ") == 5
    assert "nobody is the only one of a profession where it could be avoided" in shown
    assert shown.endswith("All rules hold.\n")


def test_json_has_the_shape_the_guide_promises(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["teams", str(people), "--teams", "1", WEEK, "--json"])

    shown = json.loads(capsys.readouterr().out)
    (team,) = shown["teams"]
    reasons = {reason["code"]: reason for reason in team["reasons"]}
    assert {key: shown[key] for key in ("format", "version", "seed", "week_of", "violations")} == {
        "format": "biosint-teams",
        "version": 1,
        "seed": 1,
        "week_of": "2026-03-02",
        "violations": [],
    }
    assert team["people"] == [
        {"key": "ana@example.org", "name": "Ana"},
        {"key": "besa@example.org", "name": "Besa"},
    ]
    assert team["wishes"][0] == {"attribute": "country", "kind": "mix", "weight": 2, "score": 1.0}
    assert reasons["different"]["parameters"] == {
        "attribute": "country",
        "count": 2,
        "values": ["Albania", "Serbia"],
    }
    assert reasons["common_hours"]["text"] == "2 common hours a week (Mon 17:00-19:00 UTC)"
    assert shown["wishes"][0] == {
        "attribute": "country",
        "kind": "mix",
        "weight": 2,
        "mean": 1.0,
        "worst": 1.0,
        "bound": 1.0,
    }


def test_what_cannot_be_kept_is_listed(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["teams", str(people), "--teams", "1", "--min-common-hours", "3", WEEK])

    shown = capsys.readouterr().out
    assert code == 0
    assert "Rules that could not be kept\n  Team 1: 2 common hours a week (Mon" not in shown
    assert "  Team 1: 2 common hours a week, the minimum is 3." in shown


def test_the_same_seed_prints_the_same_text(capsys: pytest.CaptureFixture[str]) -> None:
    texts = set()
    for _ in range(2):
        main(["teams", str(EXAMPLES / "people.csv"), "--teams", "6", "--seed", "4", WEEK])
        texts.add(capsys.readouterr().out)

    assert len(texts) == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_workbook_is_read_and_the_teams_are_written_beside_each_person(tmp_path: Path, ending: str) -> None:
    source, out = tmp_path / "people.xlsx", tmp_path / f"teams.{ending}"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (["Name", "Country", "Year", "Team"], ["=1+1", "Serbia", 2, 9], ["Besa", "Albania", 3, 9]):
        sheet.append(line)
    sheet["A2"].data_type = "s"
    book.save(source)

    assert main(["teams", str(source), "--teams", "2", "--out", str(out)]) == 0

    if ending == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)]
        assert [row[:3] for row in rows] == [
            ("Name", "Country", "Year"),
            ("'=1+1", "Serbia", "2"),
            ("Besa", "Albania", "3"),
        ]
        assert {row[3] for row in rows} == {"team", "1", "2"}
    else:
        cells = list(openpyxl.load_workbook(out)["People"].iter_rows())
        assert [cell.value for cell in cells[1]][:3] == ["=1+1", "Serbia", 2]
        assert cells[1][0].data_type == "s"
        assert {row[3].value for row in cells} == {"team", 1, 2}


def test_rules_in_the_file_yield_to_options(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('size = 2\nminimum_common_hours = 50\nwishes = []\n[locked]\n"ana@example.org" = 2\n')

    main(["teams", str(people), "--rules", str(rules), "--teams", "2", "--min-common-hours", "0", WEEK])

    shown = capsys.readouterr().out
    assert "Team 2 (score 100%)\n  Ana" in shown
    assert "All rules hold." in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "has no header"),
        (PEOPLE, "no answers below"),
        ("Country\nSerbia\n", "needs a column “name” or “email”; it has “Country”."),
        (PEOPLE + ANA + ANA, "“ana@example.org” is in row 2 and again in row 3"),
        ("Name,Email,Mail\nAna,a,b\n", "The columns “Email” and “Mail” both mean “key”."),
        ("Name,Free hours\nAna,Mon 17-20\n", "needs a column “time zone”"),
        (
            PEOPLE + ANA.replace("Belgrade", "Belgrad"),
            "Row 2: “Europe/Belgrad” is not a time zone. Do you mean “Europe/Belgrade”?",
        ),
        (
            PEOPLE + ANA + BESA.replace("Mon 18-21", "Mon 18"),
            "Row 3: the free hours cannot be read: “18” is not a stretch",
        ),
        (PEOPLE + ANA.replace("Europe/Belgrade", ""), "Row 2: there are free hours, but no time zone."),
        (PEOPLE + ANA.replace("B2", "good"), "Row 2: the language level “good” is not A1"),
        (PEOPLE + ",,Serbia,B2,,\n", "Row 2 has neither a name nor a key."),
        (PEOPLE + "Ana,ana@example.org\n", "the number of cells changes"),
    ],
)
def test_every_mistake_in_the_table_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(content, encoding="utf-8")

    code = main(["teams", str(file), WEEK])

    shown = capsys.readouterr()
    assert code == 2
    assert shown.out == ""
    assert shown.err.startswith("biosint teams: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "content", ["Name,Country\nMiloš,Srbija\n".encode("cp1250"), b"PK\x03\x04 no workbook", b"\x00\x01\x02"]
)
def test_files_that_are_no_tables_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)

    assert main(["teams", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")

    assert main(["teams", str(file)]) == 2
    assert "not an XLSX workbook" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--teams", "3"], "2 people cannot fill 3 teams"),
        (["--teams", "0"], "must be 1 or more"),
        (["--size", "0"], "must be 1 or more"),
        (["--seed", "-1"], "seed must be 0 or more"),
        (["--min-common-hours", "nan"], "0 to 168"),
        (["--out", "teams.pdf"], "must end in .csv, .xlsx or .json"),
        (["--out", "no/such/folder/teams.csv"], "cannot be written"),
        (["--rules", "nowhere.toml"], "cannot be read"),
    ],
)
def test_every_mistaken_option_gets_one_sentence(
    people: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    code = main(["teams", str(people), WEEK, *options])

    shown = capsys.readouterr()
    assert code == 2
    assert shown.err.startswith("biosint teams: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("size = ", "is not TOML"),
        ("sise = 5", "has “sise”, which means nothing; do you mean “size”?"),
        ("size = 5\nteams = 2", "Give the usual size of a team, or else"),
        ('size = "5"', "size is a whole number"),
        ("minimum_common_hours = true", "is a number from 0 to 168, not"),
        ('at_least_two_of = "country"', "is a list of columns"),
        ('at_least_two_of = ["contry"]', "do you mean “country”?"),
        ("at_most_different = 3", "write [at_most_different] with lines"),
        ('together = ["a", "b"]', "together is a list of lists"),
        ('apart = [["ana@example.org", "zoe"]]', "A rule names “zoe”"),
        ('[locked]\n"ana@example.org" = 7', "locked into team 7"),
        ("wishes = 1", "under its own [[wishes]]"),
        ('[[wishes]]\nattribute = "country"', "the kinds are mix"),
        ('[[wishes]]\nkind = "mix"', "lacks the name of its column"),
        ('[[wishes]]\nattribute = "country"\nkind = "mix"\nweight = "much"', "which is not a number"),
        ('[[wishes]]\nattribute = "country"\nkind = "mix"\nhow = 1', "has “how”, which means nothing"),
        ('[[wishes]]\nattribute = "language level"\nkind = "cover"', "which a team cannot cover"),
        ("[at_least_different]\ncountry = 99999999999999999999999", "must be 1,000,000,000 or less"),
        ("[at_most_different]\ncountry = 99999999999999999999999", "must be 1,000,000,000 or less"),
        (f"size_high = {10**26}", "The largest size must be 1,000,000,000 or less"),
        (f"teams = {10**26}", "The number of teams must be 1,000,000,000 or less"),
        pytest.param(f"teams = 1{'0' * 5000}", "is not TOML", id="endless"),
        (f"minimum_common_hours = {10**400}", "is a number from 0 to 168"),
        (f'[[shared]]\nattribute = "country"\nlevel = {10**400}', "a level is"),
        (f'[[wishes]]\nattribute = "country"\nkind = "mix"\nweight = {10**400}', "which is not a number"),
        (f'[[facilitators]]\nname = "Zef"\nteams = {10**300}', "how many teams Zef can accompany"),
        (f'[locked]\n"ana@example.org" = {10**400}', "is locked into"),
    ],
)
def test_every_mistake_in_the_rules_gets_one_sentence(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(content, encoding="utf-8")

    code = main(["teams", str(people), "--rules", str(rules), WEEK])

    shown = capsys.readouterr()
    assert code == 2
    assert shown.err.startswith("biosint teams: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1
