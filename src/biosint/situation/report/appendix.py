"""What stands at the end: the questionnaires in full, the indicators and their formula, the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.shared.words import in_language
from biosint.situation.formula_words import formula_words
from biosint.situation.report import methods
from biosint.situation.report.gathering import Told
from biosint.situation.report.numbering import Numbering

if TYPE_CHECKING:
    from biosint.surveys.api import Column


def questionnaires(told: Told, number: Numbering) -> list[papers.Part]:
    """Return every question that was asked, with its answers to choose from."""
    if not told.asked:
        return []
    found = [papers.heading(_("Appendix: questionnaires"), anchor="questionnaires")]
    seen: set[int | None] = set()
    for asked in told.asked:
        version = asked.answer_set.version
        if version is not None and version.pk in seen:
            continue
        seen.add(version.pk if version else None)
        found.append(
            number.table(
                asked.answer_set.title,
                (_("Code"), _("Question"), _("Answers to choose from")),
                [
                    (column.code, _asked_words(column), "; ".join(_choices(column)) or str(column.kind.label))
                    for column in asked.answer_set.columns
                ],
            )
        )
    return found


def _asked_words(column: Column) -> str:
    own = in_language(column.label).text
    scale = in_language(column.scale_label).text if column.scale else ""
    return f"{scale} {own}".strip()


def _choices(column: Column) -> Iterator[str]:
    if column.options:
        for option in column.options:
            yield in_language(option.label).text or option.code
    elif column.least is not None and column.most is not None:
        yield _("%(least)s to %(most)s") % {"least": f"{column.least:g}", "most": f"{column.most:g}"}


def indicators(told: Told, number: Numbering) -> list[papers.Part]:
    """Return the indicators of the round and what each dimension weighs."""
    if told.index is None:
        return []
    one = told.report.round
    assert one is not None  # noqa: S101 -- there is no index without a round
    found = [
        papers.heading(_("Appendix: indicators and formula"), anchor="indicators"),
        papers.plain(
            _("Formula: “%(title)s” (%(code)s).") % {"title": one.formula, "code": one.formula.code}
        ),
        papers.words("\n".join(f"- {sentence}" for sentence in formula_words(one.formula.formula))),
    ]
    found.append(
        number.table(
            _("Indicators"),
            (_("Code"), _("Indicator"), _("Dimension"), _("Kind"), _("Weight")),
            [
                (
                    one.code,
                    in_language(one.title).text,
                    in_language(one.dimension.title).text,
                    str(one.get_kind_display()),
                    f"{one.weight.normalize():f}",
                )
                for one in told.index.indicators
            ],
        )
    )
    return found


def references(told: Told) -> list[papers.Part]:
    """Return the sources of the methods that were used."""
    more = ("Eysenbach 2004", "von Elm 2007") if told.asked else ()
    sources = methods.references_for(methods.codes_used(told), *more)
    if not sources:
        return []
    return [
        papers.heading(_("Sources of the methods"), anchor="references"),
        papers.words("\n".join(f"- {source}" for source in sources)),
    ]
