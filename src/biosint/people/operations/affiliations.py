from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.people.models import Affiliation, OfficeHeld, Person
from biosint.people.rules import may_answer, may_give, may_keep_people
from biosint.people.states import AffiliationKind, Office
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.models import Institution

# An affiliation of this kind gives this office once it is confirmed.
OFFICE_OF_KIND = {
    AffiliationKind.STUDENT: Office.STUDENT,
    AffiliationKind.TEACHER: Office.TEACHER,
    AffiliationKind.STAFF: Office.ADMINISTRATOR,
}


class AlreadyAsked(Fault):
    """The person has asked for this affiliation, or has it."""


@transaction.atomic
def ask_affiliation(
    *, institution: Institution, kind: AffiliationKind, by: Person, at: datetime, programme: str = ""
) -> Affiliation:
    """Ask an institution to confirm that ``by`` belongs to it.

    Raises:
        AlreadyAsked: it was asked or confirmed before.
    """
    try:
        with transaction.atomic():
            affiliation = Affiliation.objects.create(
                person=by, institution=institution, kind=kind, programme=programme, requested_at=at
            )
    except IntegrityError as fault:
        raise AlreadyAsked(
            _("You have already asked %(institution)s. Somebody there will confirm it.")
            % {"institution": institution}
        ) from fault
    audit.record("people.affiliation.asked", affiliation, by=by, at=at)
    return affiliation


def _locked(affiliation_id: int) -> Affiliation:
    return (
        Affiliation.objects.select_for_update(of=["self"])
        .select_related("person", "institution")
        .get(pk=affiliation_id)
    )


@transaction.atomic
def confirm_affiliation(*, affiliation_id: int, by: Person, at: datetime) -> Affiliation:
    """Confirm that a person belongs to the institution; the office that goes with it is given too.

    Raises:
        Refused: ``by`` does not keep its people, it is their own request, or it was answered before.
    """
    affiliation = _locked(affiliation_id)
    require(may_answer(by, affiliation))
    affiliation.confirmed_by = by
    affiliation.confirmed_at = at
    affiliation.save(update_fields=["confirmed_by", "confirmed_at"])
    office = OFFICE_OF_KIND[AffiliationKind(affiliation.kind)]
    _hold(affiliation.person, office, affiliation.institution, by=by, at=at)
    audit.record("people.affiliation.confirmed", affiliation, by=by, at=at)
    return affiliation


@transaction.atomic
def decline_affiliation(*, affiliation_id: int, by: Person, at: datetime) -> Affiliation:
    """Say that the person does not belong to the institution; they may ask again.

    Raises:
        Refused: as in ``confirm_affiliation``.
    """
    affiliation = _locked(affiliation_id)
    require(may_answer(by, affiliation))
    affiliation.ended_date = at.date()
    affiliation.save(update_fields=["ended_date"])
    audit.record("people.affiliation.declined", affiliation, by=by, at=at)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation_id: int, by: Person, at: datetime) -> Affiliation:
    """End that a person belongs to the institution, by themselves or by who keeps its people.

    The office that came with it ends too; other offices there are ended one by one.
    """
    affiliation = _locked(affiliation_id)
    if affiliation.person_id != by.pk:
        require(may_keep_people(by, affiliation.institution))
    if affiliation.ended_date is None:
        affiliation.ended_date = at.date()
        affiliation.save(update_fields=["ended_date"])
        affiliation.person.offices_held.filter(
            institution=affiliation.institution,
            office=OFFICE_OF_KIND[AffiliationKind(affiliation.kind)],
            until_date=None,
        ).update(until_date=at.date())
        _forget_offices(affiliation.person)
        audit.record("people.affiliation.ended", affiliation, by=by, at=at)
    return affiliation


def _forget_offices(person: Person) -> None:
    """Let the person read their offices anew; they are remembered per request."""
    person.__dict__.pop("offices", None)
    person.__dict__.pop("institution_ids", None)


def _hold(
    person: Person, office: Office, institution: Institution, *, by: Person | None, at: datetime
) -> OfficeHeld:
    held, _fresh = OfficeHeld.objects.get_or_create(
        person=person,
        institution=institution,
        office=office,
        until_date=None,
        defaults={"since_date": at.date(), "granted_by": by},
    )
    _forget_offices(person)
    return held


@transaction.atomic
def give_office(
    *, person: Person, office: Office, institution: Institution, by: Person, at: datetime
) -> OfficeHeld:
    """Give a person an office at an institution. Giving it twice changes nothing."""
    require(may_give(by, office, institution))
    return appoint(person=person, office=office, institution=institution, by=by, at=at)


@transaction.atomic
def appoint(
    *, person: Person, office: Office, institution: Institution, by: Person, at: datetime
) -> OfficeHeld:
    """Give an office where the rule is the caller's: a consortium lets an institution in with its first coordinator."""
    held = _hold(person, office, institution, by=by, at=at)
    audit.record("people.office.given", held, by=by, at=at, office=office.value)
    return held


@transaction.atomic
def end_office(*, held_id: int, by: Person, at: datetime) -> OfficeHeld:
    """End an office today; what was done in it stays."""
    held = (
        OfficeHeld.objects.select_for_update(of=["self"])
        .select_related("institution", "person")
        .get(pk=held_id)
    )
    require(may_give(by, Office(held.office), held.institution))
    if held.until_date is None:
        held.until_date = at.date()
        held.save(update_fields=["until_date"])
        _forget_offices(held.person)
        audit.record("people.office.ended", held, by=by, at=at, office=held.office)
    return held
