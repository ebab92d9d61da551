from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from biosint.people.states import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.people.models import Affiliation, Person


def may_keep_people(person: Person, institution: Institution) -> Verdict:
    """A coordinator or administrator keeps the people of their own institution; the site's administrator all."""
    if person.keeps(institution):
        return ALLOWED
    return refused(
        _("Only a coordinator or administrator of %(institution)s can do this.")
        % {"institution": institution}
    )


def may_give(person: Person, office: Office, institution: Institution) -> Verdict:
    """Who keeps the people gives offices; that of coordinator only a coordinator hands on."""
    kept = may_keep_people(person, institution)
    if not kept or office != Office.COORDINATOR:
        return kept
    if person.is_staff or person.holds(Office.COORDINATOR, at=institution):
        return ALLOWED
    return refused(
        _("Only a coordinator of %(institution)s can name or remove another coordinator.")
        % {"institution": institution}
    )


def may_answer(person: Person, affiliation: Affiliation) -> Verdict:
    """Who keeps the institution's people answers a request, once, and never their own."""
    kept = may_keep_people(person, affiliation.institution)
    if not kept:
        return kept
    if affiliation.confirmed_at is not None or affiliation.ended_date is not None:
        return refused(_("This request has already been answered."))
    if affiliation.person_id == person.pk and not person.is_staff:
        return refused(_("Somebody else of the institution has to confirm you."))
    return ALLOWED


def may_be_met(person: Person, other: Person) -> Verdict:
    """People of one institution find each other, and everybody finds themselves; strangers do not."""
    if person.pk == other.pk or person.is_staff or person.institution_ids & other.institution_ids:
        return ALLOWED
    return refused(_("You can find only people of your own institutions."))


def met_by(person: Person) -> Q:
    """The same sentence as ``may_be_met``, for lists. Their test keeps them equal."""
    if person.is_staff:
        return Q()
    return (
        Q(pk=person.pk)
        | Q(
            affiliations__institution__in=person.institution_ids,
            affiliations__ended_date=None,
            affiliations__confirmed_at__isnull=False,
        )
        | Q(offices_held__institution__in=person.institution_ids, offices_held__until_date=None)
    )


def may_close(person: Person) -> Verdict:
    """A person closes their own account, unless somebody would be left without a coordinator or administrator."""
    from biosint.people.models import OfficeHeld, Person

    if (
        person.is_staff
        and not Person.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk).exists()
    ):
        return refused(
            _(
                "You are the only administrator of this site. Name another one first, with “biosint createadmin”."
            )
        )
    alone = (
        OfficeHeld.objects.filter(
            office=Office.COORDINATOR,
            until_date=None,
            institution_id__in=person.institutions_as(Office.COORDINATOR),
        )
        .order_by("institution__name")
        .values("institution__name")
        .annotate(coordinators=Count("pk"))
        .filter(coordinators=1)
        .values_list("institution__name", flat=True)
        .first()
    )
    if alone is not None:
        return refused(
            _(
                "You are the only coordinator of %(institution)s. Name another one first, on the page of its people."
            )
            % {"institution": alone}
        )
    return ALLOWED
