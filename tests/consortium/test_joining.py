import re
from datetime import date
from typing import Any

import pytest
from django.core import mail

from biosint.audit.api import Line
from biosint.consortium import operations
from biosint.consortium.api import (
    MembershipState,
    Role,
    consortia_of,
    current_consortium,
    is_member,
    members_of,
    memberships_of,
)
from biosint.consortium.models import Invitation, Membership
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.notices.api import Notice
from biosint.people.api import Office, Person
from biosint.shared.registries import EXPORTERS, WAITING
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import (
    ConsortiumFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    OpenMembershipFactory,
    PersonFactory,
    StudentFactory,
)

pytestmark = pytest.mark.django_db


def _facts(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Faculty of Nursing",
        "short_name": "Nursing",
        "country": "MK",
        "city": "Kumanovo",
        "latitude": 42.1322,
        "longitude": 21.7144,
        "time_zone": "Europe/Skopje",
    } | changes


def test_a_coordinator_founds_a_consortium_and_its_institution_is_the_first_member() -> None:
    here = InstitutionFactory()
    coordinator = CoordinatorFactory(at=here)

    consortium = operations.found(
        title="Wards without borders",
        acronym="Join",
        start_date=date(2026, 1, 1),
        months=24,
        coordinator=here,
        summary={"en": "A project."},
        by=coordinator,
        at=NOON,
    )

    assert current_consortium() == consortium
    assert consortium.slug == "join-2"  # /partners/join/ is a page of its own
    assert [one.role for one in memberships_of(consortium)] == [Role.COORDINATOR]
    assert evidence.total(kind="consortium.partner_joined", institution=here) == 1
    assert evidence.items(kinds=["consortium.partner_joined"]).get().proof_url == "/partners/join-2/"
    assert Line.objects.filter(action="consortium.consortium.founded").exists()


def test_a_title_is_taken_once_and_nobody_founds_for_others() -> None:
    here = InstitutionFactory()
    coordinator = CoordinatorFactory(at=here)
    words: dict[str, Any] = {
        "title": "Wards without borders",
        "acronym": "WARDS",
        "start_date": date(2026, 1, 1),
        "months": 24,
        "at": NOON,
    }
    operations.found(**words, coordinator=here, by=coordinator)

    with pytest.raises(operations.ConsortiumKnown):
        operations.found(**words, coordinator=here, by=coordinator)
    with pytest.raises(Refused, match="in its name"):
        operations.found(**words | {"title": "Other"}, coordinator=InstitutionFactory(), by=coordinator)


def test_who_leads_changes_the_facts_and_nobody_else() -> None:
    consortium = ConsortiumFactory()

    operations.change_facts(
        consortium_id=consortium.pk, by=CoordinatorFactory(at=consortium.coordinator), at=NOON, months=30
    )

    consortium.refresh_from_db()
    assert consortium.months == 30
    with pytest.raises(Refused):
        operations.change_facts(consortium_id=consortium.pk, by=CoordinatorFactory(), at=NOON, months=12)


def test_an_outside_institution_asks_and_is_let_in_with_its_first_coordinator() -> None:
    consortium = ConsortiumFactory()
    leader = CoordinatorFactory(at=consortium.coordinator)
    asking = PersonFactory()

    membership = operations.ask_to_join(
        consortium=consortium, institution=_facts(), why="We look for partners.", by=asking, at=NOON
    )

    assert not membership.institution.is_listed
    assert not is_member(membership.institution)
    assert Notice.objects.get(person=leader).url == f"/partners/{consortium.slug}/requests/{membership.pk}/"
    assert [item.url for provide in WAITING for item in provide(leader) if "requests" in item.url]

    operations.approve(membership_id=membership.pk, by=leader, at=NOON + DAY)

    institution = Institution.objects.get(name="Faculty of Nursing")
    assert institution.is_listed
    assert is_member(institution, consortium)
    assert Person.objects.get(pk=asking.pk).holds(Office.COORDINATOR, at=institution)
    assert consortium in consortia_of(Person.objects.get(pk=asking.pk))
    assert evidence.total(kind="consortium.partner_joined", institution=institution) == 1
    assert Notice.objects.filter(person=asking).exists()


