"""Where people agreed the institutions stand, with the figure behind each statement, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.gateways import papers
from biosint.shared.dates import written_day
from biosint.situation.queries import objectives, workshops
from biosint.situation.report.gathering import Told
from biosint.situation.report.numbering import Numbering
from biosint.situation.states import Pairing, Side

if TYPE_CHECKING:
    from biosint.situation.models import Statement, Workshop


def parts(told: Told, number: Numbering) -> list[papers.Part]:
    """Return the section on strengths, weaknesses, opportunities and threats; nothing without a workshop."""
    workshop = told.report.workshop
    if workshop is None:
        return []
    tally = workshops.ranking(workshop)
    found = [papers.heading(_("Strengths, weaknesses, opportunities, threats"), level=3, anchor="swot")]
    if tally.ballots:
        found.append(
            papers.plain(
                ngettext(
                    "One person gave dots to the statements; they stand in the order of importance.",
                    "%(number)s people gave dots to the statements; they stand in the order of importance.",
                    tally.ballots,
                )
                % {"number": tally.ballots}
            )
        )
    for side in Side:
        ranked = tally.sides[side]
        if ranked:
            found.append(
                number.table(
                    str(side.label),
                    (_("Statement"), _("Figure behind it"), _("Dots")),
                    [
                        (one.statement.text, _figure(one.statement), str(one.dots) if tally.ballots else "–")
                        for one in ranked
                    ],
                )
            )
    return found + _options(workshop, number)


def _figure(statement: Statement) -> str:
    figure = statement.figure
    return f"{figure['value']} ({figure['source']})" if figure else "–"


def _options(workshop: Workshop, number: Numbering) -> list[papers.Part]:
    listed = objectives.options_of(workshop)
    if not listed:
        return []
    found = [
        papers.heading(_("What follows"), level=3, anchor="objectives"),
        number.table(
            _("Strategic options: what is inside meets what is outside"),
            (_("Field"), _("Option"), _("From these statements")),
            [
                (
                    str(Pairing(one.pairing).label),
                    one.text,
                    "; ".join(statement.text for statement in one.statements.all()),
                )
                for one in listed
            ],
        ),
    ]
    goals = [objective for option in listed for objective in option.objectives.all()]
    if goals:
        found.append(
            number.table(
                _("Objectives"),
                (_("Objective"), _("Measured by"), _("Where we start"), _("Target"), _("By")),
                [
                    (
                        one.text,
                        one.measured_by,
                        one.baseline.get("value", "–"),
                        f"{one.target.normalize():f} {one.unit}".strip(),
                        written_day(one.due_date),
                    )
                    for one in goals
                ],
            )
        )
    return found


def as_plain(workshop: Workshop) -> dict[str, Any]:
    """Return the workshop's result as plain values."""
    tally = workshops.ranking(workshop)
    return {
        "title": workshop.title,
        "people_who_voted": tally.ballots,
        "statements": [
            {
                "side": side.value,
                "statement": one.statement.text,
                "dots": one.dots,
                "place": one.place,
                "figure": one.statement.figure,
            }
            for side in Side
            for one in tally.sides[side]
        ],
        "options": [
            {
                "field": option.pairing,
                "option": option.text,
                "statements": [statement.text for statement in option.statements.all()],
                "objectives": [
                    {
                        "objective": one.text,
                        "measured_by": one.measured_by,
                        "baseline": one.baseline,
                        "target": str(one.target),
                        "unit": one.unit,
                        "by": one.due_date.isoformat(),
                    }
                    for one in option.objectives.all()
                ],
            }
            for option in objectives.options_of(workshop)
        ],
    }
