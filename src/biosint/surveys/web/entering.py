"""Through which door a person comes to a questionnaire: which institution and group, and with which ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.surveys.models import AnswerSet, AskedInstitution, Ticket
from biosint.surveys.states import GROUP, INSTITUTION, Entry
from biosint.surveys.tickets import digest_of, tidy

if TYPE_CHECKING:
    from django.http import HttpRequest

    from biosint.institutions.models import Institution
    from biosint.surveys.models import AskedGroup

TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to choose on the page: an institution, or a group at it."""

    institution: Institution
    group: AskedGroup | None = None

    @property
    def value(self) -> str:
        """In the form and in links: ``faculty`` or ``faculty/second-year``."""
        return f"{self.institution.slug}/{self.group.code}" if self.group else self.institution.slug

    @property
    def is_full(self) -> bool:
        return self.group is not None and self.group.full_at is not None


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a person stands before the questions."""

    ways: list[Way]
    chosen: Way | None = None
    is_fixed: bool = False
    code: str = ""
    ticket: Ticket | None = None

    @property
    def asks_for_ticket(self) -> bool:
        """A ticket is needed, and none that we know was shown."""
        return self.ticket is None and self.is_fixed and self.chosen is None

    @property
    def places(self) -> list[tuple[Institution, list[Way]]]:
        """The ways by institution, in the order of the page."""
        found: dict[Institution, list[Way]] = {}
        for way in self.ways:
            found.setdefault(way.institution, []).append(way)
        return list(found.items())

    @property
    def chooses_group_only(self) -> bool:
        return len({way.institution.pk for way in self.ways}) == 1

    @property
    def is_full(self) -> bool:
        """Nobody can come in here any more."""
        if self.chosen is not None and self.is_fixed:
            return self.chosen.is_full
        return bool(self.ways) and all(way.is_full for way in self.ways)


def entrance_of(request: HttpRequest, answer_set: AnswerSet) -> Entrance:
    """Read the ticket, or the choice of institution and group, from the form or else from the address."""
    if answer_set.entry == Entry.TICKETS:
        return _by_ticket(tidy(_said(request, TICKET)), answer_set)
    ways = _ways_of(answer_set)
    if len(ways) == 1:
        return Entrance(ways, ways[0], is_fixed=True)
    place, _mark, group = _said(request, INSTITUTION).partition("/")
    place, group = place or request.GET.get("at", ""), group or request.GET.get(GROUP, "")
    wanted = f"{place}/{group}" if group else place
    chosen = next((way for way in ways if way.value == wanted), None)
    # A link to one group of one institution says it all; an institution alone is only proposed.
    is_fixed = chosen is not None and chosen.value == f"{request.GET.get('at')}/{request.GET.get(GROUP)}"
    return Entrance(ways, chosen, is_fixed=is_fixed)


def _said(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, "") or request.GET.get(name, ""))[:200]


def _ways_of(answer_set: AnswerSet) -> list[Way]:
    asked = AskedInstitution.objects.filter(answer_set=answer_set).select_related("institution")
    ways: list[Way] = []
    for entry in asked.prefetch_related("groups"):
        groups = [Way(entry.institution, group) for group in entry.groups.all()]
        ways.extend(groups or [Way(entry.institution)])
    return ways


def _by_ticket(code: str, answer_set: AnswerSet) -> Entrance:
    known = Ticket.objects.filter(asked__answer_set=answer_set).select_related("asked__institution", "group")
    ticket = known.filter(pk=digest_of(code)).first() if code else None
    way = Way(ticket.asked.institution, ticket.group) if ticket else None
    return Entrance([], way, is_fixed=True, code=code, ticket=ticket)
