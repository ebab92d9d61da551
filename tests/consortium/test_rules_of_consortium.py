from datetime import date

import pytest
from django.db import IntegrityError

from biosint.consortium.api import Membership, MembershipState, Role, may_lead
from biosint.consortium.models import Consortium
from biosint.consortium.rules import may_ask, may_decide, may_end, may_found, may_see_request, visible_to
from biosint.people.api import Office
from clock import NOON
from factories import (
    AdministratorFactory,
    ConsortiumFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    OpenMembershipFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db
CAST = {
    "student": StudentFactory,
    "teacher": TeacherFactory,
    "administrator": AdministratorFactory,
    "coordinator": CoordinatorFactory,
    "quality_board": QualityBoardFactory,
    "dean": DeanFactory,
}


@pytest.mark.parametrize("office", Office.values)
def test_only_a_coordinator_of_the_coordinating_institution_leads(office: str) -> None:
    consortium = ConsortiumFactory()

    assert bool(may_lead(CAST[office](at=consortium.coordinator), consortium)) is (office == "coordinator")
    assert not may_lead(CAST[office](), consortium)


@pytest.mark.parametrize("office", Office.values)
def test_only_a_coordinator_founds_and_only_for_the_own_institution(office: str) -> None:
    here = InstitutionFactory()
    person = CAST[office](at=here)

    assert bool(may_found(person, here)) is (office == "coordinator")
    assert bool(may_found(person)) is (office == "coordinator")
    assert not may_found(person, InstitutionFactory())


@pytest.mark.parametrize("office", Office.values)
@pytest.mark.parametrize("state", MembershipState.values)
def test_a_request_is_decided_by_who_leads_and_only_while_it_is_open(office: str, state: str) -> None:
    consortium = ConsortiumFactory()
    open_state = state in {"asked", "invited"}
    factory = OpenMembershipFactory if open_state else MembershipFactory
    membership = factory(consortium=consortium, state=state)

    allowed = bool(may_decide(CAST[office](at=consortium.coordinator), membership))
    assert allowed is (office == "coordinator" and state == "asked")
    assert not may_decide(CAST[office](at=membership.institution), membership)


@pytest.mark.parametrize("state", MembershipState.values)
def test_a_membership_is_ended_by_who_leads_or_by_the_member_itself(state: str) -> None:
    consortium = ConsortiumFactory()
    factory = OpenMembershipFactory if state in {"asked", "invited"} else MembershipFactory
    membership = factory(consortium=consortium, state=state)
    standing = state == "member"

    assert bool(may_end(CoordinatorFactory(at=consortium.coordinator), membership)) is standing
    assert bool(may_end(CoordinatorFactory(at=membership.institution), membership)) is standing
    assert not may_end(CoordinatorFactory(), membership)
    assert not may_end(TeacherFactory(at=membership.institution), membership)


def test_the_coordinating_institution_cannot_leave() -> None:
    consortium = ConsortiumFactory()
    own = consortium.memberships.get()

    assert "cannot leave" in str(may_end(SiteAdministratorFactory(), own).reason)


def test_the_list_of_requests_says_the_same_as_the_rule() -> None:
    consortium = ConsortiumFactory()
    asking = OpenMembershipFactory(consortium=consortium)
    OpenMembershipFactory()
    MembershipFactory(consortium=consortium, state="declined")
    member = MembershipFactory(consortium=consortium)
    readers = [
        PersonFactory(),
        asking.asked_by,
        CoordinatorFactory(at=consortium.coordinator),
        CoordinatorFactory(at=asking.institution),
        AdministratorFactory(at=consortium.coordinator),
        SiteAdministratorFactory(),
    ]

    for reader in readers:
        listed = set(Membership.objects.filter(visible_to(reader)).values_list("pk", flat=True))
        allowed = {
            one.pk
            for one in Membership.objects.select_related("consortium__coordinator")
            if may_see_request(reader, one)
        }
        assert listed == allowed
    assert not may_see_request(readers[0], asking)
    assert not may_see_request(readers[0], member)


def test_where_an_institution_has_its_own_people_only_they_ask_for_it() -> None:
    here = InstitutionFactory()
    stranger, coordinator = PersonFactory(), CoordinatorFactory(at=here)

    assert may_ask(stranger, here, speakers=frozenset())
    assert may_ask(coordinator, here, speakers=frozenset({coordinator.pk}))
    assert "has its own people here" in str(
        may_ask(stranger, here, speakers=frozenset({coordinator.pk})).reason
    )


def test_months_are_counted_from_the_first_day() -> None:
    project = Consortium(start_date=date(2024, 1, 31), months=36)

    assert project.end_date == date(2027, 1, 31)
    assert project.starts_month(1) == date(2024, 1, 31)
    assert project.starts_month(2) == date(2024, 2, 29)
    assert project.month_of(date(2024, 2, 28)) == 1
    assert project.month_of(date(2024, 2, 29)) == 2
    assert project.month_of(date(2024, 1, 30)) == 0


def test_an_institution_stands_once_in_a_consortium() -> None:
    standing = MembershipFactory()

    with pytest.raises(IntegrityError):
        OpenMembershipFactory(consortium=standing.consortium, institution=standing.institution)


def test_a_consortium_has_one_coordinating_member() -> None:
    consortium = ConsortiumFactory()

    with pytest.raises(IntegrityError):
        MembershipFactory(consortium=consortium, role=Role.COORDINATOR)


@pytest.mark.parametrize("broken", [{"decided_at": None}, {"decided_by": None}])
def test_who_decided_and_when_stand_together(broken: dict[str, None]) -> None:
    with pytest.raises(IntegrityError):
        MembershipFactory(**broken)


def test_an_open_membership_is_not_decided_yet() -> None:
    with pytest.raises(IntegrityError):
        OpenMembershipFactory(decided_by=PersonFactory(), decided_at=NOON)


def test_a_project_lasts_at_least_a_month() -> None:
    with pytest.raises(IntegrityError):
        ConsortiumFactory(months=0)


def test_who_answered_a_letter_and_when_stand_together() -> None:
    with pytest.raises(IntegrityError):
        InvitationFactory(answered_at=NOON)