def test_a_request_is_approved_only_once() -> None:
    membership = OpenMembershipFactory()
    first, second = (CoordinatorFactory(at=membership.consortium.coordinator) for _each in range(2))
    operations.approve(membership_id=membership.pk, by=first, at=NOON)

    with pytest.raises(Refused, match="already been decided"):
        operations.approve(membership_id=membership.pk, by=second, at=NOON)
    with pytest.raises(Refused, match="already been decided"):
        operations.decline(membership_id=membership.pk, answer="No.", by=second, at=NOON)

    membership.refresh_from_db()
    assert membership.decided_by == first
    assert (
        evidence.items(kinds=["consortium.partner_joined"], institution=membership.institution).count() == 1
    )


def test_an_institution_that_was_not_let_in_asks_again_under_the_same_name() -> None:
    consortium = ConsortiumFactory()
    leader, asking = CoordinatorFactory(at=consortium.coordinator), PersonFactory()
    first = operations.ask_to_join(
        consortium=consortium, institution=_facts(), why="We look for partners.", by=asking, at=NOON
    )
    with pytest.raises(operations.AlreadyThere):
        operations.ask_to_join(consortium=consortium, institution=_facts(), why="Again.", by=asking, at=NOON)
    operations.decline(membership_id=first.pk, answer="Tell us what you teach.", by=leader, at=NOON)

    second = operations.ask_to_join(
        consortium=consortium,
        institution=_facts(fields="nursing"),
        why="We teach nursing.",
        by=asking,
        at=NOON + DAY,
    )

    assert second.institution == first.institution
    assert second.institution.fields == "nursing"
    first.refresh_from_db()
    assert (first.state, first.answer) == (MembershipState.DECLINED, "Tell us what you teach.")


def test_nobody_asks_for_an_institution_that_somebody_else_coordinates() -> None:
    here = InstitutionFactory()
    CoordinatorFactory(at=here)

    with pytest.raises(Refused, match="has its own people here"):
        operations.ask_to_join(
            consortium=ConsortiumFactory(), institution=here, why="x", by=PersonFactory(), at=NOON
        )


def test_nobody_takes_an_institution_over_whose_coordinator_has_left() -> None:
    here = InstitutionFactory()
    dean = DeanFactory(at=here)
    own = CoordinatorFactory(at=InstitutionFactory())
    mine = ConsortiumFactory(coordinator=own.offices_held.get().institution)

    with pytest.raises(Refused, match="has its own people here"):
        operations.ask_to_join(consortium=mine, institution=here, why="x", by=PersonFactory(), at=NOON)
    invited = operations.invite(consortium=mine, institution=here, email="me@example.org", by=own, at=NOON)
    with pytest.raises(Refused, match="has its own people here"):
        operations.accept_invitation(token=invited.token, by=own, at=NOON)
    operations.accept_invitation(token=invited.token, by=dean, at=NOON)

    assert not Person.objects.get(pk=own.pk).holds(Office.COORDINATOR, at=here)


def test_nobody_asks_to_be_the_coordinating_institution() -> None:
    with pytest.raises(Refused, match="one coordinating institution"):
        operations.ask_to_join(
            consortium=ConsortiumFactory(),
            institution=InstitutionFactory(),
            why="x",
            role=Role.COORDINATOR,
            by=PersonFactory(),
            at=NOON,
        )


