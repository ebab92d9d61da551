"""What people hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import PLACES, Institution, Place
from biosint.people import queries
from biosint.people.rules import may_keep_people
from biosint.shared.registries import (
    DESTINATIONS,
    EXPORTERS,
    SEARCHERS,
    WAITING,
    Area,
    Destination,
    Found,
    Waiting,
)

if TYPE_CHECKING:
    from biosint.people.models import Person

EXPORTED = (
    "email",
    "name",
    "is_guest",
    "is_staff",
    "date_joined",
    "last_login",
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


def export_account(person: Person) -> Iterable[dict[str, Any]]:
    yield {field: getattr(person, field) for field in EXPORTED}


def export_affiliations(person: Person) -> Iterable[dict[str, Any]]:
    for affiliation in person.affiliations.select_related("institution"):
        yield {
            "institution": affiliation.institution.name,
            "as": affiliation.get_kind_display(),
            "programme": affiliation.programme,
            "requested_at": affiliation.requested_at,
            "confirmed_at": affiliation.confirmed_at,
            "ended_date": affiliation.ended_date,
        }


def export_offices(person: Person) -> Iterable[dict[str, Any]]:
    for held in person.offices_held.select_related("institution"):
        yield {
            "institution": held.institution.name,
            "office": held.get_office_display(),
            "since_date": held.since_date,
            "until_date": held.until_date,
        }


def export_consents(person: Person) -> Iterable[dict[str, Any]]:
    for consent in person.consents.all():
        yield {
            "subject": consent.subject,
            "version": consent.version,
            "given_at": consent.given_at,
            "withdrawn_at": consent.withdrawn_at,
        }


def export_addresses(person: Person) -> Iterable[dict[str, Any]]:
    for address in EmailAddress.objects.filter(user=person):
        yield {"email": address.email, "verified": address.verified, "primary": address.primary}


def export_keys(person: Person) -> Iterable[dict[str, Any]]:
    """Passkeys and recovery codes, without their secrets."""
    for key in Authenticator.objects.filter(user=person):
        yield {
            "type": key.get_type_display(),
            "created_at": key.created_at,
            "last_used_at": key.last_used_at,
        }


def waiting_affiliations(person: Person) -> Iterable[Waiting]:
    """Requests to belong to an institution whose people the reader keeps."""
    kept = person.kept_institution_ids
    if not kept:
        return
    for affiliation in queries.waiting_at(kept).exclude(person=person)[:20]:
        yield Waiting(
            title=_("Confirm %(person)s") % {"person": affiliation.person},
            url=reverse("people:of_institution", args=[affiliation.institution.slug]),
            why=_("Says to be at %(institution)s as: %(kind)s.")
            % {"institution": affiliation.institution.short_name, "kind": affiliation.get_kind_display()},
            icon="user-check",
        )


def waiting_profile(person: Person) -> Iterable[Waiting]:
    """Teams are formed from the profile, so an empty one waits to be filled."""
    if not (person.country and person.profession and person.free_hours):
        yield Waiting(
            title=_("Complete your profile"),
            url=reverse("people:profile"),
            why=_("Teams are formed by country, field and free hours."),
            icon="circle-user",
        )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:
    """People are found only by people of their own institutions; the hit leads to who keeps them."""
    if person is None:
        return
    for found in queries.people_met_by(person, words)[:limit]:
        yield Found(title=str(found), url=_page_of(person, found), kind=_("Person"), text=found.country_label)


def _page_of(reader: Person, found: Person) -> str:
    if found.pk == reader.pk:
        return reverse("people:profile")
    return f"{reverse('people:colleagues')}?{urlencode({'q': found.name})}"


def places(institution: Institution, person: Person | None) -> Iterable[Place]:
    if person is not None and may_keep_people(person, institution):
        yield Place(
            title=_("People"),
            url=reverse("people:of_institution", args=[institution.slug]),
            text=_("Confirm who belongs to the institution, and give offices."),
        )


def register() -> None:
    """Called once, when Django has loaded every app."""
    EXPORTERS.extend(
        [
            ("people.person", export_account),
            ("people.affiliation", export_affiliations),
            ("people.officeheld", export_offices),
            ("people.consent", export_consents),
            ("account.emailaddress", export_addresses),
            ("mfa.authenticator", export_keys),
        ]
    )
    WAITING.extend([waiting_affiliations, waiting_profile])
    SEARCHERS.append(search)
    PLACES.append(places)
    DESTINATIONS.append(
        Destination(
            area=Area.NETWORK,
            label=_("People"),
            url_name="people:colleagues",
            meaning=_("Find the people of your institutions."),
            icon="users",
            visible=lambda person: bool(person.offices),
            order=20,
        )
    )
