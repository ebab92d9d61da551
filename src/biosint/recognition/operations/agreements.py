from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.jobs import api as jobs
from biosint.notices import api as notices
from biosint.recognition import content, texts
from biosint.recognition.models import AgreementVersion, CourseAtHome, LearningAgreement, Recognition
from biosint.recognition.queries import agreements as queries
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import AgreementState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

# Somebody admitted in the last days before the course still has time to collect signatures.
LEAST_DAYS = 14
REMIND_DAYS_BEFORE = 3


class Outdated(Fault):
    """The agreement was changed after this page was opened."""


def outdated() -> Outdated:
    return Outdated(_("The agreement was changed after you opened it. Read the new version, then decide."))


@transaction.atomic
def make(*, application_id: int, by: Person | None, at: datetime) -> LearningAgreement:
    """Make the agreement for a place in a course from what the course says. Made twice is made once.

    Raises:
        Refused: the learner has no other institution with which something could be agreed.
    """
    # Locked first: two who ask at once get one agreement.
    application = queries.application_for_agreement(application_id)
    made = LearningAgreement.objects.filter(application=application).first()
    if made is not None and made.state != AgreementState.ENDED:
        return made
    require(rules.needs_agreement(application))
    today = at.date()
    if made is None:
        made = LearningAgreement(application=application, latest=0)
    assert application.institution is not None  # noqa: S101 -- judged above
    made.home, made.host = application.institution, application.course.host
    made.state, made.agreed_at, made.reminded_at = AgreementState.OPEN, None, None
    made.sign_by_date = max(application.course.start_date, today + timedelta(days=LEAST_DAYS))
    made.created_by, made.created_at = by, at
    made.latest += 1
    made.save()
    _add_version(made, queries.content_now(application), reason="", by=by, at=at)
    notices.tell(
        application.learner,
        kind="recognition.credit",
        title=format_lazy(
            gettext_lazy("A learning agreement for “{course}” is ready"), course=application.course.title
        ),
        text=gettext_lazy(
            "It says what you will learn and for what it counts at home. Read it and sign it with one click; "
            "both institutions sign it, too."
        ),
        url=made.get_absolute_url(),
        at=at,
    )
    _remind_later(made, at=at)
    audit.record("recognition.agreement.made", made, by=by, at=at)
    return made


def _add_version(
    agreement: LearningAgreement, said: dict[str, object], *, reason: str, by: Person | None, at: datetime
) -> AgreementVersion:
    text = texts.written(said)
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.latest,
        text=text,
        fingerprint=texts.fingerprint(text),
        reason=reason,
        made_by=by,
        made_at=at,
    )


