from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium.api import Consortium
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Disclosure, OutsideIndex, Participation
from biosint.situation.rules import benchmarks as rules
from biosint.situation.rules.rounds import may_plan


class SourceMissing(Fault):
    """A figure from outside without the source it was taken from."""


class FigureKnown(Fault):
    """The figure of this institution and year is there already."""


@transaction.atomic
def disclose(*, participation_id: int, by: Person, at: datetime) -> Disclosure:
    """Agree that the institution's index in a closed round is shown beside its name. Saying it twice changes nothing."""
    part = Participation.objects.select_related("round", "institution").get(pk=participation_id)
    require(rules.may_disclose(by, part))
    one, is_new = Disclosure.objects.get_or_create(
        participation=part, defaults={"agreed_by": by, "agreed_at": at}
    )
    if is_new:
        audit.record("situation.index.disclosed", part, by=by, at=at)
    return one


@transaction.atomic
def withdraw_disclosure(*, participation_id: int, by: Person, at: datetime) -> None:
    """Take the agreement back: from now on the institution is one among unnamed others."""
    part = Participation.objects.select_related("round", "institution").get(pk=participation_id)
    require(rules.may_disclose(by, part))
    gone, _by_model = Disclosure.objects.filter(participation=part).delete()
    if gone:
        audit.record("situation.index.disclosure_withdrawn", part, by=by, at=at)


@transaction.atomic
def add_outside_index(
    *,
    consortium: Consortium,
    name: str,
    country: str,
    year: int,
    index: float,
    source: str,
    address: str,
    by: Person,
    at: datetime,
) -> OutsideIndex:
    """Enter the index of an institution elsewhere, to compare with.

    Raises:
        SourceMissing: nothing says where the figure comes from.
        FigureKnown: the figure of this institution and year is there already.
    """
    require(may_plan(by, consortium))
    if not source.strip():
        raise SourceMissing(_("Say where the figure comes from: a report, a paper, a letter."))
    try:
        with transaction.atomic():
            one = OutsideIndex.objects.create(
                consortium=consortium,
                name=name.strip(),
                country=country,
                year=year,
                index=index,
                source=source.strip(),
                address=address,
                added_by=by,
                added_at=at,
            )
    except IntegrityError as fault:
        raise FigureKnown(_("The figure of this institution and year is there already.")) from fault
    audit.record("situation.outside_index.added", one, by=by, at=at, index=index)
    return one


@transaction.atomic
def remove_outside_index(*, outside_id: int, by: Person, at: datetime) -> None:
    """Take a figure from outside away, for instance because its source was wrong."""
    one = OutsideIndex.objects.select_related("consortium__coordinator").get(pk=outside_id)
    require(may_plan(by, one.consortium))
    audit.record("situation.outside_index.removed", one, by=by, at=at, index=one.index)
    one.delete()
