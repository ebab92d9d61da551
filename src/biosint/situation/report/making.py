"""Puts the paper together, in the order in which papers are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.gateways import papers
from biosint.shared.dates import written_day
from biosint.situation import wording
from biosint.situation.report import (
    appendix,
    bundle,
    findings,
    index,
    limits,
    literature,
    methods,
    open_answers,
    swot,
)
from biosint.situation.report.gathering import Told, gather
from biosint.situation.report.numbering import Numbering

if TYPE_CHECKING:
    from biosint.situation.models import SituationReport

IN_ABSTRACT = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A paper with its bundles, without and with single answers, and of which saving of the words they are."""

    paper: papers.Paper
    bundle: bytes
    data: bytes
    made_of: int


def make(report: SituationReport, *, at: datetime, told: Callable[[float], None]) -> Made:
    """Make the paper and the bundle in the language that is active.

    Args:
        told: called with the share of the work that is done, 0 to 1; what it raises stops the work.
    """
    made_of = report.revision
    known = gather(report, at=at, told=lambda share: told(0.8 * share))
    paper = _paper(known)
    told(0.9)
    made = Made(paper, bundle.packed(known, paper), bundle.packed_with_data(known, paper), made_of)
    told(1.0)
    return made


def _paper(told: Told) -> papers.Paper:
    report = told.report
    number = Numbering()
    parts = [
        *_abstract(told),
        *_own(told, "introduction", _("Introduction")),
        *methods.parts(told),
        papers.heading(_("Results"), anchor="results"),
        *findings.participants(told, number),
        *findings.parts(told, number),
        *open_answers.parts(told, number),
        *index.parts(told, number),
        *literature.parts(told, number),
        *swot.parts(told, number),
        *_own(told, "discussion", _("Discussion")),
        *limits.parts(told),
        *_own(told, "conclusions", _("Conclusions")),
        *_own(told, "declarations", _("Funding, interests and thanks")),
        papers.heading(_("Data")),
        papers.words(
            _(
                "The bundle that belongs to this report holds the code book, a description of every test and all values, without single answers. It is at %(address)s."
            )
            % {"address": bundle.address(report)}
        ),
        *literature.sources(told),
        *appendix.references(told),
        *limits.checklist(told, number),
        *appendix.questionnaires(told, number),
        *appendix.indicators(told, number),
    ]
    return papers.Paper(
        title=report.title,
        language=report.language,
        kicker=_("Situation analysis"),
        particulars=tuple(_particulars(told)),
        parts=tuple(parts),
        disclaimer=report.consortium.disclaimer,
        footer=report.consortium.acronym,
        contents=_("Contents"),
    )


def _particulars(told: Told) -> list[tuple[str, str]]:
    report = told.report
    about = (
        report.institution.name
        if report.institution
        else ngettext("%(number)s institution", "%(number)s institutions", len(told.members))
        % {"number": len(told.members)}
    )
    rows = [
        (_("Authors"), ", ".join(line.strip() for line in report.authors.splitlines() if line.strip())),
        (_("Project"), f"{report.consortium.title} ({report.consortium.acronym})"),
        (_("About"), about),
        (_("Figures of"), written_day(told.at)),
    ]
    return [(label, value) for label, value in rows if value]


def _own(told: Told, section: str, title: str) -> list[papers.Part]:
    """A section that people write; left out while nobody has."""
    text = told.report.words.get(section, "")
    return [papers.heading(title, anchor=section), papers.words(text)] if text.strip() else []


def _abstract(told: Told) -> list[papers.Part]:
    """Return the authors' abstract, or one made from the figures."""
    found = [papers.heading(_("Abstract"), anchor="abstract")]
    if told.report.words.get("abstract", "").strip():
        return [*found, papers.words(told.report.words["abstract"])]
    lines = []
    if told.asked:
        lines.append(
            _("%(people)s people answered: %(titles)s.")
            % {
                "people": wording.figure(sum(asked.people for asked in told.asked), digits=0),
                "titles": "; ".join(
                    f"{asked.answer_set.title} ({wording.figure(asked.people, digits=0)})"
                    for asked in told.asked
                ),
            }
        )
    lines += [result.sentence for _shown, result in told.results[:IN_ABSTRACT]]
    if told.index is not None and told.index.comparison is not None:
        lines.append(index.change_sentence(told.index.comparison))
    return [*found, *(papers.plain(line) for line in lines)]
