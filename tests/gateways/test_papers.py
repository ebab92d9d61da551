from __future__ import annotations

import io
import json

import pytest
from docx import Document
from pypdf import PdfReader

from biosint.gateways import papers
from biosint.shared import charts


def a_paper(**fields: object) -> papers.Paper:
    chart = charts.dots_with_intervals(
        title="Most often: “yes” (61 %)", rows=[("Yes", 61.0, 55.0, 67.0), ("No", 39.0, 33.0, 45.0)], unit="%"
    )
    parts = (
        papers.heading("Methods"),
        papers.words("We asked **everybody**.\n\n- by link\n- by mail"),
        papers.note("Counted on one day."),
        papers.table(
            "Table 1. Who answered",
            ("Faculty", "People", "Share"),
            [("Чачак", "214", "17,1 %"), ("Berat", "9", "–")],
        ),
        papers.drawing(chart),
    )
    return papers.Paper(
        **{"title": "Where we stand", "language": "sr", "parts": parts, "contents": "Contents", **fields}
    )


def test_a_paper_that_was_kept_is_the_same_paper() -> None:
    paper = a_paper(particulars=(("Project", "X"),), marks={"seed": "1"})

    assert papers.from_plain(json.loads(json.dumps(papers.as_plain(paper)))) == paper


def test_a_pdf_is_tagged_for_screen_readers_and_says_its_language() -> None:
    read = PdfReader(io.BytesIO(papers.pdf(a_paper())))

    catalogue = read.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]).startswith("sr")
    words = " ".join(page.extract_text() for page in read.pages)
    assert "Table 1. Who answered" in words
    assert "Чачак" in words


def test_a_docx_has_real_headings_repeating_table_heads_and_described_pictures() -> None:
    read = Document(io.BytesIO(papers.docx(a_paper())))

    assert [each.text for each in read.paragraphs if each.style.name == "Heading 1"] == ["Methods"]
    assert [cell.text for cell in read.tables[0].rows[1].cells] == ["Чачак", "214", "17,1 %"]
    assert "tblHeader" in read.tables[0].rows[0]._tr.xml
    assert "Yes: 61" in read.element.xml


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["12", "–"], True),
        (["1.234,5", "−3 %"], True),
        (["0.12 (0.05 – 0.20)", "< 0.001"], True),
        (["12 people", "3"], False),
        (["–", ""], False),
    ],
)
def test_columns_that_hold_figures_alone_are_set_to_the_right(cells: list[str], right: bool) -> None:
    part = papers.table("", ("What", "Value"), [(str(place), cell) for place, cell in enumerate(cells)])

    assert part.figure_columns == (False, right)


def test_a_row_that_does_not_fit_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match="a cell per column"):
        papers.table("", ("What", "Value"), [("only one",)])
