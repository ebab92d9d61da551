from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.shared.verdicts import Fault, require
from biosint.situation import api as situation
from biosint.strategies import objectives
from biosint.strategies.models import Adoption, Document, TakenObjective, Version
from biosint.strategies.rules import may_adopt, may_begin, may_move, may_take_up, may_write
from biosint.strategies.states import DocumentKind, DocumentState

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


class TitleTaken(Fault):
    """The institution has a document of this title."""


class WrittenMeanwhile(Fault):
    """Somebody else saved a version since this text was opened."""

    def __init__(self, newest: Version) -> None:
        super().__init__(
            _(
                "%(person)s saved version %(number)s while you were writing. Your text is below, unchanged: compare, then save again."
            )
            % {"person": newest.written_by, "number": newest.number}
        )
        self.newest = newest


class NothingChanged(Fault):
    """The text equals the version before."""


class DecidedInFuture(Fault):
    """A council cannot have decided tomorrow."""


@transaction.atomic
def begin(
    *,
    institution: Institution,
    kind: DocumentKind,
    title: str,
    language: str,
    text: str,
    by: Person,
    at: datetime,
) -> Document:
    """Begin a document; its first version is ``text`` (a template, or the writer's own).

    Raises:
        Refused: ``by`` may not write for the institution.
        TitleTaken: choose another title, or write the next version of that document.
    """
    require(may_begin(by, institution))
    try:
        with transaction.atomic():
            document = Document.objects.create(
                institution=institution,
                kind=kind,
                title=title.strip(),
                language=language,
                created_by=by,
                created_at=at,
            )
    except IntegrityError as fault:
        raise TitleTaken(
            _("%(institution)s already has a document “%(title)s”. Open it and write its next version.")
            % {"institution": institution, "title": title.strip()}
        ) from fault
    Version.objects.create(document=document, number=1, text=text, written_by=by, written_at=at)
    audit.record("strategies.document.begun", document, by=by, at=at)
    return document


@transaction.atomic
def write_version(
    *, document_id: int, text: str, what_changed: str, based_on: int, by: Person, at: datetime
) -> Version:
    """Save the next version. Writing on an adopted document opens it as a draft again.

    Args:
        based_on: number of the version the writer saw; a newer one means somebody was faster.

    Raises:
        Refused: ``by`` may not write it now.
        WrittenMeanwhile: nothing is saved, the writer decides.
        NothingChanged: there is nothing to save.
    """
    document = (
        Document.objects.select_for_update(of=["self"]).select_related("institution").get(pk=document_id)
    )
    require(may_write(by, document))
    newest = document.versions.select_related("written_by").order_by("-number")[0]
    if newest.number != based_on:
        raise WrittenMeanwhile(newest)
    text = text.replace("\r\n", "\n")
    if newest.text == text:
        raise NothingChanged(_("The text is the same as in version %(number)s.") % {"number": newest.number})
    version = Version.objects.create(
        document=document,
        number=newest.number + 1,
        text=text,
        what_changed=what_changed.strip(),
        written_by=by,
        written_at=at,
    )
    if document.state == DocumentState.ADOPTED:
        document.state = DocumentState.DRAFT
        document.save(update_fields=["state"])
    audit.record("strategies.version.written", version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def take_up(*, document_id: int, objective_id: int, by: Person, at: datetime) -> Version:
    """Take an objective of a workshop into a document: the next version holds it, with its figure and target.

    Nobody types a number: the text is made from the objective, and the link shows on both pages.

    Raises:
        Refused: ``by`` may not write the document now, or the objective is another institution's.
        NothingChanged: the document holds the objective already.
    """
    document = (
        Document.objects.select_for_update(of=["self"]).select_related("institution").get(pk=document_id)
    )
    objective = situation.objectives_for(by).get(pk=objective_id)
    require(may_take_up(by, document, objective))
    if document.objectives.filter(objective=objective).exists():
        raise NothingChanged(_("This document has taken the objective up already."))
    newest = document.versions.order_by("-number")[0]
    with translation.override(document.language):
        text = objectives.with_objective(newest.text, objective)
        what_changed = _("Objective taken up: %(objective)s") % {"objective": objective}
    version = write_version(
        document_id=document.pk,
        text=text,
        what_changed=what_changed[:200],
        based_on=newest.number,
        by=by,
        at=at,
    )
    taken = TakenObjective.objects.create(
        document=document, objective=objective, version=version, taken_by=by, taken_at=at
    )
    audit.record("strategies.objective.taken_up", taken, by=by, at=at, objective=objective.pk)
    return version


@transaction.atomic
def move(*, document_id: int, to: DocumentState, by: Person, at: datetime) -> Document:
    """Lay a draft before the council, or take it back."""
    document = (
        Document.objects.select_for_update(of=["self"]).select_related("institution").get(pk=document_id)
    )
    require(may_move(by, document, to))
    document.state = to
    document.save(update_fields=["state"])
    audit.record("strategies.document.moved", document, by=by, at=at, to=str(to.value))
    return document


@transaction.atomic
def adopt(
    *, document_id: int, body: str, reference: str, decided_date: date, by: Person, at: datetime
) -> Adoption:
    """Record that the institution's council adopted the newest version. It is public from now on.

    Raises:
        Refused: ``by`` does not chair the council, or nothing lies before it.
        DecidedInFuture: the date has not come yet.
    """
    document = (
        Document.objects.select_for_update(of=["self"]).select_related("institution").get(pk=document_id)
    )
    require(may_adopt(by, document))
    if decided_date > at.date():
        raise DecidedInFuture(_("The date of the decision has not come yet. Enter the day of the meeting."))
    version = document.versions.order_by("-number")[0]
    adoption = Adoption.objects.create(
        version=version,
        body=body.strip(),
        reference=reference.strip(),
        decided_date=decided_date,
        recorded_by=by,
        recorded_at=at,
    )
    document.state = DocumentState.ADOPTED
    document.public_since = document.public_since or at
    document.save(update_fields=["state", "public_since"])
    audit.record(
        "strategies.document.adopted", document, by=by, at=at, version=version.number, reference=reference
    )
    evidence.record(
        kind="strategies.document_adopted",
        subject=document,
        institution=document.institution,
        occurred_at=at,
        proof=document.get_absolute_url(),
        by=by,
        title=f"{document.title} ({document.institution.short_name})",
        details={"kind": document.kind, "version": version.number, "reference": reference},
    )
    return adoption
