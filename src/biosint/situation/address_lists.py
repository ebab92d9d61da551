"""Reads a list of people to invite, however it was written down. Pure: no database, no request."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_LINES = 20_000
_BETWEEN = re.compile(r"[;,\t]")
# What a spreadsheet of the region saves where it does not save UTF-8.
_OLDER = "cp1250"


class ListUnreadable(Fault):
    """No list of addresses can be read from the file."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a cell may name besides an address: small letters -> key."""

    institutions: Mapping[str, int]
    groups: Mapping[tuple[int, str], int]  # by institution
    languages: Mapping[str, str]
    grouped: frozenset[int]  # institutions whose people are asked in groups


@dataclass(frozen=True, slots=True)
class Row:
    """One line: who, where, in which language; ``fault`` says why it cannot be used."""

    number: int
    address: str
    institution: int | None = None
    group: int | None = None
    language: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AddressList:
    rows: list[Row] = field(default_factory=list)

    def without(self, addresses: Collection[str], *, why: str) -> AddressList:
        """Return the list with some addresses marked as unusable."""
        return AddressList(
            [
                Row(row.number, row.address, fault=why) if row.address in addresses and not row.fault else row
                for row in self.rows
            ]
        )

    @property
    def usable(self) -> list[Row]:
        return [row for row in self.rows if not row.fault]

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.fault]


def text_of(content: bytes) -> str:
    """Return the cells of an uploaded file as lines: CSV, plain text, or the first sheet of a workbook.

    Raises:
        ListUnreadable: it is none of these.
    """
    if content.startswith(b"PK"):
        return _of_workbook(content)
    for encoding in ("utf-8-sig", _OLDER):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListUnreadable(_("The file is neither a table nor text. Save it as CSV or XLSX."))


def _of_workbook(content: bytes) -> str:
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        lines = [
            ";".join("" if cell is None else str(cell).replace("\n", " ") for cell in row)
            for row in sheet.iter_rows(max_row=MOST_LINES + 2, values_only=True)
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, SyntaxError) as fault:
        raise ListUnreadable(_("The workbook cannot be read. Save it again as XLSX, or as CSV.")) from fault
    return "\n".join(lines)


def read_list(
    text: str,
    known: Known,
    *,
    institution: int | None,
    group: int | None,
    language: str,
    taken: Sequence[str],
) -> AddressList:
    """Read lines of addresses; beside each may stand institution, group and language, in any order.

    Args:
        institution, group, language: for lines that name none.
        taken: addresses that are invited already.

    Raises:
        ListUnreadable: far too many lines.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ListUnreadable(_("One list may hold %(most)s lines. Split it.") % {"most": MOST_LINES})
    met = {address.casefold(): _("is invited already") for address in taken}
    found = AddressList()
    for number, line in enumerate(lines, 1):
        cells = [cell.strip().strip('"').strip() for cell in _BETWEEN.split(line)]
        if not any(cells) or (number == 1 and "@" not in line):
            # Nothing, or the names of the columns.
            continue
        row = _read(number, cells, known, institution=institution, group=group, language=language)
        if not row.fault and row.address in met:
            row = Row(number, row.address, fault=met[row.address])
        met.setdefault(row.address, _("stands twice in the list"))
        found.rows.append(row)
    return found


def _read(
    number: int, cells: list[str], known: Known, *, institution: int | None, group: int | None, language: str
) -> Row:
    address, words = "", []
    for cell in filter(None, cells):
        if "@" in cell and not address:
            # Mail programs write: Ana Anić <ana@example.org>
            address = cell.rpartition("<")[2].rstrip(">").strip().casefold()
        else:
            words.append(cell.casefold())
    try:
        validate_email(address)
    except ValidationError:
        return Row(number, address or cells[0], fault=_("is no mail address"))
    named_place = next((known.institutions[word] for word in words if word in known.institutions), None)
    place = institution if named_place is None else named_place
    if place is None:
        return Row(number, address, fault=_("names no institution that is asked"))
    named = next((known.groups[place, word] for word in words if (place, word) in known.groups), None)
    # The group chosen for the whole list counts only at its own institution.
    chosen = named if named is not None else (group if place == institution else None)
    if chosen is None and place in known.grouped:
        return Row(number, address, fault=_("names no group of its institution"))
    spoken = next((known.languages[word] for word in words if word in known.languages), language)
    return Row(number, address, place, chosen, spoken)
