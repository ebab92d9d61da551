"""Answers leave the platform as CSV or XLSX, for statisticians. Cells never turn into formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.shared.words import in_language
from biosint.situation.web.results import set_for
from biosint.situation.web.tables import cell
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

if TYPE_CHECKING:
    from biosint.surveys.models import AnswerSet

MOST_XLSX_ROWS = 20_000


def _head(columns: Iterable[surveys.Column]) -> list[str]:
    head = [surveys.INSTITUTION, surveys.LANGUAGE]
    for column in columns:
        if column.kind == ColumnKind.MULTIPLE:
            head.extend(f"{column.code}:{option.code}" for option in column.options)
        else:
            head.append(column.code)
    return head


def _rows(answer_set: AnswerSet, columns: list[surveys.Column]) -> Iterator[list[Any]]:
    slugs = dict(Institution.objects.values_list("pk", "slug"))
    found = (
        surveys.Submission.objects.filter(answer_set=answer_set)
        .order_by("pk")
        .values_list("institution_id", "language", "answers")
    )
    for institution, language, answers in found.iterator(chunk_size=2000):
        row: list[Any] = [slugs.get(institution, ""), language]
        for column in columns:
            answer = answers.get(column.code)
            if column.kind == ColumnKind.MULTIPLE:
                row.extend("" if answer is None else int(option.code in answer) for option in column.options)
            elif column.kind == ColumnKind.RANK:
                # The preferred first; read back as it is.
                row.append("" if answer is None else "; ".join(answer))
            else:
                row.append("" if answer is None else cell(answer))
        yield row


def _code_book(columns: list[surveys.Column]) -> Iterator[list[str]]:
    """Every question and answer, in every language that any of them is written in."""
    present = {code for column in columns for code in column.label}
    languages = [code for code in surveys.LANGUAGES if code in present] or ["en"]

    def words(mapping: Any) -> list[str]:
        untold = mapping.get(surveys.UNTOLD, "")
        return [cell(mapping.get(code, "") or (untold if code == languages[0] else "")) for code in languages]

    nothing = [""] * len(languages)
    ends = ["scale", "reversed", "least", "most", "unit"]
    yield ["code", "kind", *languages, "answer", *languages, *ends]
    for column in columns:
        rest = [
            column.scale,
            "1" if column.reversed else "",
            "" if column.least is None else f"{column.least:g}",
            "" if column.most is None else f"{column.most:g}",
            cell(in_language(column.unit, languages[0]).text),
        ]
        yield [cell(column.code), column.kind.value, *words(column.label), "", *nothing, *rest]
        for option in column.options:
            yield [
                cell(column.code),
                "",
                *nothing,
                cell(option.code),
                *words(option.label),
                *[""] * len(ends),
            ]


def _allowed(request: SignedIn, answer_set_id: int) -> AnswerSet:
    answer_set = set_for(request, answer_set_id)
    require(surveys.may_take_out(request.user, answer_set))
    return answer_set


def _named(response: HttpResponseBase, answer_set: AnswerSet, extension: str) -> HttpResponseBase:
    name = slugify(answer_set.title) or "answers"
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


class _Line:
    """Hands a written line straight on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


@login_required
def as_csv(request: SignedIn, answer_set_id: int) -> HttpResponseBase:
    """Every answer as CSV; the mark in front tells spreadsheets that it is UTF-8."""
    answer_set = _allowed(request, answer_set_id)
    columns = answer_set.columns
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow([cell(name) for name in _head(columns)])
        for row in _rows(answer_set, columns):
            yield writer.writerow(row)

    return _named(StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8"), answer_set, "csv")


@login_required
def as_xlsx(request: SignedIn, answer_set_id: int) -> HttpResponseBase:
    """Every answer as a workbook with its code book."""
    import openpyxl

    answer_set = _allowed(request, answer_set_id)
    if surveys.state_of_answers(answer_set)[0] > MOST_XLSX_ROWS:
        messages.error(
            request,
            _("These are more than %(most)s answers. Take the CSV file; a workbook would be slow to open.")
            % {"most": MOST_XLSX_ROWS},
        )
        return redirect("situation:results", answer_set.pk)
    columns = answer_set.columns
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append([cell(name) for name in _head(columns)])
    for row in _rows(answer_set, columns):
        sheet.append(row)
    words = book.create_sheet("code book")
    for line in _code_book(columns):
        words.append(line)
    made = io.BytesIO()
    book.save(made)
    response = HttpResponse(
        made.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    return _named(response, answer_set, "xlsx")
