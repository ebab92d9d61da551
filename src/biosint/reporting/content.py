"""What a report says, described once; page, PDF and DOCX show the same parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.consortium import api as consortium
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.shared import charts
from biosint.workplan import api as workplan

if TYPE_CHECKING:
    from biosint.reporting.models import Report


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and the evidence it was counted from. ``institution`` is empty for the whole consortium."""

    key: str
    kind: str
    institution: str  # slug
    institution_name: str
    amount: Decimal
    items: tuple[int, ...]

    @property
    def label(self) -> str:
        return str(evidence.kind_of(self.kind).label)

    @property
    def unit(self) -> str:
        return str(evidence.kind_of(self.kind).unit_words)

    @property
    def shown(self) -> str:
        return amount_words(self.amount)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A work package as it stood."""

    code: str
    title: str
    lead: str
    percent: int
    complete: bool
    deliverables: tuple[tuple[str, str, str, int], ...]  # code, title, state, percent


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a report counts."""

    figures: tuple[Figure, ...]
    by_institution: tuple[Figure, ...]
    plan: tuple[PlanRow, ...]
    counted_at: datetime


def amount_words(amount: Decimal) -> str:
    """Return an amount without idle zeros, in the reader's numerals."""
    return str(
        formats.number_format(
            amount.normalize() if amount % 1 else amount.to_integral_value(), force_grouping=True
        )
    )


def counted(report: Report, at: datetime) -> Content:
    """Count a report's figures from standing evidence of its period and members, in a fixed number of queries."""
    members = list(consortium.members_of(report.consortium))
    since = evidence.day_start(report.since_date)
    until = evidence.day_start(report.until_date + timedelta(days=1))
    rows = list(
        evidence.items(among=members, since=since, until=until)
        .order_by("kind", "institution__name", "pk")
        .values_list("kind", "institution_id", "pk", "quantity")
    )
    places = {member.pk: member for member in members}
    return Content(
        figures=tuple(
            _figure(kind, None, list(part)) for kind, part in groupby(rows, key=lambda row: row[0])
        ),
        by_institution=tuple(
            _figure(kind, places[place], list(part))
            for (kind, place), part in groupby(rows, key=lambda row: (row[0], row[1]))
        ),
        plan=tuple(_plan_row(each) for each in workplan.plan_of(report.consortium)),
        counted_at=at,
    )


def _figure(kind: str, institution: Institution | None, rows: list[tuple[str, int, int, Decimal]]) -> Figure:
    return Figure(
        key=f"{kind}~{institution.slug}" if institution else kind,
        kind=kind,
        institution=institution.slug if institution else "",
        institution_name=institution.short_name if institution else "",
        amount=sum((quantity for _kind, _place, _pk, quantity in rows), Decimal(0)),
        items=tuple(pk for _kind, _place, pk, _quantity in rows),
    )


def _plan_row(each: workplan.Package) -> PlanRow:
    return PlanRow(
        code=each.package.code,
        title=each.package.title,
        lead=each.package.lead.short_name,
        percent=each.percent,
        complete=each.complete,
        deliverables=tuple(
            (task.deliverable.code, task.deliverable.title, task.deliverable.state, task.percent)
            for task in each.tasks
        ),
    )


def as_plain(content: Content) -> dict[str, Any]:
    """Return the content as plain values, to be kept with a final report."""

    def figure(each: Figure) -> dict[str, Any]:
        return {
            "key": each.key,
            "kind": each.kind,
            "institution": each.institution,
            "institution_name": each.institution_name,
            "amount": str(each.amount),
            "items": list(each.items),
        }

    return {
        "counted_at": content.counted_at.isoformat(),
        "figures": [figure(each) for each in content.figures],
        "by_institution": [figure(each) for each in content.by_institution],
        "plan": [
            {
                "code": row.code,
                "title": row.title,
                "lead": row.lead,
                "percent": row.percent,
                "complete": row.complete,
                "deliverables": [list(each) for each in row.deliverables],
            }
            for row in content.plan
        ],
    }


def from_plain(plain: dict[str, Any]) -> Content:
    """Return the content a final report kept."""

    def figure(each: dict[str, Any]) -> Figure:
        return Figure(
            key=each["key"],
            kind=each["kind"],
            institution=each["institution"],
            institution_name=each["institution_name"],
            amount=Decimal(each["amount"]),
            items=tuple(each["items"]),
        )

    return Content(
        figures=tuple(figure(each) for each in plain["figures"]),
        by_institution=tuple(figure(each) for each in plain["by_institution"]),
        plan=tuple(
            PlanRow(
                code=row["code"],
                title=row["title"],
                lead=row["lead"],
                percent=row["percent"],
                complete=row["complete"],
                deliverables=tuple(
                    (code, title, state, percent) for code, title, state, percent in row["deliverables"]
                ),
            )
            for row in plain["plan"]
        ),
        counted_at=datetime.fromisoformat(plain["counted_at"]),
    )


CHARTED = ("exchange.learner_completed", "situation.answers_collected", "outreach.activity_held")


def drawings(content: Content) -> list[charts.Chart]:
    """Return one chart per charted kind that has evidence: who contributed how much."""
    found: list[charts.Chart] = []
    for kind in CHARTED:
        parts = sorted(
            (each for each in content.by_institution if each.kind == kind),
            key=lambda each: each.amount,
            reverse=True,
        )
        if not parts:
            continue
        whole = sum((each.amount for each in parts), Decimal(0))
        title = ngettext(
            "%(label)s: %(amount)s at one institution",
            "%(label)s: %(amount)s at %(number)s institutions, most at %(first)s",
            len(parts),
        ) % {
            "label": parts[0].label,
            "amount": amount_words(whole),
            "number": len(parts),
            "first": parts[0].institution_name,
        }
        found.append(
            charts.bars(
                title=title,
                rows=[charts.Bar(label=each.institution_name, value=float(each.amount)) for each in parts],
                unit=parts[0].unit,
                source=_("Evidence of the platform, period of this report"),
            )
        )
    return found
