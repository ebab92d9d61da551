from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.people.models import Consent, Person
from biosint.people.rules import may_close
from biosint.shared import registries
from biosint.shared.verdicts import Fault, require

# Stands for the name of a closed account, in one language since the trail keeps it for ever.
FORMER = "Former member"
# What closing an account empties, besides name, address and password.
PROFILE = (
    "language",
    "time_zone",
    "country",
    "profession",
    "gender",
    "native_language",
    "english_level",
    "free_hours",
    "about",
)


class EmailTaken(Fault):
    """Another account uses this address."""


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
def open_guest(*, email: str, name: str, at: datetime, **profile: Any) -> Person:
    """Return the account of somebody from outside, opening one without a password where there is none.

    An address that has an account keeps it untouched, and the caller must not show which of the
    two happened: send ``sign_in_link`` to the address in both cases, and let what the guest asked
    for wait until the link has been followed.
    """
    known = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    return open_account(email=email, name=name, password=None, at=at, is_guest=True, **profile)


@transaction.atomic
def prove_address(*, person: Person) -> None:
    """Take the person's address as theirs: they followed a letter to it, or the operator answers for it."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def become_member(*, person: Person, at: datetime) -> Person:
    """Make a guest who has set a password or a passkey a member. Members stay what they are."""
    if person.is_guest:
        person.is_guest = False
        person.save(update_fields=["is_guest"])
        audit.record("people.guest.became_member", person, by=person, at=at)
    return person


@transaction.atomic
def change_profile(*, by: Person, at: datetime, **fields: Any) -> Person:
    """Change one's own profile. ``fields`` are those of the profile form."""
    for name, value in fields.items():
        setattr(by, name, value)
    by.save(update_fields=list(fields))
    audit.record("people.profile.changed", by, by=by, at=at, fields=sorted(fields))
    return by


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
def close_account(*, by: Person, at: datetime) -> None:
    """Erase who the person was; records that others rely on stay, without a name.

    Raises:
        Refused: the person is the only coordinator of an institution, or runs this site alone.
    """
    person = Person.objects.select_for_update(of=["self"]).get(pk=by.pk)
    require(may_close(person))
    for erase in registries.ERASERS:
        erase(person)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.affiliations.filter(ended_date=None).update(ended_date=at.date(), programme="")
    person.affiliations.update(programme="")
    person.offices_held.filter(until_date=None).update(until_date=at.date())
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    for field in PROFILE:
        setattr(person, field, "")
    person.name = FORMER
    person.email = f"{person.public_id}@closed.invalid"
    person.is_active = person.is_staff = person.is_superuser = person.is_guest = False
    person.last_login = None
    # A new unusable password also ends every session, on every device.
    person.set_unusable_password()
    person.save()
    audit.record("people.account.closed", person, by=person, at=at)
    audit.forget_name(person_id=person.pk, person_kind=Person._meta.label_lower, instead=person.name)  # noqa: SLF001 -- Django's documented Model._meta
