"""What lets somebody else work every figure out again: plain files in one archive.

The open bundle holds no single answers. The one with data does, in an order of its own, and is for the
people who may take single answers out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.shared.cells import harmless
from biosint.shared.words import in_language
from biosint.situation.queries import index as index_queries
from biosint.situation.queries.standing import figures_of_part
from biosint.situation.queries.tables import Answers, Variable, answers_of
from biosint.situation.report import methods, swot
from biosint.situation.report.gathering import Told
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import SituationReport

# Rows are put in an order that says nothing about who answered first.
SHUFFLE = 20260101
STAMP = (2026, 1, 1, 0, 0, 0)
PACKAGES = ("biosint", "numpy", "scipy", "django")


def address(report: SituationReport) -> str:
    """Return where the open bundle can be fetched."""
    return f"{settings.SITE_URL}{reverse('situation:report-bundle', args=[report.public_id])}"


def packed(told: Told, paper: papers.Paper) -> bytes:
    """Return the open bundle: no single answers, small groups hidden as in the paper."""
    return _archive(_open_files(told, paper))


def packed_with_data(told: Told, paper: papers.Paper) -> bytes:
    """Return the bundle with single answers; free texts are left out."""
    files = _open_files(told, paper)
    for number, asked in enumerate(told.asked, 1):
        files[f"data/answers-{number}.csv"] = _rows(answers_of(asked.answer_set))
    return _archive(files)


def _archive(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files.items())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**files, "SHA256SUMS": sums}.items():
            # One moment for all: the same content gives the same archive.
            archive.writestr(zipfile.ZipInfo(name, STAMP), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _open_files(told: Told, paper: papers.Paper) -> dict[str, str]:
    files = {
        "README.txt": _readme(told),
        "report.json": _json({key: value for key, value in papers.as_plain(paper).items() if key != "parts"}),
        "tests.json": _json([_test(shown, result) for shown, result in told.results]),
        "values.csv": _csv(("result", "name", "value"), _values(told)),
        "versions.json": _json(_versions()),
    }
    for shown, result in told.results:
        rows = [(line.label, *line.cells) for line in result.lines]
        files[f"tables/{shown.code}.csv"] = _csv(result.head, rows)
    if told.report.workshop is not None:
        files["swot.json"] = _json(swot.as_plain(told.report.workshop))
    for number, asked in enumerate(told.asked, 1):
        files[f"codebook/answers-{number}.csv"] = _csv(
            ("column", "kind", "question", "answer", "words", "language"), _codebook(asked.answer_set.columns)
        )
    if told.index is not None:
        files |= _index_files(told)
    return files


def _readme(told: Told) -> str:
    lines = [
        told.report.title,
        "",
        _("This archive holds what the report was worked out from, as plain files that any program reads."),
        "",
        _("tests.json: every result with the question that was put, the method, and all figures unrounded."),
        _("values.csv: the same figures, one a line. The name of a result (R1.1) is the one in the report."),
        _("tables: the table of each result as printed. “few” stands for counts that are not shown."),
        _("codebook: every column with its question and answers to choose from, in all languages."),
        _("data: single answers without free texts, one a line, in an order of its own; only in the bundle with data."),
        _("index: indicators, figures and results of the rounds, and the formula."),
        _("versions.json: the programs that worked the figures out."),
        _("SHA256SUMS: the sums of all files, to see that nothing was changed."),
        "",
        _("How to work a result out again: take the columns named under “question” in tests.json from the data, leave out rows where one of them is empty, and put the method named there to them. For weights, see “weighting”."),
        "",
        _("Methods:"),
        *(f"- {methods.sourced(code)}" for code in methods.codes_used(told)),
    ]  # fmt: skip
    return "\n".join(str(line) for line in lines) + "\n"


def _test(shown: Any, result: Any) -> dict[str, Any]:
    return {
        "result": shown.code,
        "analysis": shown.analysis.title,
        "title": result.title,
        "question": shown.question.as_json(),
        "sentence": result.sentence,
        "n": result.n,
        "missing": result.missing,
        "figures": result.exact,
        "assumptions": [{"sentence": one.sentence, "ok": one.ok} for one in result.assumptions],
        "notes": list(result.notes),
    }


def _values(told: Told) -> Iterable[Sequence[object]]:
    for shown, result in told.results:
        yield (shown.code, "n", result.n)
        yield (shown.code, "missing", result.missing)
        for name, value in _flat(result.exact):
            yield (shown.code, name, value)


def _flat(value: Any, path: str = "") -> Iterable[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _flat(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple | np.ndarray):
        for place, each in enumerate(value, 1):
            yield from _flat(each, f"{path}[{place}]")
    else:
        yield path, value


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _codebook(columns: Iterable[surveys.Column]) -> Iterable[Sequence[str]]:
    for column in columns:
        label = {**column.label}
        for language, words in label.items():
            yield (column.code, column.kind.value, words, "", "", language)
        for option in column.options:
            for language, words in option.label.items():
                yield (column.code, column.kind.value, "", option.code, words, language)


def _rows(answers: Answers) -> str:
    order = np.random.default_rng(SHUFFLE).permutation(answers.n)
    columns = [_cells(variable, order) for variable in answers.variables.values()]
    return _csv(list(answers.variables), zip(*columns, strict=True))


def _cells(variable: Variable, order: Any) -> list[str]:
    values = np.asarray(variable.values, dtype=np.float64)[order]
    if variable.options:
        codes = [option.code for option in variable.options]
        return ["" if np.isnan(value) else codes[int(value)] for value in values]
    return ["" if np.isnan(value) else str(surveys.plain(float(value))) for value in values]


def _index_files(told: Told) -> dict[str, str]:
    index, one = told.index, told.report.round
    assert index is not None  # noqa: S101 -- the caller looked
    assert one is not None  # noqa: S101 -- there is no index without a round
    # In the unit of the figures: shares from 0 to 1.
    caps = {each.code: each.cap for each in index_queries.asked_of(index.indicators)}
    files = {
        "index/indicators.csv": _csv(
            ("code", "dimension", "kind", "weight", "cap", "dimension_weight", "title", "reference"),
            [
                (
                    each.code,
                    each.dimension.code,
                    each.kind,
                    each.weight,
                    caps[each.code],
                    each.dimension.weight,
                    in_language(each.title).text,
                    "; ".join(each.references),
                )
                for each in index.indicators
            ],
        ),
        "index/results.csv": _csv(
            ("round", "institution", "part", "value", "low", "high"),
            [row for part in index.participations for row in _index_rows(part)],
        ),
    }
    files["index/formula.yaml"] = one.formula.source
    files["index/figures.csv"] = _csv(("institution", "indicator", "figure", "answered"), _figures(told))
    if index.comparison is not None:
        files["index/change.csv"] = _csv(
            ("institution", "before", "after", "change"),
            [
                (
                    pair.name,
                    pair.before.index if pair.before else None,
                    pair.after.index if pair.after else None,
                    pair.change,
                )
                for pair in index.comparison.pairs
            ],
        )
    return files


def _figures(told: Told) -> Iterable[Sequence[object]]:
    """What each institution earned its points with; in the report of one, only its own."""
    index, own = told.index, told.report.institution
    assert index is not None  # noqa: S101 -- the caller looked
    for part in index.participations:
        if own is not None and part.institution_id != own.pk:
            continue
        figures = index_queries.figures_of(index.indicators, figures_of_part(part, index.indicators))
        for code, figure in figures.items():
            yield (part.institution.short_name, code, figure, figure is not None)


def _index_rows(part: Any) -> Iterable[Sequence[object]]:
    place = part.institution.short_name
    yield (part.round.title, place, "index", part.index, part.low, part.high)
    for side in part.dimensions:
        yield (part.round.title, place, side["code"], side["value"], side.get("low"), side.get("high"))


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else harmless(cell) for cell in row])
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    """Return what JSON has no word for: numbers of numpy, lazy words."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    return str(value)
