from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium.models import Consortium, Membership
from biosint.consortium.operations._evidence import joined
from biosint.consortium.rules import may_found, may_lead
from biosint.consortium.states import MembershipState, Role
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

# Words that stand in addresses beside those of consortia.
TAKEN_WORDS = {"join", "new", "invitation"}


class ConsortiumKnown(Fault):
    """A consortium of this title stands on the platform already."""


def _free_slug(acronym: str) -> str:
    word = (slugify(acronym) or "consortium")[:70].rstrip("-")
    taken = TAKEN_WORDS | set(Consortium.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    return next(
        free
        for free in (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3)))
        if free not in taken
    )


@transaction.atomic
def found(
    *,
    title: str,
    acronym: str,
    start_date: date,
    months: int,
    coordinator: Institution,
    by: Person,
    at: datetime,
    **more: Any,
) -> Consortium:
    """Found a consortium; its coordinating institution is the first member.

    Args:
        more: further fields of ``Consortium`` (grant_reference, programme, summary, disclaimer).

    Raises:
        Refused: ``by`` does not coordinate ``coordinator``.
        ConsortiumKnown: the title is taken.
    """
    require(may_found(by, coordinator))
    try:
        with transaction.atomic():
            consortium = Consortium.objects.create(
                title=title,
                acronym=acronym,
                slug=_free_slug(acronym),
                start_date=start_date,
                months=months,
                coordinator=coordinator,
                created_at=at,
                created_by=by,
                **more,
            )
    except IntegrityError as fault:
        raise ConsortiumKnown(
            _("“%(title)s” is on the platform already. Ask its coordinator to invite you.") % {"title": title}
        ) from fault
    membership = Membership.objects.create(
        consortium=consortium,
        institution=coordinator,
        role=Role.COORDINATOR,
        state=MembershipState.MEMBER,
        asked_by=by,
        asked_at=at,
        decided_by=by,
        decided_at=at,
    )
    audit.record("consortium.consortium.founded", consortium, by=by, at=at)
    joined(membership, by=by, at=at)
    return consortium


@transaction.atomic
def change_facts(*, consortium_id: int, by: Person, at: datetime, **facts: Any) -> Consortium:
    """Change what is said of a consortium; its address word and its coordinator stay.

    Raises:
        Refused: ``by`` does not lead it.
        ConsortiumKnown: the new title is taken.
    """
    consortium = (
        Consortium.objects.select_for_update(of=["self"]).select_related("coordinator").get(pk=consortium_id)
    )
    require(may_lead(by, consortium))
    changed = sorted(name for name, value in facts.items() if getattr(consortium, name) != value)
    if not changed:
        return consortium
    for name in changed:
        setattr(consortium, name, facts[name])
    try:
        with transaction.atomic():
            consortium.save(update_fields=changed)
    except IntegrityError as fault:
        raise ConsortiumKnown(_("Another consortium has this title. Choose a different one.")) from fault
    audit.record("consortium.consortium.changed", consortium, by=by, at=at, fields=changed)
    return consortium
