from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.shared.languages import country_name
from biosint.situation.models.workshops import Figure
from biosint.situation.queries import research
from biosint.situation.queries.proposals._proposal import Proposal
from biosint.situation.states import Bearing, Side

if TYPE_CHECKING:
    from biosint.situation.models import Workshop

SIDES = {Bearing.OPPORTUNITY: Side.OPPORTUNITY, Bearing.THREAT: Side.THREAT}
MOST_OF_A_SIDE = 12


def from_findings(workshop: Workshop) -> list[Proposal]:
    """Propose each published finding whose writer said that it is an opportunity or a threat, the best grades first."""
    published = research.findings_of(
        workshop.consortium, research.Wanted(order="grade", only_published=True)
    ).filter(bearing__in=list(SIDES))
    found: list[Proposal] = []
    for finding in published:
        side = SIDES[Bearing(finding.bearing)]
        if sum(one.side == side for one in found) >= MOST_OF_A_SIDE:
            continue
        places = ", ".join(country_name(code) for code in finding.countries)
        assert finding.published_at is not None  # noqa: S101 -- the filter says so
        found.append(
            Proposal(
                side=side,
                text=finding.text,
                origin=f"finding:{finding.pk}",
                figure=Figure(
                    value=_("Grade %(grade)s") % {"grade": finding.grade} + (f", {places}" if places else ""),
                    source=finding.source.short,
                    day=finding.published_at.date().isoformat(),
                    url=f"{reverse('situation:source', args=[finding.source_id])}#finding-{finding.pk}",
                ),
            )
        )
    return found
