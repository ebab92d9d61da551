from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.models import Person


def may_read(person: Person) -> Verdict:
    """Who keeps an institution's records reads its trail; the site's administrator reads all."""
    if person.is_staff or person.kept_institution_ids:
        return ALLOWED
    return refused(_("Only a coordinator or administrator of an institution reads its audit trail."))
