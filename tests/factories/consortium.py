from __future__ import annotations

import factory

from biosint.consortium.models import Consortium, Invitation, Membership
from biosint.consortium.queries import fingerprint
from biosint.consortium.states import MembershipState, Role
from clock import DAY, NOON
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


class OpenMembershipFactory(MembershipFactory):
    """An institution that asks to join and waits for the answer; ``state="invited"`` was asked itself."""

    state = MembershipState.ASKED
    why = "We look for partners for our first course from home."
    decided_by = None
    decided_at = None


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """A letter that is still open; its token is ``letter-1``, ``letter-2`` and so on."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"letter-{n + 1}")

    membership = factory.SubFactory(OpenMembershipFactory, state=MembershipState.INVITED)
    email = factory.Sequence(lambda n: f"dean{n + 1}@example.org")
    fingerprint = factory.LazyAttribute(lambda own: fingerprint(own.token))
    sent_by = factory.SelfAttribute("membership.asked_by")
    sent_at = NOON
    valid_until = NOON + 30 * DAY
