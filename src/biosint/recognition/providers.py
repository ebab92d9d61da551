"""What recognition hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.exchange import api as exchange
from biosint.notices import api as notices
from biosint.recognition.operations import agreements, brought, transcripts
from biosint.recognition.queries import agreements as agreement_queries
from biosint.recognition.queries import brought as brought_queries
from biosint.recognition.queries import decisions as decision_queries
from biosint.recognition.queries import transcripts as transcript_queries
from biosint.recognition.rules.agreements import SIGNING_OFFICES
from biosint.recognition.rules.decisions import RECOGNISING_OFFICES
from biosint.recognition.states import AgreementState
from biosint.shared import registries
from biosint.shared.registries import Area, Destination, Waiting

if TYPE_CHECKING:
    from biosint.people.api import Person

MOST_WAITING = 3


def register() -> None:
    """Called once, when Django has loaded every app."""
    notices.register_kind(
        notices.Kind(
            "recognition.credit",
            _("Agreements and credit"),
            _("What waits for a signature, and what counts."),
        )
    )
    evidence.declare(evidence.Kind("exchange.credit_recognised", _("Credits recognised"), "ECTS"))
    registries.DESTINATIONS.extend(
        [
            Destination(
                area=Area.LEARN,
                label=_("My records"),
                url_name="recognition:mine",
                meaning=_("Learning agreements to sign, your transcript, what counts at home."),
                icon="file-text",
                order=45,
            ),
            Destination(
                area=Area.INSTITUTION,
                label=_("Recognition"),
                url_name="recognition:decisions",
                meaning=_("Decide which credits count at your institution."),
                icon="stamp",
                visible=lambda person: person.holds(*RECOGNISING_OFFICES),
                order=60,
            ),
            Destination(
                area=Area.INSTITUTION,
                label=_("Learning agreements"),
                url_name="recognition:agreements",
                meaning=_("Say for what a course counts, and sign for your institution."),
                icon="signature",
                visible=lambda person: person.holds(*SIGNING_OFFICES),
                order=59,
            ),
        ]
    )
    registries.WAITING.extend([_waits_for_learner, _waits_for_institution])
    registries.EXPORTERS.append(("recognition", personal_records))
    for forget in (agreements.forget, transcripts.forget, brought.forget):
        registries.ERASERS.append(forget)
    exchange.place_given.connect(_agree, dispatch_uid="recognition.agree")
    exchange.place_left.connect(_end, dispatch_uid="recognition.end")


def _agree(*, event: exchange.PlaceChanged, **_sent: Any) -> None:
    """Make the agreement with the place, in its transaction, where the course asks for one."""
    application = event.application
    if exchange.award_of(application.course).asks_agreement and (
        application.institution_id not in {None, application.course.host_id}
    ):
        agreements.make(application_id=application.pk, by=event.by, at=event.at)


def _end(*, event: exchange.PlaceChanged, **_sent: Any) -> None:
    agreements.end(application_id=event.application.pk, by=event.by, at=event.at)


def _waits_for_learner(person: Person) -> Iterator[Waiting]:
    mine = agreement_queries.unsigned_by_learner(person)
    for agreement in mine[:MOST_WAITING]:
        yield Waiting(
            title=_("Sign the learning agreement for “%(course)s”")
            % {"course": agreement.application.course},
            why=_("It makes sure that the credits count at home."),
            url=agreement.get_absolute_url(),
            due_at=datetime.combine(agreement.sign_by_date, time(23, 59), tzinfo=UTC),
            icon="signature",
        )


def _waits_for_institution(person: Person) -> Iterator[Waiting]:
    # Most people hold no such office: their home asks nothing of the database here.
    if person.holds(*SIGNING_OFFICES):
        count = agreement_queries.open_count(person)
        if count:
            yield Waiting(
                title=_("Learning agreements wait for signatures: %(count)s") % {"count": count},
                url=reverse("recognition:agreements") + f"?state={AgreementState.OPEN}",
                icon="signature",
            )
    if not person.holds(*RECOGNISING_OFFICES):
        return
    for completion in decision_queries.completions_at(person).filter(recognition=None)[:MOST_WAITING]:
        yield Waiting(
            title=_("Recognise the credits of %(learner)s") % {"learner": completion.application.learner},
            why=_("Completed: %(course)s") % {"course": completion.application.course},
            url=reverse("recognition:recognise", args=[completion.public_id]),
            icon="stamp",
        )


def personal_records(person: Person) -> Iterable[dict[str, Any]]:
    """Everything recognition keeps about one person, for their own export."""
    for agreement in agreement_queries.agreements_of(person):
        yield {
            "agreement": agreement.application.course.title,
            "state": agreement.state,
            "versions": [version.content for version in agreement.versions.all()],
            "made_at": agreement.created_at,
        }
    for completion in transcript_queries.completions_of(person):
        made = getattr(completion, "recognition", None)
        if made is not None:
            yield {
                "course": completion.application.course.title,
                "decision": made.decision,
                "ects": made.ects,
                "local_name": made.local_name,
                "local_grade": made.local_grade,
                "reason": made.reason,
                "decided_at": made.decided_at,
            }
    for transcript in transcript_queries.transcripts_of(person):
        yield {"transcript": transcript.content, "issued_at": transcript.issued_at}
    for record in brought_queries.brought_by(person):
        yield {
            "brought": record.title,
            "from": record.issuer,
            "ects": record.ects,
            "grade": record.grade,
            "asked_at": record.asked_at,
            "state": record.state,
        }
    for signature in agreement_queries.signatures_of(person):
        yield {"signed": str(signature.version.agreement), "as": signature.office, "at": signature.signed_at}