def test_a_letter_is_sent_and_whoever_accepts_coordinates(
    django_capture_on_commit_callbacks: Any,
) -> None:
    consortium = ConsortiumFactory()
    leader = CoordinatorFactory(at=consortium.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        invited = operations.invite(
            consortium=consortium, institution=_facts(), email="dean@example.org", by=leader, at=NOON
        )
    reader = PersonFactory()

    found = re.search(r"/partners/invitation/(\S+)/", mail.outbox[0].body)
    assert found is not None
    assert found[1] == invited.token
    operations.accept_invitation(token=found[1], by=reader, at=NOON + DAY)

    institution = invited.invitation.membership.institution
    institution.refresh_from_db()
    assert institution.is_listed
    assert institution in members_of(consortium)
    assert Person.objects.get(pk=reader.pk).holds(Office.COORDINATOR, at=institution)
    assert Invitation.objects.get().answered_by == reader
    assert Notice.objects.filter(person=leader, title__contains="has joined").exists()


def test_the_secret_word_of_a_letter_is_kept_nowhere() -> None:
    consortium = ConsortiumFactory()
    invited = operations.invite(
        consortium=consortium,
        institution=InstitutionFactory(),
        email="dean@example.org",
        by=CoordinatorFactory(at=consortium.coordinator),
        at=NOON,
    )

    kept = [
        str(value) for row in (*Invitation.objects.values(), *Line.objects.values()) for value in row.values()
    ]
    assert not any(invited.token in value for value in kept)


def test_a_letter_opens_once_and_for_thirty_days() -> None:
    old, used = InvitationFactory(token="old"), InvitationFactory(token="used")
    operations.decline_invitation(token="used", by=PersonFactory(), at=NOON)

    with pytest.raises(Refused, match="too old"):
        operations.accept_invitation(token="old", by=PersonFactory(), at=NOON + 30 * DAY)
    with pytest.raises(Refused, match="already been answered"):
        operations.accept_invitation(token="used", by=PersonFactory(), at=NOON)
    with pytest.raises(Refused, match="not one of ours"):
        operations.accept_invitation(token="forged", by=PersonFactory(), at=NOON)

    old.membership.refresh_from_db()
    used.membership.refresh_from_db()
    assert (old.membership.state, used.membership.state) == ("invited", "declined")


def test_a_new_letter_closes_the_old_one() -> None:
    consortium, here = ConsortiumFactory(), InstitutionFactory()
    leader = CoordinatorFactory(at=consortium.coordinator)
    first = operations.invite(
        consortium=consortium, institution=here, email="a@example.org", by=leader, at=NOON
    )
    second = operations.invite(
        consortium=consortium, institution=here, email="b@example.org", by=leader, at=NOON + DAY
    )

    with pytest.raises(Refused, match="too old"):
        operations.accept_invitation(token=first.token, by=PersonFactory(), at=NOON + DAY)
    operations.accept_invitation(token=second.token, by=PersonFactory(), at=NOON + DAY)

    assert Membership.objects.filter(institution=here).count() == 1


def test_where_an_institution_has_a_coordinator_only_they_accept() -> None:
    invitation = InvitationFactory(token="letter")
    coordinator = CoordinatorFactory(at=invitation.membership.institution)

    with pytest.raises(Refused, match="Hand the letter on"):
        operations.accept_invitation(token="letter", by=PersonFactory(), at=NOON)
    operations.accept_invitation(token="letter", by=coordinator, at=NOON)

    assert is_member(invitation.membership.institution)


def test_only_who_leads_invites() -> None:
    with pytest.raises(Refused):
        operations.invite(
            consortium=ConsortiumFactory(),
            institution=InstitutionFactory(),
            email="dean@example.org",
            by=CoordinatorFactory(),
            at=NOON,
        )


def test_a_member_leaves_and_what_it_did_stays_counted() -> None:
    consortium = ConsortiumFactory()
    membership = OpenMembershipFactory(consortium=consortium)
    operations.approve(membership_id=membership.pk, by=CoordinatorFactory(at=consortium.coordinator), at=NOON)

    operations.end_membership(
        membership_id=membership.pk, by=CoordinatorFactory(at=membership.institution), at=NOON + DAY
    )

    assert not is_member(membership.institution)
    assert evidence.total(kind="consortium.partner_joined", institution=membership.institution) == 1
    again = OpenMembershipFactory(consortium=consortium, institution=membership.institution)
    assert again.pk


def test_every_record_of_a_consortium_that_names_a_person_is_exported() -> None:
    consortium = ConsortiumFactory()
    letter = InvitationFactory(token="letter")
    person = letter.sent_by
    consortium.created_by = person
    consortium.save()
    rows = {label: list(export(person)) for label, export in EXPORTERS if label.startswith("consortium.")}

    assert {label: len(found) for label, found in rows.items()} == {
        "consortium.consortium": 1,
        "consortium.membership": 1,
        "consortium.invitation": 1,
    }


def test_the_youngest_consortium_is_the_current_one() -> None:
    assert current_consortium() is None
    ConsortiumFactory(start_date=date(2020, 1, 1))
    young = ConsortiumFactory(start_date=date(2026, 1, 1))
    MembershipFactory()

    assert current_consortium() in {young, *type(young).objects.filter(start_date__gte=young.start_date)}


def test_a_student_of_a_member_belongs_to_the_consortium() -> None:
    consortium = ConsortiumFactory()

    assert list(consortia_of(StudentFactory(at=consortium.coordinator))) == [consortium]
    assert not consortia_of(StudentFactory()).exists()
