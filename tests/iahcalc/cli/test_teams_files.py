"""Files with teams: workbooks, tables and reports hold what was found, and nothing that acts by itself."""

from __future__ import annotations

import csv
import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from iahcalc.__main__ import main
from iahcalc.cli._team_files import harmless

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "guide" / "examples"
EXAMPLE = [str(EXAMPLES / "people.csv"), "--rules", str(EXAMPLES / "rules.toml"), "--week=2026-03-02"]
HOSTILE = (
    '=HYPERLINK("x")',
    "@SUM(A1)",
    "+1+1",
    "-2+3",
    "<script>alert(1)</script>",
    "#REF!",
    "a|b*c_d",
    "＝1+1",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([["Name", "=Country"], *([name, name] for name in HOSTILE)])
    return file


class Page(HTMLParser):
    """Keeps what a browser would have to do with a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "rect"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_file_is_written_in_one_run(tmp_path: Path) -> None:
    files = [tmp_path / f"teams.{ending}" for ending in ("csv", "xlsx", "json", "html", "md")]
    options = [word for file in files[:3] for word in ("--out", str(file))]
    options += [word for file in files[3:] for word in ("--report", str(file))]

    assert main(["teams", *EXAMPLE, *options]) == 0

    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o400 for file in files)
    assert json.loads(files[2].read_text(encoding="utf-8"))["format"] == "biosint-teams"


def test_a_workbook_has_a_sheet_for_every_question(tmp_path: Path) -> None:
    out = tmp_path / "teams.xlsx"

    main(["teams", *EXAMPLE, "--zone", "europe/belgrade", "--out", str(out)])

    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Teams", "People", "Wishes", "Rules broken", "Hours", "About"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        assert all(8 <= column.width <= 70 for column in sheet.column_dimensions.values())
    teams = list(book["Teams"].iter_rows(min_row=2))
    assert [row[0].value for row in teams] == [1, 2, 3, 4, 5]
    assert {row[2].number_format for row in teams} == {"0%"}
    assert sum(row[1].value for row in teams) == 30
    hours = [[cell.value for cell in row] for row in book["Hours"].iter_rows()]
    assert hours[0][2] == "Mon (Europe/Belgrade)"
    assert all(line[1] >= 2 for line in hours[1:])
    assert any(re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", str(cell)) for line in hours[1:] for cell in line)
    assert [row[1].value for row in book["Rules broken"].iter_rows(min_row=2)] == ["All rules hold."]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Seed"] == "1"
    assert len(about["SHA-256 of people.csv"]) == 64
    assert "Numba" in about["Versions"]


def test_numbers_sort_as_numbers_and_codes_keep_their_noughts(tmp_path: Path) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "teams.xlsx"
    file.write_text("Name,Grade,Code\nAna,8.5,007\nBesa,,010\nCarlo,10,100\n", encoding="utf-8")

    main(["teams", str(file), "--teams", "1", "--out", str(out)])

    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["People"].iter_rows()]
    assert rows == [
        ["Name", "Grade", "Code", "team"],
        ["Ana", 8.5, "007", 1],
        ["Besa", None, "010", 1],
        ["Carlo", 10, "100", 1],
    ]


def test_no_cell_of_a_workbook_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "teams.xlsx"

    assert main(["teams", str(hostile), "--size", "4", "--out", str(out)]) == 0

    types = {
        cell.data_type
        for sheet in openpyxl.load_workbook(out).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert types == {"s", "n", "inlineStr"}


def test_no_cell_of_a_table_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "teams.csv"

    assert main(["teams", str(hostile), "--size", "4", "--out", str(out)]) == 0

    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=Country" in cells
    assert "'＝1+1" in cells
    assert "a|b*c_d" in cells
    assert not [cell for cell in cells if cell[:1] in "=@+-＝" and cell]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("-5", "-5"),
        ("+381 64 123", "+381 64 123"),
        ("-1.5", "-1.5"),
        ("-", "-"),
        ("=1", "'=1"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("-1+1", "'-1+1"),
        ("@x", "'@x"),
        ("", ""),
        (7, 7),
    ],
)
def test_only_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str | int, written: str | int) -> None:
    assert harmless(cell) == written


def test_a_table_with_semicolons_is_written_with_semicolons(tmp_path: Path) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "teams.csv"
    file.write_text("Name;Grade\nAna;8,5\nBesa;9\n", encoding="utf-8")

    main(["teams", str(file), "--teams", "1", "--out", str(out)])

    assert out.read_text(encoding="utf-8-sig").splitlines() == ["Name;Grade;team", "Ana;8,5;1", "Besa;9;1"]


def test_the_report_is_complete_in_itself_and_without_scripts(tmp_path: Path) -> None:
    report = tmp_path / "teams.html"

    main(["teams", *EXAMPLE, "--zone", "Europe/Belgrade", "--report", str(report)])

    text = report.read_text(encoding="utf-8")
    page = Page(text)
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert not [
        name for name, _value in page.attributes if name.startswith("on") or name in {"src", "href", "style"}
    ]
    assert "url(" not in text
    assert "@import" not in text
    assert page.tags.count("article") == 5
    assert page.tags.count("h1") == 1
    assert ("lang", "en") in page.attributes
    assert "each day from 14:00 to 23:00" in page.text
    assert len(re.findall(r"(?:Mon|Tue|Wed|Thu|Fri) [\d:; a-zA-Z-]+ Europe/Belgrade", page.text)) >= 5
    assert "Numba" in page.text
    assert "--seed 1 --week 2026-03-02" in page.text
    assert "gender" not in re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)


def test_the_strip_of_a_week_is_drawn_where_the_hours_are(tmp_path: Path) -> None:
    file, report = tmp_path / "people.csv", tmp_path / "teams.html"
    file.write_text(
        "Name,Time zone,Free hours\n"
        "Ana,Europe/Belgrade,Mon 17:00-20:00; Sun 23:00-24:00\n"
        "Besa,Europe/Tirane,Mon 18:00-21:00; Sun 22:00-24:00\n",
        encoding="utf-8",
    )

    main(
        [
            "teams",
            str(file),
            "--teams",
            "1",
            "--week=2026-03-02",
            "--zone",
            "Europe/Rome",
            "--report",
            str(report),
        ]
    )

    # Each day is drawn from 17:00 to 24:00, so it is 420 minutes wide.
    text = report.read_text(encoding="utf-8")
    assert 'viewBox="0 0 2940 24"' in text
    assert re.findall(r'class="all" x="(\d+)" width="(\d+)"', text) == [("60", "120"), ("2880", "60")]


def test_the_sheets_on_teams_and_rules_do_not_tell_what_a_report_does_not(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "name,country,gender\nAna,RS,f\nBo,AL,m\nCarlo,RS,m\nDrita,AL,m\n", encoding="utf-8"
    )
    (tmp_path / "rules.toml").write_text(
        'teams = 2\nlocked = {Ana = 1, Bo = 1}\ntogether = [["Ana", "Bo"]]\n'
        "at_least_different = {gender = 2}\nat_most_different = {country = 1}\n"
        '[[wishes]]\nattribute = "country"\nkind = "mix"\n',
        encoding="utf-8",
    )

    main(
        [
            "teams",
            str(tmp_path / "people.csv"),
            f"--rules={tmp_path / 'rules.toml'}",
            f"--out={tmp_path / 'teams.xlsx'}",
        ]
    )

    book = openpyxl.load_workbook(tmp_path / "teams.xlsx")
    told = {
        title: " ".join(str(cell.value) for row in book[title] for cell in row if cell.value is not None)
        for title in ("Teams", "Rules broken")
    }
    assert "1 allowed" in told["Teams"]
    assert "gender" not in told["Teams"]
    assert "2 about gender, which a report does not tell" in told["Rules broken"]
    assert told["Rules broken"].count("gender") == 1


def test_a_report_shows_what_people_typed_as_text(hostile: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "teams.html", tmp_path / "teams.md"]

    for page in pages:
        assert main(["teams", str(hostile), "--size", "4", "--report", str(page)]) == 0

    assert "script" not in Page(pages[0].read_text(encoding="utf-8")).tags
    markdown = pages[1].read_text(encoding="utf-8")
    assert r"a\|b\*c\_d" in markdown
    assert "<script" not in markdown


def test_broken_rules_stand_in_every_report_but_not_what_it_must_not_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Gender,Profession\nAna,f,a\nBo,m,a\nCy,m,b\nDi,f,b\n", encoding="utf-8")
    (tmp_path / "rules.toml").write_text(
        'teams = 2\ntogether = [["Ana", "Bo"]]\nat_least_two_of = ["gender"]\n'
    )
    html, markdown = tmp_path / "teams.html", tmp_path / "teams.md"

    code = main(
        [
            "teams",
            str(file),
            "--rules",
            str(tmp_path / "rules.toml"),
            *(f"--report={path}" for path in (html, markdown)),
        ]
    )

    assert code == 0
    assert "is the only one with the gender" in capsys.readouterr().out
    for report in (html, markdown):
        text = report.read_text(encoding="utf-8")
        assert "is the only one with the gender" not in text
        assert "about gender, which a report does not tell" in text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--report", "teams.pdf"], "must end in .html or .md"),
        (["--out", "teams.html"], "must end in .csv, .xlsx or .json"),
        (["--out", "PEOPLE"], "it is what was read"),
        (["--out", "FOLDER.csv"], "it is a folder"),
        (["--zone", "Europe/Belgrad"], "Do you mean “Europe/Belgrade”?"),
        (["--explain", "Sara Grecco"], "Do you mean “Sara Greco”?"),
        (["--swap", "Sara Greco", "nobody"], "Nobody in the list has the key or the name “nobody”."),
        (["--move", "Sara Greco", "9"], "There is no team 9"),
        (["--move", "Sara Greco", "two"], "is not the number of a team"),
        (["--size", "7-6"], "above the largest size"),
    ],
)
def test_every_mistaken_wish_for_output_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    people = tmp_path / "people.csv"
    people.write_bytes((EXAMPLES / "people.csv").read_bytes())
    (tmp_path / "folder.csv").mkdir()
    places = {"PEOPLE": str(people), "FOLDER.csv": str(tmp_path / "folder.csv")}

    code = main(["teams", str(people), *(places.get(word, word) for word in options)])

    shown = capsys.readouterr()
    assert code == 2
    assert shown.out == ""
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert people.read_bytes() == (EXAMPLES / "people.csv").read_bytes()


@pytest.mark.parametrize("size", ["5.5", "a", "4-", ""])
def test_a_size_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], size: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["teams", *EXAMPLE, f"--size={size}"])

    assert "is not a size such as 5, or 4-6" in capsys.readouterr().err
