"""What the consortium has to show: figures that open, and a catalogue of results with licence and date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.consortium import api as consortium
from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.exchange import api as exchange
from biosint.exchange.api import CourseState
from biosint.impact import api as impact
from biosint.institutions.api import Institution
from biosint.outreach.queries import practices_for
from biosint.outreach.states import LICENCE
from biosint.shared import charts
from biosint.shared.verdicts import Sentence
from biosint.strategies import api as strategies
from biosint.workplan import api as workplan
from biosint.workplan.api import DeliverableState

MOST_CHARTS = 6
MOST_OF_A_KIND = 500

DOCUMENTS, COURSES, PRACTICES = "documents", "courses", "practices"
COMPARISONS, DELIVERABLES = "comparisons", "deliverables"
KINDS: dict[str, Sentence] = {
    DOCUMENTS: gettext_lazy("Strategies, protocols and guides"),
    COURSES: gettext_lazy("International courses"),
    PRACTICES: gettext_lazy("Good practices"),
    COMPARISONS: gettext_lazy("Comparisons of cost and benefit"),
    DELIVERABLES: gettext_lazy("Deliverables of the project"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum and the list it was counted from."""

    label: Sentence
    value: Decimal
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that others may read and use. Without ``url`` it is sent to who asks for it."""

    kind: str
    label: Sentence  # the kind of this one thing
    title: str
    url: str
    institution: Institution | None
    published_date: date
    language: str
    licence: tuple[str, str] = LICENCE


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of the results page and its small multiples."""

    figures: list[Figure]
    charts: list[charts.Bars]


def told(project: Consortium | None) -> Told:
    """Count public evidence by kind and institution: two queries, however much there is."""
    public = {kind.code: kind for kind in evidence.kinds() if kind.public}
    members = list(consortium.members_of(project)) if project else []
    asked: dict[str, Any] = {}
    if project:
        asked = {"among": members, "since": evidence.day_start(project.start_date)}
    per_kind: dict[str, dict[int, Decimal]] = defaultdict(dict)
    rows = (
        evidence.items(kinds=public, **asked)
        .order_by("kind")
        .values_list("kind", "institution_id")
        .annotate(sum=Sum("quantity"))
    )
    for code, institution_id, amount in rows:
        per_kind[code][institution_id] = amount
    figures = [
        Figure(
            capfirst(str(public[code].label)),
            sum(by.values(), Decimal(0)),
            public[code].unit,
            evidence.list_url(kind=code, **asked),
        )
        for code, by in per_kind.items()
    ]
    # Kinds in which most partners have a part tell most about the consortium; equal bars tell nothing.
    shared = sorted(
        (code for code, by in per_kind.items() if len(by) > 1 and len(set(by.values())) > 1),
        key=lambda code: (-len(per_kind[code]), code),
    )
    return Told(figures, [_chart(public[code], per_kind[code], members) for code in shared[:MOST_CHARTS]])


def _chart(kind: evidence.Kind, by: dict[int, Decimal], members: list[Institution]) -> charts.Bars:
    rows = sorted(
        ((member.short_name, float(by.get(member.pk, 0))) for member in members),
        key=lambda row: (-row[1], row[0]),
    )
    total = sum(value for _name, value in rows)
    return charts.bars(
        title=_("%(label)s: %(total)s in all, at %(some)s of %(all)s partners")
        % {
            "label": capfirst(str(kind.label)),
            "total": _sum_written(total),
            "some": sum(value > 0 for _name, value in rows),
            "all": len(rows),
        },
        rows=rows,
        source=_("evidence on this site"),
        digits=0 if all(value.is_integer() for _name, value in rows) else 1,
    )


def _sum_written(value: float) -> str:
    """Write a sum as people write it: no decimals where there are none."""
    digits = 0 if value.is_integer() else 1
    return str(number_format(round(value, digits), decimal_pos=digits, force_grouping=True))


def catalogue(project: Consortium | None, kind: str = "") -> list[Result]:
    """Return everything published, the newest first; of one kind if one is named."""
    sources: dict[str, Callable[[], list[Result]]] = {
        DOCUMENTS: _documents,
        COURSES: _courses,
        PRACTICES: _practices,
        COMPARISONS: _comparisons,
        DELIVERABLES: lambda: _deliverables(project),
    }
    wanted = [sources[kind]] if kind in sources else sources.values()
    found = [result for source in wanted for result in source()]
    return sorted(found, key=lambda result: (result.published_date, result.title), reverse=True)


def _day(moment: Any) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def _documents() -> list[Result]:
    return [
        Result(
            DOCUMENTS,
            document.get_kind_display(),
            document.title,
            document.get_absolute_url(),
            document.institution,
            _day(document.public_since),
            document.language,
        )
        for document in strategies.documents_for(None)[:MOST_OF_A_KIND]
    ]


def _courses() -> list[Result]:
    return [
        Result(
            COURSES,
            _("international course"),
            course.title,
            reverse("exchange:course", args=[course.slug]),
            course.host,
            course.end_date,
            course.language,
        )
        for course in exchange.catalogue(state=CourseState.FINISHED).prefetch_related(None)[:MOST_OF_A_KIND]
    ]


def _practices() -> list[Result]:
    return [
        Result(
            PRACTICES,
            _("good practice"),
            practice.title,
            practice.get_absolute_url(),
            practice.institution,
            _day(practice.reviewed_at),
            practice.language,
        )
        for practice in practices_for(None)[:MOST_OF_A_KIND]
    ]


def _comparisons() -> list[Result]:
    return [
        Result(
            COMPARISONS,
            _("comparison of cost and benefit"),
            str(comparison),
            comparison.get_absolute_url(),
            comparison.institution,
            _day(comparison.public_since),
            "en",
        )
        for comparison in impact.comparisons_for(None).prefetch_related(None)[:MOST_OF_A_KIND]
    ]


def _deliverables(project: Consortium | None) -> list[Result]:
    """Approved and public. Their pages are inside the work plan, so they carry no address."""
    if project is None:
        return []
    approved = workplan.deliverables_of(project).filter(
        state=DeliverableState.APPROVED, level="public", reviewed_at__isnull=False
    )
    return [
        Result(
            DELIVERABLES,
            _("deliverable"),
            str(deliverable),
            "",
            deliverable.work_package.lead,
            _day(deliverable.reviewed_at),
            "en",
        )
        for deliverable in approved[:MOST_OF_A_KIND]
    ]


def linked_data(project: Consortium | None, results: list[Result]) -> str:
    """Return schema.org words for search engines, safe inside a script element."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": str(_("Results")),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "item": {
                    "@type": "Course" if result.kind == COURSES else "CreativeWork",
                    "name": result.title,
                    **({"url": settings.SITE_URL + result.url} if result.url else {}),
                    "inLanguage": result.language,
                    "datePublished": result.published_date.isoformat(),
                    "license": result.licence[1],
                    **(
                        {"provider": {"@type": "CollegeOrUniversity", "name": result.institution.name}}
                        if result.institution
                        else {}
                    ),
                },
            }
            for position, result in enumerate(results, 1)
        ],
    }
    if project is not None:
        told["about"] = {
            "@type": "ResearchProject",
            "name": project.title,
            "alternateName": project.acronym,
            "identifier": project.grant_reference,
        }
    return (
        json.dumps(told, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
