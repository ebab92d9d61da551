from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.notices import api as notices
from biosint.outreach.models import Practice, PracticeUse
from biosint.outreach.rules import (
    may_review_practice,
    may_rewrite_practice,
    may_use_practice,
    may_write_practice,
)
from biosint.outreach.states import PracticeState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

PRACTICE_PUBLISHED, PRACTICE_USED = "outreach.practice_published", "outreach.practice_used"


class ReviewMissing(Fault):
    """A practice is sent back without saying what it lacks."""


class UsedAlready(Fault):
    """The institution has told before that it uses the practice."""


@transaction.atomic
def write_practice(
    *,
    institution: Institution,
    title: str,
    language: str,
    need: str,
    deed: str,
    outcome: str,
    effort: str,
    by: Person,
    at: datetime,
) -> Practice:
    """Tell what worked. It waits until a colleague of another institution has read it.

    Raises:
        Refused: ``by`` may not speak for the institution.
    """
    require(may_write_practice(by, institution))
    practice = Practice.objects.create(
        institution=institution,
        title=title.strip(),
        language=language,
        need=need.strip(),
        deed=deed.strip(),
        outcome=outcome.strip(),
        effort=effort.strip(),
        written_by=by,
        written_at=at,
    )
    audit.record("outreach.practice.written", practice, by=by, at=at)
    return practice


def _locked(practice_id: int) -> Practice:
    return (
        Practice.objects.select_for_update(of=["self"])
        .select_related("institution", "written_by")
        .get(pk=practice_id)
    )


@transaction.atomic
def rewrite_practice(
    *,
    practice_id: int,
    title: str,
    language: str,
    need: str,
    deed: str,
    outcome: str,
    effort: str,
    by: Person,
    at: datetime,
) -> Practice:
    """Write anew what was sent back; it waits for a review again.

    Raises:
        Refused: it was not sent back, or ``by`` is not its writer.
    """
    practice = _locked(practice_id)
    require(may_rewrite_practice(by, practice))
    practice.title, practice.language = title.strip(), language
    practice.need, practice.deed = need.strip(), deed.strip()
    practice.outcome, practice.effort = outcome.strip(), effort.strip()
    practice.state, practice.written_at = PracticeState.SUBMITTED, at
    practice.save()
    audit.record("outreach.practice.rewritten", practice, by=by, at=at)
    return practice


@transaction.atomic
def review_practice(*, practice_id: int, accept: bool, review: str, by: Person, at: datetime) -> Practice:
    """Publish a practice, or send it back with what it lacks. The writer is told.

    Raises:
        Refused: ``by`` belongs to the same institution, or it does not wait for a review.
        ReviewMissing: nothing is sent back without a word.
    """
    practice = _locked(practice_id)
    require(may_review_practice(by, practice))
    if not accept and not review.strip():
        raise ReviewMissing(_("Say what is missing, so that the writer can mend it."))
    practice.state = PracticeState.PUBLISHED if accept else PracticeState.SENT_BACK
    practice.review, practice.reviewed_by, practice.reviewed_at = review.strip(), by, at
    practice.save(update_fields=["state", "review", "reviewed_by", "reviewed_at"])
    if accept:
        evidence.record(
            kind=PRACTICE_PUBLISHED,
            subject=practice,
            institution=practice.institution,
            occurred_at=at,
            proof=practice.get_absolute_url(),
            by=by,
        )
    notices.tell(
        practice.written_by,
        kind="outreach.results",
        title=gettext_lazy("Your good practice is published")
        if accept
        else gettext_lazy("Your good practice needs another look"),
        text=gettext_lazy("A colleague of another institution has read it. Open it to see the review."),
        url=practice.get_absolute_url(),
        at=at,
    )
    audit.record("outreach.practice.reviewed", practice, by=by, at=at, accepted=accept)
    return practice


@transaction.atomic
def use_practice(
    *, practice_id: int, institution: Institution, note: str, by: Person, at: datetime
) -> PracticeUse:
    """Tell that an institution has taken up a practice of another one.

    Raises:
        Refused: ``by`` may not speak for the institution, or it is the practice's own.
        UsedAlready: it has told so before.
    """
    practice = _locked(practice_id)
    require(may_use_practice(by, practice, institution))
    try:
        with transaction.atomic():
            use = PracticeUse.objects.create(
                practice=practice, institution=institution, note=note.strip(), told_by=by, told_at=at
            )
    except IntegrityError as fault:
        raise UsedAlready(
            _("%(institution)s has told before that it uses this practice.") % {"institution": institution}
        ) from fault
    evidence.record(
        kind=PRACTICE_USED,
        subject=use,
        institution=institution,
        occurred_at=at,
        proof=practice.get_absolute_url(),
        by=by,
        title=practice.title,
    )
    audit.record("outreach.practice.used", practice, by=by, at=at, institution=institution.short_name)
    return use
