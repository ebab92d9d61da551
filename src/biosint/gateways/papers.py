"""A document made of parts, on three carriers: PDF/UA, DOCX, and (as plain values) a page or an archive.

A part is plain data, so that a finished paper can be kept and looks the same for ever.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from biosint.gateways import typesetting
from biosint.shared import charts
from biosint.shared.blocks import blocks
from biosint.shared.languages import page_tag

SOURCE = Path(__file__).parent / "paper.typ"
Kind = Literal["heading", "text", "plain", "note", "table", "drawing"]

# What a cell of figures looks like in any of the languages: digits with signs, marks and short units.
_FIGURE = re.compile(r"[<≈~]?\s*[-−+]?\s*\d[\d\s.,%;:()\-−–/\N{NO-BREAK SPACE}]*(?:pp|EUR|€)?")
_NOTHING = frozenset({"", "–", "-", "…"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document.

    ``text`` is the heading, the words (Markdown for kind "text", as they are for "plain" and for "note", which is
    set quietly), or the caption of a table or drawing.
    A drawing carries its SVG for documents, its SVG for pages, and its numbers as head and rows.
    """

    kind: Kind
    text: str = ""
    level: int = 2
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    drawing: str = ""
    on_page: str = ""
    # An address word within the document, for contents and for links to a part.
    anchor: str = ""

    @property
    def figure_columns(self) -> tuple[bool, ...]:
        """Which columns hold figures and nothing else: they are set to the right."""
        return tuple(
            place > 0
            and any(row[place] not in _NOTHING for row in self.rows)
            and all(row[place] in _NOTHING or _FIGURE.fullmatch(row[place]) is not None for row in self.rows)
            for place in range(len(self.head))
        )

    @property
    def widths(self) -> tuple[float, ...]:
        """How much of the line each column needs, as shares: enough for its longest word, more where it holds more."""
        right = self.figure_columns
        return tuple(
            _width([self.head[place], *(row[place] for row in self.rows)], figures=right[place])
            for place in range(len(self.head))
        )

    @property
    def described(self) -> str:
        """A drawing in words: its numbers, row by row."""
        return "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in self.rows)


def _width(cells: Sequence[str], *, figures: bool) -> float:
    """Return the letters a column should have room for: words wrap, figures never do."""
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
    if figures:
        return float(max(longest_word, *(len(cell) for cell in cells[1:])) + 1)
    mean = sum(len(cell) for cell in cells) / len(cells)
    return float(max(min(longest_word, 18), min(mean, 48)) + 1)


def heading(text: str, *, level: int = 2, anchor: str = "") -> Part:
    return Part("heading", text, level=level, anchor=anchor)


def words(markdown: str) -> Part:
    return Part("text", markdown)


def plain(text: str) -> Part:
    """Return a paragraph in which no sign is a mark."""
    return Part("plain", text)


def note(text: str) -> Part:
    """Return small print: figures of a test, what was taken for granted."""
    return Part("note", text)


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """Return a table.

    Raises:
        ValueError: a row is longer or shorter than the head.
    """
    whole = tuple(tuple(str(cell) for cell in row) for row in rows)
    if any(len(row) != len(head) for row in whole):
        raise ValueError("Every row of a table needs a cell per column.")
    return Part("table", caption, head=tuple(str(word) for word in head), rows=whole)


