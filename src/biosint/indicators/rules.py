from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortia
from biosint.indicators.states import BankState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.indicators.models import BankVersion
    from biosint.people.api import Person


def may_load_bank(person: Person | None) -> Verdict:
    """The site's administrator, a coordinator or a member of a quality board puts a bank version in use."""
    if person is not None and (person.is_staff or person.holds(Office.COORDINATOR, Office.QUALITY_BOARD)):
        return ALLOWED
    return refused(_("Only a coordinator or a member of a quality board can put the indicators in use."))


def may_keep(person: Person, consortium: Consortium) -> Verdict:
    """Who leads the consortium, or sits on a quality board of one of its institutions, keeps its own bank."""
    boards = person.institutions_as(Office.QUALITY_BOARD)
    if consortia.may_lead(person, consortium) or (
        boards and consortia.members_of(consortium).filter(pk__in=boards).exists()
    ):
        return ALLOWED
    return refused(
        _(
            "Only a coordinator of %(institution)s or a member of a quality board of the consortium can do this."
        )
        % {"institution": consortium.coordinator}
    )


def may_change(person: Person, bank: BankVersion) -> Verdict:
    """Keepers change a draft; a published version never changes."""
    if bank.state != BankState.DRAFT or bank.consortium is None:
        return refused(
            _("This version is published and stays as it is. Start a draft from it to change something.")
        )
    return may_keep(person, bank.consortium)


def may_view(person: Person | None, bank: BankVersion) -> Verdict:
    """Supplied versions are open to everyone, a consortium's own to its members; drafts to those who keep them."""
    if bank.consortium is None or (person is not None and person.is_staff):
        return ALLOWED
    if person is None or not (
        consortia.members_of(bank.consortium).filter(pk__in=person.institution_ids).exists()
    ):
        return refused(_("These indicators belong to another consortium."))
    if bank.state == BankState.DRAFT and not may_keep(person, bank.consortium):
        return refused(_("This version is still being written."))
    return ALLOWED


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    supplied = Q(consortium=None)
    if person is None:
        return supplied
    if person.is_staff:
        return Q()
    mine = list(consortia.consortia_of(person))
    kept = [one.pk for one in mine if may_keep(person, one)]
    return (
        supplied
        | Q(consortium__in=[one.pk for one in mine], state=BankState.PUBLISHED)
        | Q(consortium__in=kept)
    )
