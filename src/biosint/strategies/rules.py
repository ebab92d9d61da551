from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.strategies.states import MOVES, DocumentState

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person
    from biosint.situation.api import Objective
    from biosint.strategies.models import Document

WRITERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.QUALITY_BOARD, Office.DEAN)


def may_begin(person: Person, institution: Institution) -> Verdict:
    """A coordinator, administrator, dean or member of the quality board writes for their institution."""
    if person.holds(*WRITERS, at=institution):
        return ALLOWED
    return refused(
        _(
            "Only a coordinator, administrator, dean or member of the quality board of %(institution)s can write its documents."
        )
        % {"institution": institution}
    )


def may_write(person: Person, document: Document) -> Verdict:
    """Whoever may begin a document may write its next version, except while the council decides."""
    verdict = may_begin(person, document.institution)
    if not verdict:
        return verdict
    if document.state == DocumentState.REVIEW:
        return refused(_("The document lies before the council. Take it back to change it."))
    return ALLOWED


def may_take_up(person: Person, document: Document, objective: Objective) -> Verdict:
    """A writer takes up objectives of the institution itself, and of its consortia."""
    verdict = may_write(person, document)
    if not verdict:
        return verdict
    own = objective.option.workshop.institution_id
    if own is not None and own != document.institution_id:
        return refused(_("This objective was set by another institution for itself."))
    return ALLOWED


def may_move(person: Person, document: Document, to: DocumentState) -> Verdict:
    """A writer lays a draft before the council and takes it back."""
    verdict = may_begin(person, document.institution)
    if not verdict:
        return verdict
    if to not in MOVES[DocumentState(document.state)]:
        return refused(
            _("This is not possible while the document is “%(state)s”.")
            % {"state": document.get_state_display()}
        )
    return ALLOWED


def may_adopt(person: Person, document: Document) -> Verdict:
    """The dean, who chairs the council, records that it adopted what lies before it."""
    if not person.holds(Office.DEAN, at=document.institution_id):
        return refused(
            _("Only the dean of %(institution)s can record that the council adopted it.")
            % {"institution": document.institution}
        )
    if document.state != DocumentState.REVIEW:
        return refused(_("Lay the document before the council first."))
    return ALLOWED


def sees_drafts(person: Person | None, document: Document) -> bool:
    """Those who hold an office at the institution see every version, students excepted."""
    return person is not None and (
        person.is_staff or person.holds(*WRITERS, Office.TEACHER, at=document.institution_id)
    )


def may_view(person: Person | None, document: Document) -> Verdict:
    """A document is public once adopted; before, those who hold an office there see it, students excepted."""
    if document.public_since is not None:
        return ALLOWED
    if sees_drafts(person, document):
        return ALLOWED
    return refused(
        _("This document is still a draft of %(institution)s.") % {"institution": document.institution}
    )


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists."""
    if person is not None and person.is_staff:
        return Q()
    public = Q(public_since__isnull=False)
    if person is None:
        return public
    return public | Q(institution__in=person.institutions_as(*WRITERS, Office.TEACHER))