def drawing(chart: charts.Chart, caption: str = "") -> Part:
    """Return a chart as a part; its caption is the finding it shows."""
    from biosint.shared.charts.drawn import for_page

    numbers = chart.table()
    return Part(
        "drawing",
        caption or str(chart.title),
        head=numbers.head,
        rows=numbers.rows,
        drawing=str(charts.svg(chart)),
        on_page=str(for_page(chart)),
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``language`` is an interface language; ``particulars`` are pairs of label and value."""

    title: str
    language: str
    parts: tuple[Part, ...]
    kicker: str = ""
    particulars: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    disclaimer: str = ""
    contents: str = ""  # heading of the table of contents; none if empty
    marks: Mapping[str, str] = field(default_factory=dict)  # what else the maker wants to keep with it


def as_plain(paper: Paper) -> dict[str, Any]:
    """Return the paper as plain values, to be kept."""
    return asdict(paper)


def from_plain(kept: Mapping[str, Any]) -> Paper:
    """Read what ``as_plain`` gave, also after a way through JSON."""
    return Paper(
        **{
            **kept,
            "parts": tuple(
                Part(
                    **{
                        **part,
                        "head": tuple(part["head"]),
                        "rows": tuple(tuple(row) for row in part["rows"]),
                    }
                )
                for part in kept["parts"]
            ),
            "particulars": tuple((label, value) for label, value in kept["particulars"]),
        }
    )


def pdf(paper: Paper) -> bytes:
    """Return the paper as PDF/UA.

    Raises:
        NotTypeset: the source of the document is at fault.
    """
    files: dict[str, bytes] = {}
    listed: list[dict[str, Any]] = []
    for number, part in enumerate(paper.parts):
        each: dict[str, Any] = {
            "kind": part.kind,
            "text": part.text,
            "level": part.level,
            "head": part.head,
            "rows": part.rows,
        }
        if part.kind == "text":
            each["blocks"] = blocks(part.text)
        elif part.kind == "table":
            each |= {"figures": part.figure_columns, "widths": part.widths}
        elif part.kind == "drawing":
            each["file"] = f"drawing-{number}.svg"
            each["alt"] = part.described
            files[each["file"]] = part.drawing.encode()
        listed.append(each)
    return typesetting.pdf(
        SOURCE,
        title=paper.title,
        language=page_tag(paper.language),
        files=files,
        values={
            "title": paper.title,
            "kicker": paper.kicker,
            "particulars": paper.particulars,
            "parts": listed,
            "disclaimer": paper.disclaimer,
            "footer": paper.footer,
            "contents": paper.contents,
        },
    )


def docx(paper: Paper) -> bytes:
    """Return the paper as DOCX, with real headings, tables whose heads repeat, and described pictures."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.language = page_tag(paper.language)
    document.core_properties.author = "BIOSINT"
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(paper.title, level=0)
    for label, value in paper.particulars:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)
    for part in paper.parts:
        if part.kind == "heading":
            document.add_heading(part.text, level=max(part.level - 1, 1))
        elif part.kind == "text":
            _running(document, part.text)
        elif part.kind in {"plain", "note"}:
            document.add_paragraph(part.text)
        elif part.kind == "table":
            _table(document, part)
        else:
            picture = document.add_picture(io.BytesIO(typesetting.picture(part.drawing)), width=Cm(15.5))
            picture._inline.docPr.set("descr", part.described)  # noqa: SLF001 -- python-docx offers no other way to describe a picture
            document.add_paragraph(part.text, style="Caption")
    if paper.disclaimer:
        document.add_paragraph(paper.disclaimer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _running(document: Any, text: str) -> None:
    styles = {"item": "List Bullet", "numbered": "List Number", "quote": "Quote"}
    for block in blocks(text):
        if block["kind"] == "heading":
            line = document.add_heading("", level=min(block["level"] + 1, 4))
        else:
            line = document.add_paragraph(style=styles.get(block["kind"]))
        for each in block["runs"]:
            run = line.add_run(each["text"])
            run.bold, run.italic = each["bold"] or None, each["italic"] or None


def _table(document: Any, part: Part) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    if not part.rows:
        return
    if part.text:
        document.add_paragraph(part.text, style="Caption").paragraph_format.keep_with_next = True
    right = part.figure_columns
    made = document.add_table(rows=1, cols=len(part.head), style="Table Grid")
    # A long table tells its columns again on every page.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no word for it
    for place, (cell, word) in enumerate(zip(made.rows[0].cells, part.head, strict=True)):
        cell.paragraphs[0].add_run(word).bold = True
        if right[place]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in part.rows:
        for place, (cell, word) in enumerate(zip(made.add_row().cells, row, strict=True)):
            cell.text = word
            if right[place]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