def _remind_later(agreement: LearningAgreement, *, at: datetime) -> None:
    day: date = agreement.sign_by_date - timedelta(days=REMIND_DAYS_BEFORE)
    due = timezone.make_aware(datetime.combine(day, time(8)))
    jobs.enqueue(
        "recognition.remind_of_agreement",
        by=None,
        at=at,
        due_at=max(due, at),
        key=f"{agreement.pk}-{agreement.latest}",
        agreement_id=agreement.pk,
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    agreement: LearningAgreement
    version: AgreementVersion


def opened(agreement_id: int) -> _Opened:
    """Lock an agreement and return it with its latest version."""
    # Two who sign, or change and sign, at once: whoever locks the agreement first decides.
    LearningAgreement.objects.select_for_update(of=["self"]).get(pk=agreement_id)
    agreement = queries.whole().get(pk=agreement_id)
    return _Opened(agreement, agreement.versions.get(number=agreement.latest))


@transaction.atomic
def change(
    *,
    agreement_id: int,
    seen: str,
    unit: content.CountsFor,
    reason: str,
    by: Person,
    at: datetime,
) -> LearningAgreement:
    """Change for what the course counts at home. It is a new version: all three sign again.

    Args:
        seen: fingerprint of the version the person had before their eyes.

    Raises:
        Outdated: somebody changed it meanwhile.
    """
    now = opened(agreement_id)
    require(rules.may_change(by, now.agreement))
    if now.version.fingerprint != seen:
        raise outdated()
    said = {**now.version.content, "counts_for": unit.as_json()}
    return _renew(now, said, reason=reason, by=by, at=at)


@transaction.atomic
def take_up_course(*, agreement_id: int, seen: str, by: Person, at: datetime) -> LearningAgreement:
    """Make a new version with what the course says now; what counts at home stays."""
    now = opened(agreement_id)
    require(rules.may_renew(by, now.agreement))
    if now.version.fingerprint != seen:
        raise outdated()
    said = queries.content_now(now.agreement.application, unit=content.counts_for(now.version.content))
    return _renew(now, said, reason=_("The course has changed."), by=by, at=at)


def _renew(
    now: _Opened, said: dict[str, object], *, reason: str, by: Person, at: datetime
) -> LearningAgreement:
    agreement = now.agreement
    if texts.fingerprint(texts.written(said)) == now.version.fingerprint:
        return agreement
    had_signatures = now.version.signatures.exists()
    agreement.latest += 1
    agreement.state, agreement.agreed_at, agreement.reminded_at = AgreementState.OPEN, None, None
    agreement.sign_by_date = max(agreement.sign_by_date, at.date() + timedelta(days=LEAST_DAYS))
    agreement.save(update_fields=["latest", "state", "agreed_at", "reminded_at", "sign_by_date"])
    _add_version(agreement, said, reason=reason.strip()[:300], by=by, at=at)
    if had_signatures or agreement.application.learner_id != by.pk:
        notices.tell(
            agreement.application.learner,
            kind="recognition.credit",
            title=format_lazy(
                gettext_lazy("Your learning agreement for “{course}” has changed"),
                course=agreement.application.course.title,
            ),
            text=gettext_lazy(
                "Read what has changed and sign the new version. Earlier signatures no longer count."
            ),
            url=agreement.get_absolute_url(),
            at=at,
        )
    _remind_later(agreement, at=at)
    audit.record(
        "recognition.agreement.changed", agreement, by=by, at=at, version=agreement.latest, reason=reason
    )
    return agreement


@transaction.atomic
def settle_at_home(
    *,
    course_id: int,
    institution_id: int,
    code: str,
    title: str,
    ects: Decimal,
    by: Person,
    at: datetime,
) -> int:
    """Say once for which unit a course counts; agreements of the institution's students that wait take it up.

    What is agreed already stays as it was signed.

    Returns:
        How many agreements got a new version.
    """
    require(rules.may_settle_at_home(by, institution_id))
    settled, _made = CourseAtHome.objects.update_or_create(
        course_id=course_id,
        institution_id=institution_id,
        defaults={"code": code, "title": title, "ects": ects, "changed_by": by, "changed_at": at},
    )
    audit.record("recognition.course_at_home.settled", settled, by=by, at=at, title=title, ects=str(ects))
    unit = content.CountsFor(title=title, code=code, ects=ects)
    waiting = LearningAgreement.objects.filter(
        home=institution_id,
        application__course=course_id,
        state__in=[AgreementState.OPEN, AgreementState.REFUSED],
    ).order_by("pk")
    renewed = 0
    for key in waiting.values_list("pk", flat=True):
        now = opened(key)
        said = {**now.version.content, "counts_for": unit.as_json()}
        before = now.agreement.latest
        _renew(now, said, reason=_("The institution settled for which unit the course counts."), by=by, at=at)
        renewed += now.agreement.latest != before
    return renewed


@transaction.atomic
def make_for_course(*, course_id: int, institution_id: int, by: Person, at: datetime) -> int:
    """Make the agreements that are missing for an institution's students in a course; return how many."""
    require(rules.may_settle_at_home(by, institution_id))
    missing = queries.without_agreement(institution_ids=[institution_id]).filter(course=course_id)
    keys = list(missing.values_list("pk", flat=True))
    for key in keys:
        make(application_id=key, by=by, at=at)
    return len(keys)


@transaction.atomic
def end(*, application_id: int, by: Person | None, at: datetime) -> None:
    """The learner has left the course: the agreement is no longer needed. What was signed stays to be read."""
    found = LearningAgreement.objects.filter(application=application_id).exclude(state=AgreementState.ENDED)
    for agreement in found.select_for_update(of=["self"]):
        agreement.state, agreement.agreed_at = AgreementState.ENDED, None
        agreement.save(update_fields=["state", "agreed_at"])
        audit.record("recognition.agreement.ended", agreement, by=by, at=at)


@transaction.atomic
def remind(*, agreement_id: int, at: datetime) -> bool:
    """Remind the learner of an agreement that still waits; once for each version. False: nothing waits."""
    now = opened(agreement_id)
    agreement = now.agreement
    if agreement.state != AgreementState.OPEN or agreement.reminded_at is not None:
        return False
    agreement.reminded_at = at
    agreement.save(update_fields=["reminded_at"])
    for person in queries.who_should_sign(agreement, now.version):
        notices.tell(
            person,
            kind="recognition.credit",
            title=format_lazy(
                gettext_lazy("The learning agreement for “{course}” waits for your signature"),
                course=agreement.application.course.title,
            ),
            text=gettext_lazy("Without three signatures, recognition of the credits is not certain."),
            url=agreement.get_absolute_url(),
            at=at,
        )
    audit.record("recognition.agreement.reminded", agreement, by=None, at=at)
    return True


def forget(person: Person) -> None:
    """Erase what a person who closes the account put into agreements that were never agreed.

    What three parties signed is a record of the two institutions' and stays.
    """
    unfinished = LearningAgreement.objects.filter(application__learner=person).exclude(
        state=AgreementState.AGREED
    )
    decided = Recognition.objects.filter(agreed_version__agreement__in=unfinished)
    unfinished.exclude(pk__in=decided.values("agreed_version__agreement")).delete()
