from __future__ import annotations

import factory

from biosint.consortium.models import Consortium, Membership
from biosint.consortium.states import MembershipState, Role
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory


class ConsortiumFactory(factory.django.DjangoModelFactory[Consortium]):
    """A consortium whose coordinating institution is its first member."""

    class Meta:
        model = Consortium
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"consortium-{n + 1}")
    title = factory.Sequence(lambda n: f"Wards without borders {n + 1}")
    acronym = factory.Sequence(lambda n: f"WARDS{n + 1}")
    start_date = NOON.date().replace(year=2025, day=1)
    months = 36
    coordinator = factory.SubFactory(InstitutionFactory)
    created_at = NOON
    created_by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def members(self: Consortium, create: bool, given: list[object] | None, **_more: object) -> None:
        """``ConsortiumFactory(members=[institution, …])`` adds partners."""
        if create:
            MembershipFactory(consortium=self, institution=self.coordinator, role=Role.COORDINATOR)
            for institution in given or []:
                MembershipFactory(consortium=self, institution=institution)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    consortium = factory.SubFactory(ConsortiumFactory)
    institution = factory.SubFactory(InstitutionFactory)
    role = Role.PARTNER
    state = MembershipState.MEMBER
    asked_by = factory.SubFactory(PersonFactory)
    asked_at = NOON
    decided_by = factory.SelfAttribute("asked_by")
    decided_at = NOON
