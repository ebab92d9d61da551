from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.notices import api as notices
from biosint.people.api import Office
from biosint.recognition import texts
from biosint.recognition.models import AgreementVersion, LearningAgreement, Signature
from biosint.recognition.operations.agreements import opened, outdated
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import AgreementState, Answer, Party
from biosint.shared.verdicts import Fault, Refused, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class ReasonMissing(Fault):
    """Nobody refuses to sign without saying why."""


@transaction.atomic
def sign(*, agreement_id: int, party: Party, seen: str, by: Person, at: datetime) -> LearningAgreement:
    """Sign the latest version for one party. Pressing twice is once.

    Args:
        seen: fingerprint of the version the person had before their eyes; only that is signed.

    Raises:
        Refused: ``by`` may not sign for this party, or not now.
        Outdated: the agreement was changed meanwhile; nothing was signed.
    """
    now = opened(agreement_id)
    if now.version.fingerprint != seen:
        require(rules.may_view(by, now.agreement))
        raise outdated()
    if now.version.signatures.filter(party=party, person=by, answer=Answer.SIGNED).exists():
        return now.agreement
    require(rules.may_sign(by, now.agreement, now.version, party))
    _answer(now.version, now.agreement, party, Answer.SIGNED, reason="", by=by, at=at)
    audit.record(
        "recognition.agreement.signed", now.agreement, by=by, at=at, party=party.value, fingerprint=seen
    )
    version = now.agreement.versions.prefetch_related("signatures").get(pk=now.version.pk)
    if rules.is_complete(version):
        now.agreement.state, now.agreement.agreed_at = AgreementState.AGREED, at
        now.agreement.save(update_fields=["state", "agreed_at"])
        audit.record("recognition.agreement.agreed", now.agreement, by=by, at=at, fingerprint=seen)
        notices.tell(
            now.agreement.application.learner,
            kind="recognition.credit",
            title=format_lazy(
                gettext_lazy("Your learning agreement for “{course}” is signed by all"),
                course=now.agreement.application.course.title,
            ),
            text=gettext_lazy("The credits will count at home as agreed. You can keep it as PDF."),
            url=now.agreement.get_absolute_url(),
            at=at,
        )
    return now.agreement


@transaction.atomic
def refuse(
    *, agreement_id: int, party: Party, seen: str, reason: str, by: Person, at: datetime
) -> LearningAgreement:
    """Refuse to sign the latest version, with a reason that all parties read. A changed version starts anew."""
    now = opened(agreement_id)
    if now.version.fingerprint != seen:
        require(rules.may_view(by, now.agreement))
        raise outdated()
    require(rules.may_sign(by, now.agreement, now.version, party))
    if not reason.strip():
        raise ReasonMissing(_("Write why you do not sign, so that the others can change what hinders."))
    _answer(now.version, now.agreement, party, Answer.REFUSED, reason=reason.strip()[:500], by=by, at=at)
    now.agreement.state = AgreementState.REFUSED
    now.agreement.save(update_fields=["state"])
    audit.record("recognition.agreement.refused", now.agreement, by=by, at=at, party=party.value)
    if now.agreement.application.learner_id != by.pk:
        notices.tell(
            now.agreement.application.learner,
            kind="recognition.credit",
            title=format_lazy(
                gettext_lazy("The learning agreement for “{course}” was not signed"),
                course=now.agreement.application.course.title,
            ),
            text=reason.strip()[:500],
            url=now.agreement.get_absolute_url(),
            at=at,
        )
    return now.agreement


@dataclass
class Signed:
    """What came of signing many agreements at once."""

    count: int = 0
    # (who the agreement is with, why it was not signed)
    left: list[tuple[str, str]] = field(default_factory=list)


def sign_many(*, seen: Iterable[tuple[int, Party, str]], by: Person, at: datetime) -> Signed:
    """Sign several agreements, each a signature of its own: (agreement, party, fingerprint seen).

    One that cannot be signed does not hold up the others. Each is kept as soon as it is signed.
    """
    done = Signed()
    for agreement_id, party, fingerprint in seen:
        try:
            sign(agreement_id=agreement_id, party=party, seen=fingerprint, by=by, at=at)
        except (Refused, Fault) as fault:
            whose = LearningAgreement.objects.select_related("application__learner").get(pk=agreement_id)
            done.left.append((str(whose.application.learner), str(fault)))
        else:
            done.count += 1
    return done


def _answer(
    version: AgreementVersion,
    agreement: LearningAgreement,
    party: Party,
    answer: Answer,
    *,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    signature = Signature(
        version=version,
        party=party,
        answer=answer,
        person=by,
        name=by.name,
        office=office_of(by, agreement, party, language=version.content["language"]),
        signed_at=at,
        fingerprint=version.fingerprint,
        reason=reason,
    )
    signature.seal = texts.seal(*signature.facts)
    signature.save()


def office_of(person: Person, agreement: LearningAgreement, party: Party, *, language: str) -> str:
    """Say as what a person signs, in the language of the agreement."""
    with translation.override(language):
        if party is Party.LEARNER:
            return str(Office.STUDENT.label)
        place = agreement.home if party is Party.HOME else agreement.host
        held = [office for office in rules.SIGNING_OFFICES if person.holds(office, at=place)]
        office = held[0] if held else Office.TEACHER
        return _("%(office)s, %(institution)s") % {"office": office.label, "institution": place}
