"""Who accompanies which teams without teaching the course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from biosint.exchange.models import Facilitation, Team

if TYPE_CHECKING:
    from biosint.people.api import Person


def facilitated_by(person: Person) -> Q:
    """Teams that a person accompanies without teaching: the named ones, or all of the course."""
    standing = Facilitation.objects.filter(person=person, ended_at=None)
    return Q(pk__in=Team.objects.filter(facilitations__in=standing).values("pk")) | Q(
        course__in=standing.filter(teams=None).values("course")
    )


def facilitates(person: Person, team: Team) -> bool:
    """The same sentence as ``facilitated_by``, for one team."""
    return Team.objects.filter(facilitated_by(person), pk=team.pk).exists()
