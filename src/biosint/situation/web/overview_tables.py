"""The figures of an overview as tables, in the reader's language."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.shared import charts
from biosint.shared.cells import harmless
from biosint.shared.words import in_language
from biosint.situation import wording
from biosint.situation.questions import Question

if TYPE_CHECKING:
    from biosint.situation.models import Overview

# The strongest findings that the chart shows.
MOST_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One test, ready to print. ``url`` leads to the same question put to the answers, where that is possible."""

    question: str
    by: str
    effect: str
    size: str
    p: str
    holm: str
    fair: str
    n: str
    url: str
    is_finding: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """One question: its name, how many answered, and per answer its people and share, or its mean."""

    name: str
    n: str
    missing: str
    rows: tuple[tuple[str, str, str], ...]
    mean: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A whole overview, ready to print."""

    sentence: str
    people: int
    groupings: str
    tests: tuple[Row, ...]
    scales: tuple[tuple[str, ...], ...]
    questions: tuple[Described, ...]
    smallest: int
    chart: charts.Chart | None


class _Names:
    """The words of the code book that an overview carries."""

    def __init__(self, figures: Mapping[str, Any]) -> None:
        self._known = {entry["code"]: entry for entry in (*figures["questions"], *figures["groupings"])}

    def of(self, code: str) -> str:
        entry = self._known.get(code)
        return code if entry is None else in_language(entry["label"]).text or code

    def answer(self, code: str, place: int) -> str:
        options = self._known[code]["options"]
        if not options:
            return str(place)
        return in_language(options[place]["label"]).text or str(options[place]["code"])


def told(overview: Overview, *, ask: bool) -> Told:
    """Return the tables of an overview; ``ask`` says whether its tests can be put to the answers one by one."""
    figures = overview.figures
    names = _Names(figures)
    made = [test for test in figures["tests"] if "p" in test]
    sure = sum(test["holm"] < wording.SURE for test in made)
    likely = sum(test["fair"] < wording.SURE for test in made)
    return Told(
        sentence=_sentence(made, sure, likely, names),
        people=figures["n"],
        groupings=", ".join(f"“{names.of(entry['code'])}”" for entry in figures["groupings"]),
        tests=tuple(_row(test, names, overview, ask=ask) for test in figures["tests"]),
        scales=tuple(_scale(scale) for scale in figures["scales"]),
        questions=tuple(_described(entry, names) for entry in figures["questions"]),
        smallest=figures["smallest"],
        chart=_chart(made, names),
    )


def _sentence(made: Sequence[Mapping[str, Any]], sure: int, likely: int, names: _Names) -> str:
    if not made:
        return _("No test was asked for, or none could be made.")
    first = ngettext(
        "%(tests)s test was made; %(sure)s found something that stands among all tests (Holm).",
        "%(tests)s tests were made; %(sure)s found something that stands among all tests (Holm).",
        len(made),
    ) % {"tests": len(made), "sure": sure}
    more = _("%(likely)s stand by the milder rule of Benjamini and Hochberg.") % {"likely": likely}
    if not sure:
        return f"{first} {more}"
    strongest = next(test for test in made if test["holm"] < wording.SURE)
    return " ".join(
        (
            first,
            more,
            _("The strongest: “%(question)s” by “%(by)s”.")
            % {"question": names.of(strongest["question"]), "by": names.of(strongest["by"])},
        )
    )


def _row(test: Mapping[str, Any], names: _Names, overview: Overview, *, ask: bool) -> Row:
    question, by = names.of(test["question"]), names.of(test["by"])
    is_table = "counts" in test
    url = ""
    if ask:
        asked = (
            Question(kind="crosstab", rows=test["by"], columns=test["question"], weighting="off")
            if is_table
            else Question(kind="compare", outcome=test["question"], by=test["by"], weighting="off")
        )
        url = f"{reverse('situation:ask', args=[overview.answer_set_id])}?{asked.as_address()}"
    if "p" not in test:
        return Row(
            question, by, "", "", "–", "–", "–", "–", url, is_finding=False, reason=_("could not be tested")
        )
    return Row(
        question=question,
        by=by,
        effect=str(wording.EFFECTS.get(test["effect"], test["effect"])),
        size=f"{wording.figure(test['value'])} ({wording.interval(test['low'], test['high'])})",
        p=wording.chance(test["p"]),
        holm=wording.chance(test["holm"]),
        fair=wording.chance(test["fair"]),
        n=wording.figure(test["n"], digits=0),
        url=url,
        is_finding=test["holm"] < wording.SURE,
    )


def _scale(scale: Mapping[str, Any]) -> tuple[str, ...]:
    name = in_language(scale["label"]).text or scale["code"]
    if "alpha" not in scale:
        return (name, str(len(scale["items"])), "–", "–", "–", "–")
    omega = scale.get("omega")
    return (
        name,
        str(len(scale["items"])),
        wording.figure(scale["alpha"]),
        wording.interval(scale["low"], scale["high"]),
        "–" if omega is None else wording.figure(omega),
        wording.figure(scale["n"], digits=0),
    )


def _described(entry: Mapping[str, Any], names: _Names) -> Described:
    rows = []
    total = entry["n"]
    for place, count in enumerate(entry.get("counts", ())):
        if count == 0 and not entry["options"]:
            continue
        rows.append(
            (
                names.answer(entry["code"], place),
                _("few") if count is None else wording.figure(count, digits=0),
                "–" if count is None or not total else wording.percent(count / total),
            )
        )
    mean = ""
    if entry.get("mean") is not None:
        mean = _("Mean %(mean)s") % {"mean": wording.figure(entry["mean"])}
        if entry["low"] is not None:
            mean += f" ({wording.interval(entry['low'], entry['high'])})"
    return Described(
        name=names.of(entry["code"]),
        n=wording.figure(total, digits=0),
        missing=wording.figure(entry["missing"], digits=0),
        rows=tuple(rows),
        mean=mean,
    )


def _chart(made: Sequence[Mapping[str, Any]], names: _Names) -> charts.Chart | None:
    tables = [test for test in made if test["effect"] == "cramers_v" and test["holm"] < wording.SURE]
    if len(tables) < 2:
        return None
    return charts.dots_with_intervals(
        title=_("Strongest link: “%(question)s” by “%(by)s”")
        % {"question": names.of(tables[0]["question"]), "by": names.of(tables[0]["by"])},
        description=_("Cramér’s V of the strongest links, from 0 (none) to 1."),
        rows=[
            (
                f"{names.of(test['question'])} × {names.of(test['by'])}",
                test["value"],
                test["low"],
                test["high"],
            )
            for test in tables[:MOST_DRAWN]
        ],
        interval_label=_("95 % interval"),
    )


def workbook(overview: Overview) -> bytes:
    """Return every figure unrounded, as a workbook of four sheets."""
    import openpyxl

    figures = overview.figures
    names = _Names(figures)
    book = openpyxl.Workbook(write_only=True)
    for title, rows in (
        ("tests", _test_rows(figures, names)),
        ("questions", _question_rows(figures, names)),
        ("groups", _group_rows(figures, names)),
        ("scales", _scale_rows(figures)),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


FIGURES = (
    "method", "statistic_name", "statistic", "df", "df_denominator", "p", "holm", "fair",
    "effect", "value", "low", "high", "n", "missing", "reason",
)  # fmt: skip


def _test_rows(figures: Mapping[str, Any], names: _Names) -> Iterator[list[Any]]:
    yield ["question", "words", "by", "words of the grouping", *FIGURES]
    for test in figures["tests"]:
        yield [
            test["question"],
            names.of(test["question"]),
            test["by"],
            names.of(test["by"]),
            *(test.get(name) for name in FIGURES),
        ]


def _question_rows(figures: Mapping[str, Any], names: _Names) -> Iterator[list[Any]]:
    yield ["question", "words", "answer", "people", "n", "missing", "mean", "sd", "median", "low", "high"]
    for entry in figures["questions"]:
        head = [entry["code"], names.of(entry["code"])]
        described = [entry.get(name) for name in ("mean", "sd", "median", "low", "high")]
        yield [*head, "", "", entry["n"], entry["missing"], *described]
        for place, count in enumerate(entry.get("counts", ())):
            yield [*head, names.answer(entry["code"], place), "few" if count is None else count]


def _group_rows(figures: Mapping[str, Any], names: _Names) -> Iterator[list[Any]]:
    yield ["question", "by", "group", "answer", "people", "mean", "sd", "median", "low", "high"]
    for test in figures["tests"]:
        head = [test["question"], test["by"]]
        for row, group in enumerate(test["groups"]):
            name = names.answer(test["by"], group)
            if "counts" in test:
                for column, point in enumerate(test["points"]):
                    count = test["counts"][row][column]
                    yield [
                        *head,
                        name,
                        names.answer(test["question"], point),
                        "few" if count is None else count,
                    ]
            elif (one := test["means"][row]) is None:
                yield [*head, name, "", "few"]
            else:
                yield [*head, name, "", *(one[key] for key in ("n", "mean", "sd", "median", "low", "high"))]


def _scale_rows(figures: Mapping[str, Any]) -> Iterator[list[Any]]:
    yield ["scale", "words", "items", "alpha", "low", "high", "omega", "n", "missing", "reason"]
    for scale in figures["scales"]:
        yield [
            scale["code"],
            in_language(scale["label"]).text,
            ", ".join(scale["items"]),
            *(scale.get(name) for name in ("alpha", "low", "high", "omega", "n", "missing", "reason")),
        ]
