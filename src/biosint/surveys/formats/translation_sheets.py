"""Translations as a workbook: one row a text, one column a language."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.formats.translation_rows import MOST_ROWS, Row, language_code
from biosint.surveys.formats.xml import Broken, clean
from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import texts_of, written_in

CODE = "code"
SHEET = "translations"


def write(content: Mapping[str, Any], *, source: str, targets: Sequence[str]) -> bytes:
    """Return the texts as a workbook: code, source language, then each target language."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 -- a new workbook has a sheet
    sheet.title = SHEET
    languages = [source, *targets]
    lines = [[CODE, *languages]]
    for text in texts_of(content):
        if any(written_in(text.words, code) for code in LANGUAGES):
            lines.append([text.address, *(text.words.get(code) or "" for code in languages)])
    for number, line in enumerate(lines, 1):
        for place, words in enumerate(line, 1):
            cell = sheet.cell(number, place)
            set_words(cell, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 36
    for place in range(len(languages)):
        sheet.column_dimensions[chr(ord("B") + place)].width = 60
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def set_words(cell: Any, words: str) -> None:
    """Write words as words: a spreadsheet that finds “=1+1” here shows it and never reckons it."""
    words = clean(words)
    cell.value = words
    cell.data_type = "s"
    if words.startswith(("=", "+", "-", "@")):
        # The same mark a spreadsheet sets where a person types an apostrophe first.
        cell.quotePrefix = True


def read(content: bytes) -> list[Row]:
    """Read a workbook whose first row names the code and the languages; the first language is the source.

    Raises:
        Broken: it cannot be opened, or its first row does not say what stands where.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns about decoration it does not keep; the words are not touched by that.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()
            lines = []
            for line in sheet.iter_rows(values_only=True, max_row=MOST_ROWS):
                lines.append(["" if cell is None else str(cell) for cell in line])
        except Exception:  # noqa: BLE001 -- a broken workbook can raise anything, down to the XML parser
            raise Broken(_("This workbook cannot be opened. Save it as XLSX in its program.")) from None
    head = [language_code(cell) for cell in lines[0]] if lines else []
    if CODE not in head or not any(code in LANGUAGES for code in head):
        raise Broken(
            _("The first row must name the columns: “code”, then a language such as “en”, then the others.")
        )
    key = head.index(CODE)
    columns = [(place, code) for place, code in enumerate(head) if place != key and code]
    source_place, source = columns[0]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line + [""] * (len(head) - len(line))
        if not cells[key].strip():
            continue
        for place, language in columns[1:]:
            rows.append(
                Row(
                    number,
                    cells[key].strip(),
                    source,
                    cells[source_place],
                    language,
                    cells[place].replace("\r\n", "\n").strip(),
                )
            )
    return rows
