"""What people answered: who took part, and every result of the chosen analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.situation import wording
from biosint.situation.report.gathering import Asked, Shown, Told
from biosint.situation.report.numbering import Numbering
from biosint.situation.suppression import hidden_cells
from iahcalc import samples

if TYPE_CHECKING:
    from biosint.situation.queries.results import Result


def participants(told: Told, number: Numbering) -> list[papers.Part]:
    """Return who was asked and who answered, with the interval of each rate."""
    if not told.asked:
        return []
    found = [papers.heading(_("Who took part"), level=3, anchor="participants")]
    found += [_turnout(asked, told, number) for asked in told.asked]
    found.append(
        papers.note(
            _(
                "“Asked” is the number that each institution gave: of the group that was asked, or of all its students or teachers where no other number was given."
            )
        )
    )
    return found


def _turnout(asked: Asked, told: Told, number: Numbering) -> papers.Part:
    own = told.report.institution
    one = asked.answer_set
    counts = np.array([[each.answers for each in asked.turnout]], dtype=np.float64)
    # How many answered is a count like any other, and the whole is printed below.
    hidden = hidden_cells(counts, smallest=one.smallest_group) if one.hides_small_groups else counts < 0
    rows = [
        _rate_row(each.institution.short_name, -1 if few else each.answers, each.invited)
        for each, few in zip(asked.turnout, hidden[0] if asked.turnout else (), strict=True)
        if own is None or each.institution.pk == own.pk
    ]
    if own is None or not rows:
        rows.append(_rate_row(_("All together"), asked.people, asked.invited))
    return number.table(
        one.title, (_("Institution"), _("Asked"), _("Answered"), _("Rate"), _("95 % interval")), rows
    )


def _rate_row(name: str, answers: int, invited: int | None) -> tuple[str, ...]:
    """Return one row; fewer than nobody stands for a number that is not shown."""
    shown = _("few") if answers < 0 else wording.figure(answers, digits=0)
    if not invited or answers > invited or answers < 0:
        return (name, "–" if invited is None else wording.figure(invited, digits=0), shown, "–", "–")
    rate = samples.proportion(answers, invited)
    return (
        name,
        wording.figure(invited, digits=0),
        shown,
        f"{wording.figure(100 * rate.share, digits=1)} %",
        f"{wording.figure(100 * rate.low, digits=1)} – {wording.figure(100 * rate.high, digits=1)}",
    )


def parts(told: Told, number: Numbering) -> list[papers.Part]:
    """Return every result, analysis by analysis."""
    found: list[papers.Part] = []
    analysis = None
    for shown in told.shown:
        if shown.analysis != analysis:
            analysis = shown.analysis
            found.append(papers.heading(analysis.title, level=3))
            if analysis.summary:
                found.append(papers.words(analysis.summary))
        found += _result(shown, number)
    return found


def _result(shown: Shown, number: Numbering) -> list[papers.Part]:
    result = shown.result
    if result is None:
        return [papers.note(f"{shown.code}. {shown.hindrance}"), *_compared(shown)]
    found = [
        papers.heading(f"{shown.code} {result.title}", level=4),
        papers.plain(result.sentence),
    ]
    if shown.remark:
        found.append(papers.words(shown.remark))
    found.append(
        number.table(result.title, result.head, [(line.label, *line.cells) for line in result.lines])
    )
    if result.chart is not None:
        found.append(number.drawing(result.chart, result.title))
    for part in result.parts:
        found.append(number.table(part.title, part.head, [(line.label, *line.cells) for line in part.lines]))
        if part.note:
            found.append(papers.note(part.note))
    if result.layers:
        found.append(
            number.table(
                _("%(title)s, separately for each “%(name)s”")
                % {"title": result.title, "name": result.layer_head[0]},
                result.layer_head,
                [(line.label, *line.cells) for line in result.layers],
            )
        )
    found.append(papers.note(figures_line(result)))
    if result.assumptions or result.notes:
        found.append(papers.note(" ".join((*(one.sentence for one in result.assumptions), *result.notes))))
    return [*found, *_compared(shown)]


def _compared(shown: Shown) -> list[papers.Part]:
    if shown.everybody is None:
        return []
    return [
        papers.note(_("All institutions together: %(sentence)s") % {"sentence": shown.everybody.sentence})
    ]


def figures_line(result: Result) -> str:
    """Return the figures of a result in one line, as papers print them."""
    sentences = ["; ".join(f"{name}: {value}" for name, value in result.figures) + "."]
    first = next(iter(result.tests), None)
    if first is not None and first.holm is not None and first.fair is not None:
        sentences.append(
            _("Among all tests of this analysis: %(holm)s (Holm), %(fair)s (Benjamini-Hochberg).")
            % {"holm": wording.chance(first.holm), "fair": wording.chance(first.fair)}
        )
    sentences += [result.weighting, result.missing_sentence]
    return " ".join(sentence for sentence in sentences if sentence)
