from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.people.models import Affiliation, Consent, OfficeHeld, Person
from biosint.people.rules import may_keep_people
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


class EmailTaken(Fault):
    """Another account uses this address."""


class AlreadyAsked(Fault):
    """The person has asked for this affiliation, or has it."""


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, at: datetime, **profile: Any) -> Person:
    """Open an account, as sign-up does; ``profile`` takes further fields of ``Person``.

    Raises:
        EmailTaken: the address has an account.
    """
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, password, name=name, **profile)
    except IntegrityError as fault:
        raise EmailTaken(
            _("“%(email)s” already has an account. Sign in, or ask for a new password.") % {"email": email}
        ) from fault
    audit.record("people.account.opened", person, by=person, at=at)
    return person


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


@transaction.atomic
def confirm_affiliation(*, affiliation_id: int, by: Person, at: datetime) -> Affiliation:
    """Confirm that a person belongs to the institution; the office that goes with it is given too."""
    affiliation = (
        Affiliation.objects.select_for_update(of=["self"])
        .select_related("person", "institution")
        .get(pk=affiliation_id)
    )
    require(may_keep_people(by, affiliation.institution))
    if affiliation.confirmed_at is None:
        affiliation.confirmed_by = by
        affiliation.confirmed_at = at
        affiliation.save(update_fields=["confirmed_by", "confirmed_at"])
        _hold(
            affiliation.person,
            OFFICE_OF_KIND[AffiliationKind(affiliation.kind)],
            affiliation.institution,
            by=by,
            at=at,
        )
        audit.record("people.affiliation.confirmed", affiliation, by=by, at=at)
    return affiliation


@transaction.atomic
def decline_affiliation(*, affiliation_id: int, by: Person, at: datetime) -> Affiliation:
    """Say that the person does not belong to the institution; they may ask again."""
    affiliation = (
        Affiliation.objects.select_for_update(of=["self"])
        .select_related("person", "institution")
        .get(pk=affiliation_id)
    )
    require(may_keep_people(by, affiliation.institution))
    affiliation.ended_date = at.date()
    affiliation.save(update_fields=["ended_date"])
    audit.record("people.affiliation.declined", affiliation, by=by, at=at)
    return affiliation


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
    person.__dict__.pop("offices", None)
    person.__dict__.pop("institution_ids", None)
    return held


@transaction.atomic
def give_office(
    *, person: Person, office: Office, institution: Institution, by: Person, at: datetime
) -> OfficeHeld:
    """Give a person an office at an institution. Giving it twice changes nothing."""
    require(may_keep_people(by, institution))
    held = _hold(person, office, institution, by=by, at=at)
    audit.record("people.office.given", held, by=by, at=at, office=str(office.value))
    return held


@transaction.atomic
def end_office(*, held_id: int, by: Person, at: datetime) -> OfficeHeld:
    """End an office today; what was done in it stays."""
    held = (
        OfficeHeld.objects.select_for_update(of=["self"])
        .select_related("institution", "person")
        .get(pk=held_id)
    )
    require(may_keep_people(by, held.institution))
    held.until_date = at.date()
    held.save(update_fields=["until_date"])
    audit.record("people.office.ended", held, by=by, at=at, office=held.office)
    return held


@transaction.atomic
def give_consent(*, subject: str, version: str, by: Person, at: datetime) -> Consent:
    """Record a person's yes to one version of a text. Twice is once."""
    consent, fresh = Consent.objects.get_or_create(
        person=by, subject=subject, version=version, withdrawn_at=None, defaults={"given_at": at}
    )
    if fresh:
        audit.record("people.consent.given", consent, by=by, at=at)
    return consent


@transaction.atomic
def change_profile(*, by: Person, at: datetime, **fields: Any) -> Person:
    """Change one's own profile. ``fields`` are those of the profile form."""
    for name, value in fields.items():
        setattr(by, name, value)
    by.save(update_fields=list(fields))
    audit.record("people.profile.changed", by, by=by, at=at, fields=sorted(fields))
    return by
