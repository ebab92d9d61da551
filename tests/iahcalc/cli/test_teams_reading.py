"""What people write into tables and rules for teams: every form that is understood, and hostile ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from iahcalc.__main__ import main
from iahcalc.cli._people import PeopleTable, people_in
from iahcalc.cli._people_values import EVERY_LEVEL
from iahcalc.cli.tables import Unreadable, read_table

WEEK = "--week=2026-03-02"


def read(tmp_path: Path, text: str, **options: object) -> PeopleTable:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")
    return people_in(read_table(file, wanted=None), week_of=date(2026, 3, 2), **options)


def form(tmp_path: Path, people: str, rules: str, *options: str) -> int:
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    return main(
        ["teams", str(tmp_path / "people.csv"), "--rules", str(tmp_path / "rules.toml"), WEEK, *options]
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("English:B2; Serbian:C2", {"English": 4.0, "Serbian": 6.0}),
        ("English (b2), Serbian native", {"English": 4.0, "Serbian": 6.0}),
        ("English B2+; Serbian", {"English": 4.0, "Serbian": EVERY_LEVEL}),
        ("English: 3.5", {"English": 3.5}),
        ("English; Serbian", ("English", "Serbian")),
        ("Bosnian Croatian", "Bosnian Croatian"),
        ("", None),
    ],
)
def test_languages_are_read_with_their_levels(tmp_path: Path, cell: str, value: object) -> None:
    table = read(tmp_path, f'Name,Languages\nAna,"{cell}"\nBesa,"Albanian"\n')

    assert table.people[0].attributes == {"languages": value}


def test_every_attribute_of_the_guide_is_read(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "Full name;Mail;University;Mother tongue;Year of study;Skills;Grade;Last time\n"
        "Ana;a@x;Morava;Serbian;2;R:3;8,5;North\n"
        'Besa;b@x;Osum;Albanian;3;"R:1;Python:2";9;north\n'
        "Carlo;c@x;;;;;;South\n",
    )

    assert [dict(person.attributes) for person in table.people] == [
        {
            "institution": "Morava",
            "native language": "Serbian",
            "year": 2.0,
            "skills": {"R": 3.0},
            "grade": 8.5,
        },
        {
            "institution": "Osum",
            "native language": "Albanian",
            "year": 3.0,
            "skills": {"R": 1.0, "Python": 2.0},
            "grade": 9.0,
        },
        {"institution": None, "native language": None, "year": None, "skills": None, "grade": None},
    ]
    assert table.last_teams == (("a@x", "b@x"),)


def test_numbers_that_are_names_are_read_as_words(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,Year\nAna,2\nBesa,3\n", as_words={"year"})

    assert [person.attributes["year"] for person in table.people] == ["2", "3"]


def test_a_year_can_be_a_rule_about_lone_people_once_it_is_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = "Name,Year\n" + "".join(f"P{number},{number % 2}\n" for number in range(8))

    assert form(tmp_path, people, 'teams = 2\nwords = ["Year"]\nat_least_two_of = ["year"]\n') == 0
    assert capsys.readouterr().out.endswith("All rules hold.\n")


def test_a_shared_language_at_a_level_splits_the_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = "Name,Languages\nAna,Serbian:C2; English:A2\nBojan,Serbian:B1\nCarla,Italian:B2; English:B1\nDario,Italian\n"

    form(tmp_path, people, 'teams = 2\n[[shared]]\nattribute = "languages"\nlevel = "B1"\n', "--json")

    shown = json.loads(capsys.readouterr().out)
    assert sorted(sorted(one["name"] for one in team["people"]) for team in shown["teams"]) == [
        ["Ana", "Bojan"],
        ["Carla", "Dario"],
    ]
    assert shown["violations"] == []


@pytest.mark.parametrize("source", ["list", "file in the rules", "option", "column"])
def test_the_teams_of_last_time_are_kept_apart_wherever_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    names = ["Ana", "Besa", "Carlo", "Drita"]
    last = dict(zip(names, ["1", "1", "2", "2"], strict=True))
    (tmp_path / "last.csv").write_text(
        "Name,Team\nZoe,1\n" + "".join(f"{name},{team}\n" for name, team in last.items()), encoding="utf-8"
    )
    people = "Name\n" + "".join(f"{name}\n" for name in names)
    rules, options = "teams = 2\n", []
    if source == "list":
        rules += 'not_again = [["Ana", "Besa"], ["Carlo", "Drita"]]\n'
    elif source == "file in the rules":
        rules += 'not_again = "last.csv"\n'
    elif source == "option":
        options = ["--last-time", str(tmp_path / "last.csv")]
    else:
        people = "Name,Last team\n" + "".join(f"{name},{team}\n" for name, team in last.items())

    assert form(tmp_path, people, rules, "--json", *options) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["violations"] == []
    for team in shown["teams"]:
        assert len({last[one["name"]] for one in team["people"]}) == 2


def test_facilitators_come_from_the_rules_and_from_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = "Name,Languages\nAna,Serbian\nBojan,Serbian\nCarla,Italian\nDario,Italian\n"
    (tmp_path / "facilitators.csv").write_text("Name,Teams,Languages\nIvan,1,Serbian:C2\n", encoding="utf-8")
    rules = (
        'teams = 2\n[[shared]]\nattribute = "languages"\nlevel = "B1"\n'
        '[[facilitators]]\nname = "Giulia"\nteams = 1\nlanguages = ["Italian:C1", "English"]\n'
        'hours = "Mon 17-20"\ntime_zone = "Europe/Rome"\n'
    )

    code = form(tmp_path, people, rules, "--json", "--facilitators", str(tmp_path / "facilitators.csv"))

    shown = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {team["people"][0]["name"]: team["facilitator"] for team in shown["teams"]} == {
        "Ana": "Ivan",
        "Carla": "Giulia",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Name,Languages\nAna,English:B2\nBesa,English:B7\n", "Row 3: the level “B7” of English is not A1"),
        ("Name,Languages\nAna,English:\n", "Row 2: the level “” of English is not A1"),
        ("Name,Languages\nAna,:B2\n", "Row 2: “:B2” is not a language with a level"),
        ("Name,Languages\nAna,English (B2\n", "is not a language with a level"),
        (f"Name,Languages\nAna,{'x' * 300}\n", "is too long for a language"),
        (
            f"Name,Free hours,Time zone\nAna,Mon 17-18{' ' * 9_000}x,Europe/Rome\n",
            "more than 2,000 characters",
        ),
        ("Name,Time zone\nAna,Mars/Olympus\n", "Row 2: “Mars/Olympus” is not a time zone"),
        ("Name,Year,Year of study\nAna,1,2\n", "The columns “Year” and “Year of study” both mean “year”."),
        (f"Name,{'y' * 500}\n,\n,x\n", "Row 3 has neither a name nor a key."),
    ],
)
def test_cells_that_cannot_be_meant_are_named_with_their_row(
    tmp_path: Path, content: str, words: str
) -> None:
    with pytest.raises(Unreadable, match=r"Row|columns") as refused:
        read(tmp_path, content)

    assert words in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('aim = "best"', "aim is worst or sum, not “best”"),
        ('words = "year"', "words is a list of columns"),
        ('[[shared]]\nattribute = "languages"\nlevel = "B3"', "a level is A1"),
        ('[[shared]]\nattribute = "languages"\nlevel = true', "a level is A1"),
        ('[[shared]]\nattribute = "tongues"', "which the table does not have"),
        ('[[shared]]\nlevel = "B1"', "lacks the name of its column"),
        ("shared = 1", "under its own [[shared]]"),
        ('[[shared]]\nattribut = "languages"', "do you mean “attribute”?"),
        ('not_again = "nowhere.csv"', "There is no file"),
        ('not_again = "people.csv"', "needs a column “team”"),
        ("not_again = [1]", "not_again is a list of lists"),
        ('[[facilitators]]\nname = "Giulia"', "Facilitator 1 of the rules file needs “teams”"),
        ('[[facilitators]]\nname = "Giulia"\nteams = 1.5', "how many teams Giulia can accompany"),
        ("[[facilitators]]\nteams = 1", "needs a column “name” or “email”"),
        (
            '[[facilitators]]\nname = "G"\nteams = 1\nhours = "Mon"\ntime_zone = "Europe/Rome"',
            "Facilitator 1 of the rules file: the free hours",
        ),
        ('[[facilitators]]\nname = "G"\nteams = 1\nshoes = 2', "has “shoes”, which means nothing"),
        ("x = " + "[" * 5_000, "is not TOML"),
    ],
)
def test_every_mistake_in_the_new_rules_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rules: str, words: str
) -> None:
    code = form(tmp_path, "Name,Languages\nAna,Serbian\nBojan,Serbian\n", rules)

    shown = capsys.readouterr()
    assert code == 2
    assert shown.err.startswith("biosint teams: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_spreadsheets_text_file_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str, delimiter: str
) -> None:
    file = tmp_path / "people.csv"
    rows = [("Name", "Country"), ("Milošević", "Србија"), ("Çela", "Shqipëri")]
    file.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))

    assert main(["teams", str(file), "--teams", "1", WEEK]) == 0
    assert "2 countries (Shqipëri and Србија)" in capsys.readouterr().out


def test_a_name_cannot_take_over_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Name,Country\n"A\x1b[2Jna\u202e",Ser\x07bia\n"Be\nsa",Italy\n', encoding="utf-8")

    assert main(["teams", str(file), "--teams", "1", WEEK]) == 0

    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "\n  A [2Jna" in shown
    assert "\n  Be sa" in shown


def test_a_cell_that_is_too_large_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"Name,Country\n{'x' * 200_000},Serbia\n", encoding="utf-8")

    assert main(["teams", str(file), WEEK]) == 2
    assert capsys.readouterr().err.count("\n") == 1
