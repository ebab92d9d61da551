"""The situation abroad: what was read, and how much it can carry."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.gateways import papers
from biosint.shared.languages import country_name
from biosint.situation import references, wording
from biosint.situation.queries import research
from biosint.situation.report.gathering import Told
from biosint.situation.report.numbering import Numbering
from biosint.situation.states import GRADE_MEANINGS, Grade


def parts(told: Told, number: Numbering) -> list[papers.Part]:
    """Return the literature table; nothing where no finding was published."""
    consortium = told.report.consortium
    found = list(research.published_findings_of(consortium))
    if not found:
        return []
    themes = {theme.code: theme.name for theme in research.themes_of(consortium)}
    sources = {finding.source_id for finding in found}
    first = ngettext(
        "The desk research holds one finding",
        "The desk research holds %(number)s findings",
        len(found),
    ) % {"number": len(found)}
    second = ngettext(
        "%(first)s from one source.", "%(first)s from %(number)s sources.", len(sources)
    ) % {"first": first, "number": len(sources)}  # fmt: skip
    return [
        papers.heading(_("The situation abroad"), level=3, anchor="literature"),
        papers.plain(f"{second} {_agreement(told)}".strip()),
        number.table(
            _("What others found"),
            (_("Theme"), _("What was found"), _("Countries"), _("Source"), _("Grade")),
            [
                (
                    themes.get(finding.theme, finding.theme),
                    finding.text,
                    ", ".join(country_name(code) for code in finding.countries),
                    finding.source.short,
                    finding.grade,
                )
                for finding in found
            ],
        ),
        papers.note(" ".join(f"{grade.value}: {GRADE_MEANINGS[grade]}" for grade in Grade)),
    ]


def _agreement(told: Told) -> str:
    agreed = research.agreement(told.report.consortium)
    if agreed is None:
        return ""
    return _("Two people graded %(n)s of them on their own and gave the same grade in %(share)s %%.") % {
        "n": agreed.n,
        "share": wording.figure(agreed.share, digits=0),
    }


def sources(told: Told) -> list[papers.Part]:
    """Return the sources read, as a list of references."""
    listed = {
        finding.source_id: references.written(research.reference_of(finding.source))
        for finding in research.published_findings_of(told.report.consortium)
    }
    if not listed:
        return []
    return [
        papers.heading(_("Sources read"), anchor="sources"),
        *(papers.plain(words) for words in sorted(listed.values(), key=str.casefold)),
    ]
