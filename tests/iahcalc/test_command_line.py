from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from iahcalc.__main__ import main
from iahcalc.cli import tables
from iahcalc.cli.analyse import _REQUIRED

TESTS = Path(__file__).parent.parent
SURVEYS = TESTS / "survey_files"
HAIR = str(SURVEYS / "hair_eye_color.csv")
BFI = str(SURVEYS / "bfi.csv")
AGREEABLENESS = ["--items", "A1,A2,A3,A4,A5", "--reverse", "A1", "--range", "1-6"]


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    """``answer("file", "crosstab", …)`` is what the command prints as JSON."""

    def run(*words: str) -> Any:
        assert main(["analyse", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def complaint(capsys: pytest.CaptureFixture[str]) -> Any:
    """``complaint("file", "crosstab", …)`` is the one sentence with which the command refuses."""

    def run(*words: str) -> str:
        assert main(["analyse", *words]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        assert printed.err.startswith("biosint analyse: ")
        return printed.err.strip()

    return run


def written(folder: Path, content: str | bytes, name: str = "answers.csv") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_crosstab_gives_the_figures_of_r(answer: Any) -> None:
    found = answer(HAIR, "crosstab", "--rows", "Hair", "--columns", "Eye", "--weight", "Freq")

    assert found["statistic"] == pytest.approx(138.2898416, abs=1e-6)
    assert found["df"] == 9
    assert found["p"] == pytest.approx(2.325286787e-25, rel=1e-6)
    assert (found["n"], found["missing"]) == (592, 0)
    assert found["method"] == "Pearson's chi-square test"
    assert found["effect_size"]["code"] == "cramers_v"
    assert found["effect_size"]["low"] < found["effect_size"]["value"] < found["effect_size"]["high"]
    assert found["row_labels"] == ["Black", "Blond", "Brown", "Red"]
    assert found["counts"][0] == [20, 68, 5, 15]
    assert {item["code"] for item in found["assumptions"]} == {
        "answers_independent",
        "expected_counts_enough",
    }


def test_a_two_by_two_table_is_corrected_unless_told_otherwise(answer: Any) -> None:
    question = [
        str(SURVEYS / "ucb_admissions.csv"),
        "crosstab",
        "--rows",
        "Admit",
        "--columns",
        "Gender",
        "--weight",
        "Freq",
    ]

    corrected = answer(*question)
    plain = answer(*question, "--no-correction")

    assert corrected["statistic"] == pytest.approx(91.60959786, abs=1e-6)
    assert corrected["p"] == pytest.approx(1.055796809e-21, rel=1e-6)
    assert plain["statistic"] == pytest.approx(92.20528, abs=1e-5)
    assert plain["method_code"] == "pearson"


def test_options_may_stand_before_and_between_the_words(answer: Any) -> None:
    usual = answer(HAIR, "crosstab", "--rows", "Hair", "--columns", "Eye", "--weight", "Freq")

    assert answer("--rows", "Hair", HAIR, "--columns", "Eye", "crosstab", "--weight", "Freq") == usual
    assert answer("crosstab", "--rows", "Hair", "--columns", "Eye", "--weight", "Freq", HAIR) == usual


def test_reliability_gives_the_figures_of_r(answer: Any) -> None:
    found = answer(BFI, "reliability", *AGREEABLENESS)

    assert found["alpha"] == pytest.approx(0.7037558944, abs=1e-9)
    assert found["alpha_pairwise"] == pytest.approx(0.7030184461, abs=1e-9)
    assert (found["n"], found["missing"]) == (2709, 91)
    assert found["interval"]["low"] < found["alpha"] < found["interval"]["high"]
    assert [item["item"] for item in found["items"]] == ["A1", "A2", "A3", "A4", "A5"]
    assert [item["reversed"] for item in found["items"]] == [True, False, False, False, False]


def test_reliability_of_the_department_ratings_gives_both_alphas(answer: Any) -> None:
    names = "rating,complaints,privileges,learning,raises,critical,advance"

    found = answer(str(SURVEYS / "attitude.csv"), "reliability", "--items", names)

    assert found["alpha"] == pytest.approx(0.8431427696, abs=1e-9)
    assert found["alpha_standardised"] == pytest.approx(0.8390838, abs=1e-7)


def test_a_comparison_lists_both_tests(answer: Any) -> None:
    found = answer(BFI, "compare", "--outcome", "age", "--by", "gender")

    assert [test["method_code"] for test in found] == ["welch_t", "mann_whitney"]
    for test in found:
        assert {"statistic", "df", "p", "effect_size", "n", "method", "assumptions"} <= test.keys()
        assert [group["n"] for group in test["groups"]] == [919, 1881]
    assert [
        test["method_code"] for test in answer(BFI, "compare", "--outcome", "age", "--by", "education")
    ] == [
        "welch_anova",
        "kruskal_wallis",
    ]


def test_a_test_that_is_undefined_here_says_why(answer: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "g,x\na,1\na,1\nb,2\nb,3\nc,4\nc,6\n")

    ranks, means = answer(file, "compare", "--outcome", "x", "--by", "g")

    assert ranks["method_code"] == "kruskal_wallis"
    assert means["statistic"] is None
    assert "same answer" in means["impossible"]
    assert main(["analyse", file, "compare", "--outcome", "x", "--by", "g"]) == 0


def test_pairs_of_groups_are_listed_by_means_and_by_ranks(answer: Any) -> None:
    found = answer(BFI, "posthoc", "--outcome", "age", "--by", "education")

    assert [part["pairs"][0]["method_code"] for part in (found["means"], found["ranks"])] == [
        "games_howell",
        "dunn",
    ]
    assert [len(found[part]["pairs"]) for part in ("means", "ranks")] == [10, 10]
    assert [item["code"] for item in found["assumptions"]] == ["answers_independent", "pairs_corrected"]
    for pair in found["means"]["pairs"]:
        assert pair["low"] <= pair["difference"] <= pair["high"]


def test_pairs_that_means_cannot_compare_are_compared_by_ranks(
    answer: Any, complaint: Any, tmp_path: Path
) -> None:
    file = written(tmp_path, "g,x\na,1\na,1\nb,2\nb,2\nc,4\nc,6\n")

    found = answer(file, "posthoc", "--outcome", "x", "--by", "g")

    assert found["means"]["pairs"] is None
    assert "differs" in found["means"]["impossible"]
    assert len(found["ranks"]["pairs"]) == 3
    same = written(tmp_path, "g,x\na,1\na,1\nb,1\nb,1\n", "same.csv")
    assert "biosint analyse" in complaint(same, "posthoc", "--outcome", "x", "--by", "g")


def test_changes_are_tested_as_numbers_or_as_categories(answer: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "x,y\n1,2\n2,4\n3,4\n4,7\n5,\n")

    means, ranks = answer(file, "paired", "--before", "x", "--after", "y")
    table = answer(file, "paired", "--before", "x", "--after", "y", "--categories")

    assert (means["method_code"], ranks["method_code"]) == ("paired_t", "wilcoxon")
    assert (means["n"], means["missing"]) == (4, 1)
    assert means["statistic"] == pytest.approx(3.6556, abs=1e-4)
    assert table["method_code"] == "bowker"
    assert table["labels"] == ["1", "2", "3", "4", "7"]
    alike = written(tmp_path, "x,y\n1,2\n2,3\n3,4\n", "alike.csv")
    assert [one["method_code"] for one in answer(alike, "paired", "--before", "x", "--after", "y")] == [
        "wilcoxon",
        "paired_t",
    ]


def test_items_are_analysed_and_the_odd_one_named(answer: Any) -> None:
    found = answer(BFI, "items", "--items", "A1,A2,A3,A4,A5", "--range", "1-6")

    assert [item["item"] for item in found] == ["A1", "A2", "A3", "A4", "A5"]
    assert {concern["code"] for concern in found[0]["concerns"]} == {"against", "harms"}
    assert found[1]["concerns"] == []


def test_agreement_gives_alpha_and_for_two_coders_kappa(answer: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "a,b,c\nx,x,x\ny,x,\ny,y,y\nx,x,y\n")

    two = answer(file, "agreement", "--coders", "a,b")
    three = answer(file, "agreement", "--coders", "a,b,c")

    assert two["cohen_kappa"]["value"] == pytest.approx(0.5)
    assert two["krippendorff_alpha"]["units"] == 4
    assert three["cohen_kappa"] is None
    assert three["krippendorff_alpha"]["measure"] == "nominal"


def test_a_report_holds_everything_with_its_corrections(answer: Any) -> None:
    found = answer(
        BFI,
        "report",
        "--items",
        "A1,A2,A3",
        "--by",
        "gender,education",
        "--scale",
        "A1,A2,A3",
        "--reverse",
        "A1",
    )

    alone = answer(BFI, "compare", "--outcome", "A1", "--by", "gender")
    assert [(pair["item"], pair["by"]) for pair in found["pairs"][:2]] == [
        ("A1", "gender"),
        ("A1", "education"),
    ]
    assert found["pairs"][0]["means"]["statistic"] == pytest.approx(alone[0]["statistic"])
    assert found["pairs"][0]["ranks"]["p_holm"] >= found["pairs"][0]["ranks"]["p"]
    assert found["tests"]["table"]["made"] == 6
    scale = answer(BFI, "reliability", "--items", "A1,A2,A3", "--reverse", "A1", "--range", "1-6")
    assert found["scales"][0]["reliability"]["alpha"] == pytest.approx(scale["alpha"])
    assert found["scales"][0]["reliability"]["omega"]["value"] == pytest.approx(scale["omega"]["value"])


def test_open_answers_are_grouped_across_scripts(answer: Any, complaint: Any, tmp_path: Path) -> None:
    file = str(SURVEYS / "open_answers.csv")

    found = answer(file, "texts", "--text", "answer", "--language", "sr", "--groups", "3")

    assert {tuple(group["rows"]) for group in found["groups"]} == {
        (2, 3, 4, 5, 6),
        (7, 8, 9, 10),
        (11, 12, 13, 14),
    }
    assert (found["n"], found["missing"]) == (14, 1)
    assert found["keywords"][0]["texts"] == 5
    few = written(tmp_path, "x\nmore labs\nlabs please\nfood\n")
    assert "Too few answers" in answer(few, "texts", "--text", "x")["impossible"]
    none = written(tmp_path, "x\nlabs\nfood\n", "none.csv")
    assert "No word comes up in two answers" in complaint(none, "texts", "--text", "x")
    assert "at least 2" in complaint(few, "texts", "--text", "x", "--groups", "1")


def test_the_examples_of_the_guide_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    guide = (TESTS.parent / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")
    examples = re.findall(r"^    biosint (analyse tests/\S+ .+)$", guide, flags=re.MULTILINE)

    assert {example.split()[2] for example in examples} == set(_REQUIRED)
    for example in examples:
        assert main(example.split()) == 0
        assert len(capsys.readouterr().out.splitlines()) > 3


def test_the_printed_table_is_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", HAIR, "crosstab", "--rows", "Hair", "--columns", "Eye", "--weight", "Freq"]) == 0
    crosstab = capsys.readouterr().out
    assert main(["analyse", BFI, "compare", "--outcome", "age", "--by", "gender"]) == 0
    comparison = capsys.readouterr().out
    assert main(["analyse", BFI, "reliability", "--items", "A1,A2,A3"]) == 0
    scale = capsys.readouterr().out

    assert "Black    20     68      5     15    108" in crosstab
    assert "chance alone would give this less than once in 1,000 samples" in crosstab
    assert "Blond and Blue: +10.0" in crosstab
    assert "difference of means = -1.130" in comparison
    assert "were they worded the other way (--reverse)? A1" in scale


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("sex;points\nf;1,5\nm;2,5\nf;3\nm;NA\nm;4\n", "semicolon.csv"),
        ("sex\tpoints\nf\t1.5\nm\t2.5\nf\t3\nm\t\nm\t4\n", "tab.tsv"),
        ("\ufeffsex,points\r\nf,1.5\r\nm,2.5\r\nf,3\r\nm,\r\n\r\nm,4\r\n", "mark.csv"),
        ('sex,points,note\nf,1.5,"a, b; c"\nm,2.5,"two\nlines"\nf,3,\nm,NA,\nm,4,\n', "quoted.csv"),
        ("sex,points\nf,1.5\nm,2.5\nf,3\nm,\nm,4\n".encode("utf-16"), "utf16.csv"),
        ("sex\tpoints\nf\t1,5\nm\t2,5\nf\t3\nm\t\nm\t4\n".encode("utf-16"), "excel.txt"),
    ],
)
def test_text_tables_are_read_whatever_they_look_like(
    answer: Any, tmp_path: Path, content: str | bytes, name: str
) -> None:
    found = answer(written(tmp_path, content, name), "compare", "--outcome", "points", "--by", "sex")[0]

    assert [(group["group"], group["n"], group["mean"]) for group in found["groups"]] == [
        ("f", 2, 2.25),
        ("m", 2, 3.25),
    ]
    assert found["missing"] == 1


def test_workbooks_are_read_like_text(answer: Any, complaint: Any, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Second").append(["a", "b"])
    sheet = workbook.worksheets[0]
    sheet.title = "Answers"
    for row in (["sex", "points"], ["f", 1.5], ["m", 2.5], [None, None], ["f", 3], ["m"], ["m", "x"]):
        sheet.append(row)
    path = str(tmp_path / "answers.xlsx")
    workbook.save(path)

    assert "Row 7: “x” in column “points” is not a number." in complaint(
        path, "compare", "--outcome", "points", "--by", "sex"
    )
    assert "its sheets are Answers, Second" in complaint(
        path, "compare", "--outcome", "a", "--by", "b", "--sheet", "Third"
    )
    assert "no answers below" in complaint(
        path, "compare", "--outcome", "a", "--by", "b", "--sheet", "Second"
    )
    sheet["B7"] = 4
    workbook.save(path)
    found = answer(path, "compare", "--outcome", "points", "--by", "sex")[0]
    assert [group["mean"] for group in found["groups"]] == [2.25, 3.25]
    assert found["missing"] == 1


def test_older_encodings_are_named_and_can_be_given(answer: Any, complaint: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "škola,x\nFoča,1\nNiš,2\nFoča,3\nNiš,5\n".encode("cp1250"))

    refusal = complaint(file, "compare", "--outcome", "x", "--by", "škola")
    found = answer(file, "compare", "--outcome", "x", "--by", "škola", "--encoding", "cp1250")[0]

    assert "line 1 holds the byte 0x9A, which is not UTF-8" in refusal
    assert "--encoding cp1250" in refusal
    assert [group["group"] for group in found["groups"]] == ["Foča", "Niš"]
    assert "no text encoding named “latin9000”" in complaint(
        file, "compare", "--outcome", "x", "--by", "y", "--encoding", "latin9000"
    )
    assert "no text encoding named “rot13”" in complaint(
        file, "compare", "--outcome", "x", "--by", "y", "--encoding", "rot13"
    )


def test_the_first_undecodable_byte_deep_in_a_file_is_found(complaint: Any, tmp_path: Path) -> None:
    file = written(tmp_path, b"x,g\n" + b"1,a\n2,b\n" * 20_000 + b"3,\x8a\n")

    assert "line 40002 holds the byte 0x8A" in complaint(file, "compare", "--outcome", "x", "--by", "g")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            [HAIR, "crosstab", "--rows", "Hiar", "--columns", "Eye"],
            "has no column “Hiar”. Did you mean “Hair”? Its columns are: Hair, Eye, Sex, Freq.",
        ),
        ([HAIR, "crosstab", "--rows", "hair", "--columns", "Eye"], "Did you mean “Hair”?"),
        ([HAIR, "crosstab", "--rows", "Hair"], "crosstab needs --rows and --columns."),
        (
            [HAIR, "crosstab", "--rows", "Hair", "--columns", "Eye", "--weight", "Sex"],
            "Row 2: “Male” in column “Sex” is not a number.",
        ),
        (
            [HAIR, "compare", "--outcome", "Hair", "--by", "Eye"],
            "Row 2: “Black” in column “Hair” is not a number.",
        ),
        (
            [HAIR, "compare", "--outcome", "Freq", "--by", "Eye", "--rows", "Hair"],
            "--rows belongs to crosstab, not to compare.",
        ),
        (
            [HAIR, "regress"],
            "There is no analysis named “regress”; choose crosstab, compare, posthoc, paired, reliability, items, agreement, report, texts.",
        ),
        (["nowhere.csv", "compare", "--outcome", "a", "--by", "b"], "There is no file nowhere.csv."),
        ([str(SURVEYS), "compare", "--outcome", "a", "--by", "b"], "is a folder, not a file."),
        ([BFI, "reliability", "--items", "A1"], "at least 2 items"),
        ([BFI, "reliability", "--items", "A1,,A2"], "--items names columns"),
        ([BFI, "reliability", "--items", "A1,A2,A1"], "names “A1” more than once"),
        ([BFI, "reliability", "--items", "A1,A2", "--reverse", "A1"], "--reverse needs --range"),
        (
            [BFI, "reliability", "--items", "A1,A2", "--reverse", "A3", "--range", "1-6"],
            "“A3” in --reverse is not one of the --items",
        ),
        ([BFI, "reliability", "--items", "A1,A2", "--range", "6-1"], "not “6-1”"),
        ([BFI, "reliability", "--items", "A1,A2", "--range", "1-5"], "is outside 1 to 5."),
    ],
)
def test_bad_questions_are_refused_in_one_sentence(complaint: Any, words: list[str], expected: str) -> None:
    assert expected in complaint(*words)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "has no header"),
        ("x,g\n", "has no answers below"),
        ("x,g\n1,a\n2,b,c\n", "cells changes from 2 to 3 in line 3"),
        ("x,g\n1,a\n2\n", "cells changes from 2 to 1 in line 3"),
        ('x,g\n1,"a\n2,b\n', "check its quotation marks"),
        ("x,g,g\n1,a,b\n", "more than one column named “g”"),
        ("x,g\n1,a\n2,a\n", "too few groups with an answer to “x”: at least 2 are needed, and there is “a”"),
        ("x,g\n1,a\nNA,b\n", "too few groups"),
        ("x,g\n1,NA\n2,\n", "there is none"),
        ("x,g\n1,a\n1,a\n1,b\n1,b\n", "Nobody in either group differs"),
        ("x,g\ninf,a\n1,b\n", "Row 2: “inf” in column “x” is not a number."),
        ("x,g\n1,a\n\n1_000,b\n", "Row 4: “1_000” in column “x” is not a number."),
        (b"\x89PNG\r\n\x00\x00", "is not a table of text"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 100, "old or password-protected office file"),
        (b"\xff\xfex\x00,\x00g\x00\n", "cannot be read"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(
    complaint: Any, tmp_path: Path, content: str | bytes, expected: str
) -> None:
    assert expected in complaint(written(tmp_path, content), "compare", "--outcome", "x", "--by", "g")


def test_a_crosstab_of_one_group_or_of_names_is_refused(complaint: Any, tmp_path: Path) -> None:
    one = written(tmp_path, "x,g\n1,a\n2,a\n")
    many = written(
        tmp_path, "x,g\n" + "".join(f"name{number},{number % 2}\n" for number in range(1001)), "many.csv"
    )
    negative = written(tmp_path, "x,g,w\n1,a,2\n2,b,-3\n", "negative.csv")

    assert "“g” has too few groups" in complaint(one, "crosstab", "--rows", "x", "--columns", "g")
    assert "1,001 different answers" in complaint(many, "crosstab", "--rows", "x", "--columns", "g")
    assert "Row 3: the weight" in complaint(
        negative, "crosstab", "--rows", "x", "--columns", "g", "--weight", "w"
    )


def test_a_zip_that_is_no_workbook_is_refused(complaint: Any, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "x,g")

    assert "not an XLSX workbook" in complaint(str(path), "compare", "--outcome", "x", "--by", "g")


def test_too_many_rows_are_refused(complaint: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    file = written(tmp_path, "x,g\n1,a\n2,b\n3,a\n4,b\n")

    assert "has more than 3 rows" in complaint(file, "compare", "--outcome", "x", "--by", "g")


def test_groups_that_are_numbers_stand_in_the_order_of_numbers(answer: Any, tmp_path: Path) -> None:
    file = written(tmp_path, "x,g\n1,10\n2,2\n3,10\n4,2\n5,1\n7,1\n")

    groups = answer(file, "compare", "--outcome", "x", "--by", "g")[0]["groups"]
    table = answer(file, "crosstab", "--rows", "g", "--columns", "x")

    assert [group["group"] for group in groups] == ["1", "2", "10"]
    assert table["row_labels"] == ["1", "2", "10"]


def test_help_and_refusals_need_neither_numpy_nor_scipy() -> None:
    script = (
        "import sys; from iahcalc.__main__ import main\n"
        "code = main(['analyse', 'nowhere.csv', 'compare', '--outcome', 'a', '--by', 'b'])\n"
        "print(code, 'numpy' in sys.modules, 'scipy' in sys.modules, 'openpyxl' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )

    assert ran.stdout.split() == ["2", "False", "False", "False"]


def test_a_reader_that_leaves_early_causes_no_complaint() -> None:
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}
    command = [
        sys.executable,
        "-m",
        "iahcalc",
        "analyse",
        HAIR,
        "crosstab",
        "--rows",
        "Hair",
        "--columns",
        "Eye",
        "--weight",
        "Freq",
    ]

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        complained = running.stderr.read()
        running.wait(timeout=60)

    assert complained == b""
    assert running.returncode == 0
