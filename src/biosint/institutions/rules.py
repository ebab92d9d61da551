from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.people.models import Person


# The word of ``people.Office.TEACHER``: people stands above institutions.
TEACHER = "teacher"


def may_change(person: Person, institution: Institution) -> Verdict:
    """Who keeps an institution's records changes its facts."""
    if person.keeps(institution):
        return ALLOWED
    return refused(
        _("Only a coordinator or administrator of %(institution)s can change its facts.")
        % {"institution": institution}
    )


def may_keep_terms(person: Person, institution: Institution) -> Verdict:
    """Who keeps an institution's records, and who teaches there, writes down its academic year."""
    if person.keeps(institution) or institution.pk in person.offices.get(TEACHER, ()):
        return ALLOWED
    return refused(
        _("Only a teacher, coordinator or administrator of %(institution)s can change its academic year.")
        % {"institution": institution}
    )


def may_enter_new(person: Person) -> Verdict:
    """The site's administrator enters institutions; others come by invitation or ask to join."""
    if person.is_staff:
        return ALLOWED
    return refused(_("Only the administrator of this site enters an institution. Yours can ask to join."))


def may_view(person: Person | None, institution: Institution) -> Verdict:
    """Listed institutions are public; one that still waits is for the people who belong to it."""
    if institution.is_listed:
        return ALLOWED
    if person is not None and (person.is_staff or institution.pk in person.institution_ids):
        return ALLOWED
    return refused(_("This institution is not listed yet."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    if person is None:
        return Q(is_listed=True)
    return Q() if person.is_staff else Q(is_listed=True) | Q(pk__in=person.institution_ids)
