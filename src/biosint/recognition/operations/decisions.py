from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.exchange.api import Completion
from biosint.notices import api as notices
from biosint.recognition.models import FormerDecision, Recognition
from biosint.recognition.queries import decisions as queries
from biosint.recognition.rules.decisions import may_decide_anew, may_recognise
from biosint.recognition.states import Decision
from biosint.shared.verdicts import Fault, Refused, require

if TYPE_CHECKING:
    from biosint.people.api import Person

EVIDENCE = "exchange.credit_recognised"
# Decisions made before recognition became an app of its own are counted under their former name.
EVIDENCE_SUBJECTS = ("recognition.recognition", "exchange.recognition")
KEPT = ("decision", "local_name", "local_code", "local_grade", "ects", "reason", "decided_by", "decided_at")


class DecidedMeanwhile(Fault):
    """A colleague decided anew after this page was opened."""


class ReasonMissing(Fault):
    """A decision is not reopened without saying why."""


class TooMuch(Fault):
    """More credits than the course gave cannot be recognised for it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided. A refusal counts no credits, whatever ``ects`` says."""

    decision: Decision
    ects: Decimal
    local_name: str = ""
    local_code: str = ""
    local_grade: str = ""
    reason: str = ""

    @property
    def values(self) -> dict[str, object]:
        refused = self.decision is Decision.DECLINED
        return {
            "decision": self.decision,
            "ects": Decimal(0) if refused else self.ects,
            "local_name": "" if refused else self.local_name,
            "local_code": "" if refused else self.local_code,
            "local_grade": "" if refused else self.local_grade,
            "reason": self.reason,
        }


def _locked(completion_id: int) -> Completion:
    # The lock and the related decision are read apart: an outer join cannot be locked.
    Completion.objects.select_for_update(of=["self"]).get(pk=completion_id)
    return Completion.objects.select_related(
        "application__learner", "application__course", "institution", "recognition"
    ).get(pk=completion_id)


@transaction.atomic
def recognise(
    *,
    completion_id: int,
    decision: Decision,
    ects: Decimal,
    local_name: str = "",
    local_code: str = "",
    local_grade: str = "",
    reason: str = "",
    by: Person,
    at: datetime,
) -> Recognition:
    """Decide, for the learner's institution, on the credits of a completion.

    The same form sent twice is one decision. Where the three parties agreed before, the decision keeps the
    signed text it rests on.

    Raises:
        Refused: ``by`` may not, or a decision was made before.
        TooMuch: more credits than the course gave.
    """
    completion = _locked(completion_id)
    ruling = Ruling(decision, ects, local_name, local_code, local_grade, reason)
    made: Recognition | None = getattr(completion, "recognition", None)
    if made is not None and all(getattr(made, name) == value for name, value in ruling.values.items()):
        return made
    require(may_recognise(by, completion))
    _keep_to_credits(ruling, completion)
    recognition = Recognition.objects.create(
        completion=completion,
        agreed_version=queries.agreed_version(completion.application),
        decided_by=by,
        decided_at=at,
        **ruling.values,
    )
    _tell(recognition, completion, by=by, at=at)
    audit.record(f"exchange.credit.{decision.value}", recognition, by=by, at=at, ects=str(recognition.ects))
    return recognition


@transaction.atomic
def decide_anew(
    *, completion_id: int, seen_version: int, ruling: Ruling, why: str, by: Person, at: datetime
) -> Recognition:
    """Reopen a decision and decide again in one step; the former decision stays, with the reason.

    Raises:
        Refused: ``by`` may not.
        DecidedMeanwhile: a colleague decided anew meanwhile.
        ReasonMissing: ``why`` is empty.
        TooMuch: more credits than the course gave.
    """
    completion = _locked(completion_id)
    require(may_decide_anew(by, completion))
    recognition = completion.recognition
    if recognition.version != seen_version:
        raise DecidedMeanwhile(
            _("%(person)s has decided anew since you opened this page. Read that decision first.")
            % {"person": recognition.decided_by}
        )
    if not why.strip():
        raise ReasonMissing(_("Write why the decision is reopened: the learner reads it."))
    _keep_to_credits(ruling, completion)
    FormerDecision.objects.create(
        recognition=recognition,
        version=recognition.version,
        reopened_by=by,
        reopened_at=at,
        why_reopened=why.strip()[:500],
        **{name: getattr(recognition, name) for name in KEPT},
    )
    for name, value in ruling.values.items():
        setattr(recognition, name, value)
    recognition.version += 1
    recognition.decided_by, recognition.decided_at = by, at
    recognition.agreed_version = queries.agreed_version(completion.application)
    recognition.save()
    for item in evidence.items(kinds=[EVIDENCE], institution=completion.institution_id).filter(
        subject_kind__in=EVIDENCE_SUBJECTS, subject_id=str(recognition.pk)
    ):
        evidence.withdraw(item_id=item.pk, by=by, at=at, reason=why.strip()[:300])
    _tell(recognition, completion, by=by, at=at)
    audit.record(
        "exchange.credit.decided_anew",
        recognition,
        by=by,
        at=at,
        version=recognition.version,
        ects=str(recognition.ects),
        reason=why.strip()[:300],
    )
    return recognition


def _keep_to_credits(ruling: Ruling, completion: Completion) -> None:
    if ruling.decision is Decision.RECOGNISED and ruling.ects > completion.ects:
        raise TooMuch(
            _("The course gave %(ects)s ECTS credits; more cannot be recognised for it.")
            % {"ects": f"{completion.ects.normalize():f}"}
        )


def _tell(recognition: Recognition, completion: Completion, *, by: Person, at: datetime) -> None:
    page = reverse("recognition:recognise", args=[completion.public_id])
    if recognition.decision == Decision.RECOGNISED:
        evidence.record(
            kind=EVIDENCE,
            subject=recognition,
            institution=completion.institution,
            occurred_at=at,
            proof=page,
            by=by,
            title=completion.application.course.title,
            quantity=recognition.ects,
            details={
                "local_name": recognition.local_name,
                "days": (at - completion.completed_at).days,
                "agreed": recognition.agreed_version_id is not None,
            },
        )
    notices.tell(
        completion.application.learner,
        kind="recognition.credit",
        title=format_lazy(
            gettext_lazy("Your institution decided on the credits of “{course}”"),
            course=completion.application.course.title,
        ),
        text=recognition.reason
        or gettext_lazy("Open the page to see how many credits count, and for which course."),
        url=page,
        at=at,
    )


@dataclass
class Decided:
    """What came of deciding on many completions at once."""

    count: int = 0
    # (learner, why it was left)
    left: list[tuple[str, str]] = field(default_factory=list)


def recognise_as_agreed(*, completion_ids: Iterable[int], by: Person, at: datetime) -> Decided:
    """Recognise what was agreed for each of these completions, each a decision of its own.

    One for which nothing was agreed is left to be decided by hand, and does not hold up the others.
    """
    done = Decided()
    for key in completion_ids:
        completion = Completion.objects.select_related("application__learner", "institution").get(pk=key)
        version = queries.agreed_version(completion.application)
        if version is None:
            done.left.append(
                (str(completion.application.learner), _("Nothing was agreed before: decide on the page."))
            )
            continue
        offered = queries.proposal(completion, version)
        try:
            recognise(
                completion_id=key,
                decision=Decision.RECOGNISED,
                local_name=offered.local_name,
                local_code=offered.local_code,
                ects=min(offered.ects, completion.ects),
                by=by,
                at=at,
            )
        except (Refused, Fault) as fault:
            done.left.append((str(completion.application.learner), str(fault)))
        else:
            done.count += 1
    return done
