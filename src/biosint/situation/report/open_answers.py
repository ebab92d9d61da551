"""What people wrote in their own words: how often each code was given, how far two coders agreed, released quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.situation import wording
from biosint.situation.models.coding import Codebook
from biosint.situation.queries import coding
from biosint.situation.report.gathering import Told
from biosint.situation.report.numbering import Numbering

if TYPE_CHECKING:
    from biosint.situation.queries.coding import Cell, Desk

MOST_QUOTES = 3


def parts(told: Told, number: Numbering) -> list[papers.Part]:
    """Return a section for each finished coding of the answer sets; nothing where none is finished."""
    sets = [asked.answer_set.pk for asked in told.asked]
    closed = Codebook.objects.filter(answer_set__in=sets, closed_at__isnull=False).select_related(
        "answer_set__version"
    )
    found: list[papers.Part] = []
    for codebook in closed:
        if not found:
            found.append(papers.heading(_("What people wrote"), level=3, anchor="open-answers"))
        found += _coding(codebook, number)
    return found


def _coding(codebook: Codebook, number: Numbering) -> list[papers.Part]:
    desk = coding.desk_of(codebook)
    counted = coding.frequencies(desk, everybody=_("All together"))
    title = coding.question_words(codebook)
    found = [
        papers.heading(title, level=4),
        papers.plain(_agreement(desk)),
        number.table(
            f"{title} ({codebook.answer_set.title})",
            (_("Code"), _("Answers"), _("Share"), _("95 % interval")),
            [(name, *_cells(cells[0])) for name, cells in counted.rows],
        ),
    ]
    quotes = [quote for code in codebook.codes.all() for quote in code.quotes.all()[:1]][:MOST_QUOTES]
    found += [papers.plain(f"“{quote.text}” ({quote.code.label})") for quote in quotes]
    return found


def _cells(cell: Cell) -> tuple[str, str, str]:
    if cell.count is None or cell.percent is None:
        return (_("few"), "–", "–")
    share, low, high = cell.percent
    return (
        wording.figure(cell.count, digits=0),
        f"{wording.figure(share, digits=0)} %",
        f"{wording.figure(low, digits=0)} – {wording.figure(high, digits=0)}",
    )


def _agreement(desk: Desk) -> str:
    sentence = _("%(n)s people wrote an answer.") % {"n": wording.figure(len(desk.texts), digits=0)}
    agreed = coding.agreements(desk)
    if not agreed or agreed[0].kappa is None:
        return sentence
    kappa = agreed[0].kappa
    return f"{sentence} " + _(
        "Two coders read %(sample)s of them on their own and agreed with kappa %(kappa)s (95 %% interval %(interval)s); differences were settled together. An answer can have several codes."
    ) % {
        "sample": wording.figure(len(desk.sample), digits=0),
        "kappa": wording.figure(kappa.value),
        "interval": wording.interval(kappa.low, kappa.high),
    }
