"""What else ``biosint teams`` does: answers about people and exchanges, judging, being stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iahcalc.__main__ import main
from iahcalc.cli._progress import LARGE, Progress

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "guide" / "examples"
EXAMPLE = [str(EXAMPLES / "people.csv"), "--rules", str(EXAMPLES / "rules.toml"), "--week=2026-03-02"]
SOURCE = Path(__file__).resolve().parents[3] / "src"


def test_the_usual_action_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for words in (["teams", *EXAMPLE], ["teams", "form", *EXAMPLE], ["teams", "--seed", "1", *EXAMPLE]):
        assert main(words) == 0
        texts.append(capsys.readouterr().out)

    assert len(set(texts)) == 1


def test_help_names_every_action(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["teams", "--help"])

    shown = capsys.readouterr().out
    for action in ("form", "judge"):
        assert f"    {action} " in shown


def test_questions_about_people_and_exchanges_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "--explain",
        "SARA GRECO",
        "--swap",
        "sara.greco@example.org",
        "Nikola Savić",
        "--move",
        "Sara Greco",
        "3",
    ]

    assert main(["teams", *EXAMPLE, "--json", *words]) == 0

    answers = json.loads(capsys.readouterr().out)["answers"]
    assert [answer["question"] for answer in answers] == [
        "Why is Sara Greco in this team?",
        "If Sara Greco and Nikola Savić changed places?",
        "If Sara Greco went to team 3?",
    ]
    assert answers[0]["answer"].startswith("Sara Greco is in team ")
    assert answers[1]["answer"].startswith("The teams become ")
    assert answers[2]["answer"].startswith("The teams become ")


def test_two_people_of_one_name_are_told_apart_by_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\nAna,a@x\nAna,b@x\n", encoding="utf-8")

    assert main(["teams", str(file), "--teams", "1", "--explain", "Ana"]) == 2
    assert "2 people are named “Ana”; use one of the keys a@x, b@x." in capsys.readouterr().err
    assert main(["teams", str(file), "--teams", "1", "--explain", "a@x"]) == 0


def test_teams_are_judged_as_they_were_formed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "teams.csv"
    main(["teams", *EXAMPLE, "--out", str(out)])
    formed = capsys.readouterr().out

    assert main(["teams", "judge", *EXAMPLE, "--before", str(out)]) == 0
    assert capsys.readouterr().out == formed
    assert main(["teams", "judge", str(out), *EXAMPLE[1:]]) == 0
    assert capsys.readouterr().out == formed


@pytest.mark.parametrize(
    ("teams", "words"),
    [
        ("Name,Team\nAna,1\nBesa,\n", "Besa is in no team."),
        ("Name,Team\nAna,1\nBesa,3\n", "The teams go up to 3, but nobody is in team 2."),
        ("Name,Team\nAna,1\nBesa,red\n", "Row 3: the team “red” is not a number from 1 on."),
        ("Name,Team\nAna,1\nBesa,0\n", "Row 3: the team “0” is not a number from 1 on."),
        ("Name\nAna\nBesa\n", "Which teams are there?"),
    ],
)
def test_teams_that_cannot_be_judged_get_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], teams: str, words: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(teams, encoding="utf-8")

    assert main(["teams", "judge", str(file)]) == 2

    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.count("\n") == 1


def test_a_search_is_stopped_from_the_keyboard_and_writes_nothing(tmp_path: Path) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "teams.csv"
    countries = ("Serbia", "Albania", "Italy", "Belgium", "Romania")
    people.write_text(
        "Name,Country,Profession,Gender\n"
        + "".join(
            f"Person {number},{countries[number % 5]},profession {number % 7},{'mf'[number % 3 % 2]}\n"
            for number in range(100_000)
        ),
        encoding="utf-8",
    )
    # Whoever runs the tests in the background has the keyboard's signal ignored, which a process would inherit.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [sys.executable, "-m", "iahcalc", "teams", str(people), "--out", str(out)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, before)

    # Reading so many takes longer than this on any machine, and the search longer still.
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    _out, err = running.communicate(timeout=60)

    assert running.returncode == 130
    assert err == "biosint teams: stopped. No file was left half written.\n"
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_of_many_teams_the_lowest_are_printed_and_of_many_broken_rules_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, rules = tmp_path / "people.csv", tmp_path / "rules.toml"
    people.write_text(
        "Name,Team\n" + "".join(f"P{number:04},{number // 2 + 1}\n" for number in range(1_002)),
        encoding="utf-8",
    )
    pairs = ", ".join(f'["P{number:04}", "P{number + 1:04}"]' for number in range(0, 1_002, 2))
    rules.write_text(f"apart = [{pairs}]\n", encoding="utf-8")

    assert main(["teams", "judge", str(people), "--rules", str(rules)]) == 0

    shown = capsys.readouterr().out
    assert shown.count("\nTeam ") == 10
    assert shown.count("\n  Team ") == 200
    assert "\n  and 301 more; --out and --report write all of them.\n" in shown


def test_progress_is_told_for_many_people_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for people in (LARGE - 1, LARGE):
        progress = Progress(people=people)
        progress._last -= 60
        progress(0.5)
        progress.cleared()

    shown = capsys.readouterr().err
    assert shown == "\rForming teams: 50% after 0 s\r\x1b[K"
