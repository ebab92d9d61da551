"""Marking works: how an activity is marked, what each work got, phrases of a marker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Activity, AtWork, Deviation, Marking, MarkingPlan, Phrase
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations.gradebook import ReasonMissing
from biosint.exchange.operations.rubrics import note_used
from biosint.exchange.operations.scores import give_score
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.marking import Desk, Unit, desk_of
from biosint.exchange.rubrics import points_of, rubric_from
from biosint.exchange.rules.gradebook import may_mark_work, may_set_up_book
from biosint.exchange.states import ScoreSource
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

MOST = Decimal(100)
LEAST = Decimal(0)
MOST_PHRASES = 60


class MarkedMeanwhile(Fault):
    """A colleague marked this work after the page was opened."""


class RubricInUse(Fault):
    """Works of the activity are marked by one rubric; they could not be compared with those of another."""


class TooManyPhrases(Fault):
    """A marker keeps as many phrases as one can find again."""


@transaction.atomic
def set_marking(
    *, activity_id: int, rubric_id: int | None, is_anonymous: bool, by: Person, at: datetime
) -> MarkingPlan:
    """Settle by which rubric works of an activity are marked, and whether names are hidden meanwhile.

    Raises:
        RubricInUse: works have been marked by another rubric.
    """
    activity = Activity.objects.get(pk=activity_id)
    course = locked(activity.course_id)
    require(may_set_up_book(by, course))
    rubric = course.rubrics.get(pk=rubric_id) if rubric_id is not None else None
    plan, _fresh = MarkingPlan.objects.get_or_create(activity=activity)
    if plan.rubric_id != rubric_id and Marking.objects.filter(activity=activity).exists():
        raise RubricInUse(
            _(
                "Works have been marked already, so the rubric stands: marks of two rubrics cannot be compared."
            )
        )
    plan.rubric, plan.is_anonymous = rubric, is_anonymous
    plan.save(update_fields=["rubric", "is_anonymous"])
    audit.record(
        "exchange.marking.set_up", activity, by=by, at=at, rubric=str(rubric or ""), anonymous=is_anonymous
    )
    return plan


@transaction.atomic
def mark_work(
    *,
    activity_id: int,
    unit: Unit,
    chosen: Mapping[str, int],
    points: Decimal | None,
    comment: str,
    deviations: Mapping[int, tuple[Decimal, str]],
    seen_version: int,
    reason: str = "",
    by: Person,
    at: datetime,
) -> Marking:
    """Give a work its points: by the levels of the rubric, else by ``points``. Learners see them once released.

    Sent twice, it is done once.

    Args:
        unit: whose work it is, of ``queue_of``.
        chosen: code of each criterion -> position of the level.
        points: 0 to 100, where the activity has no rubric.
        deviations: application of a member of the team -> points more or fewer, and why.
        seen_version: ``Desk.version`` that the marker saw.
        reason: why points change that learners have seen.

    Raises:
        MarkedMeanwhile: it changed since the marker saw it.
        CriterionLeftOut: a criterion has no level.
        ReasonMissing: one member deviates, or released points change, and nobody says why.
    """
    activity = locked_activity(activity_id)
    require(may_mark_work(by, activity.course, activity))
    plan, _fresh = MarkingPlan.objects.select_related("rubric").get_or_create(activity=activity)
    desk = desk_of(activity, unit)
    given = points if plan.rubric is None else points_of(rubric_from(plan.rubric.content), chosen)
    if given is None:
        raise ValueError("Points are missing.")
    if any(more and not why.strip() for more, why in deviations.values()):
        raise ReasonMissing(_("Write why this learner gets other points than the team."))
    kept = {
        one.pk: (deviations[one.pk][0], deviations[one.pk][1].strip())
        for one in desk.members
        if one.pk in deviations and deviations[one.pk][0]
    }
    if _is_the_same(desk, given, dict(chosen), comment, kept):
        assert desk.marking is not None  # noqa: S101 -- what does not exist is not the same
        return desk.marking
    if desk.version != seen_version:
        raise MarkedMeanwhile(_meanwhile(desk))
    wanted = {one.pk: _within(given + kept.get(one.pk, (LEAST, ""))[0]) for one in desk.members}
    before = {score.application_id: score.points for score in desk.scores}
    if (
        plan.released_at is not None
        and not reason.strip()
        and any(key in before and before[key] != now for key, now in wanted.items())
    ):
        raise ReasonMissing(_("Learners have seen these points. Write why they change."))
    marking = _keep(desk, plan, given=given, chosen=chosen, comment=comment, by=by, at=at)
    marking.deviations.all().delete()
    Deviation.objects.bulk_create(
        Deviation(marking=marking, application_id=key, points=more, reason=why)
        for key, (more, why) in kept.items()
    )
    versions = {score.application_id: score.version for score in desk.scores}
    for member in desk.members:
        give_score(
            activity=activity,
            application=member,
            points=wanted[member.pk],
            source=ScoreSource.TEACHER,
            comment=comment,
            seen_version=versions.get(member.pk, 0),
            reason=" ".join(filter(None, (reason.strip(), kept.get(member.pk, (LEAST, ""))[1]))),
            by=by,
            at=at,
        )
    if plan.rubric is not None:
        note_used(plan.rubric, at=at)
    AtWork.objects.filter(activity=activity, code=unit.code, person=by).delete()
    return marking


def _within(points: Decimal) -> Decimal:
    return min(max(points, LEAST), MOST)


def _is_the_same(
    desk: Desk, points: Decimal, chosen: dict[str, int], comment: str, kept: Mapping[int, tuple[Decimal, str]]
) -> bool:
    known = desk.marking
    if known is None or (known.points, known.chosen, known.comment) != (points, chosen, comment):
        return False
    marked = {score.application_id for score in desk.scores if score.source == ScoreSource.TEACHER}
    stood = {key: (Decimal(more), why) for key, (more, why) in desk.deviations.items()}
    return stood == dict(kept) and marked == {one.pk for one in desk.members}


def _meanwhile(desk: Desk) -> str:
    if desk.marking is None:
        return _("This work has got points meanwhile. Look at them, then save again.")
    return _("%(person)s has marked this work meanwhile: %(points)s points. Look at it, then save again.") % {
        "person": desk.marking.marked_by,
        "points": desk.marking.points,
    }


def _keep(
    desk: Desk,
    plan: MarkingPlan,
    *,
    given: Decimal,
    chosen: Mapping[str, int],
    comment: str,
    by: Person,
    at: datetime,
) -> Marking:
    marking = desk.marking or Marking(
        activity=desk.activity,
        application_id=desk.unit.application_id,
        team_id=desk.unit.team_id,
        version=0,
    )
    marking.rubric, marking.chosen = plan.rubric, dict(chosen) if plan.rubric else {}
    marking.points, marking.comment = given, comment
    marking.marked_by, marking.marked_at = by, at
    marking.version += 1
    marking.save()
    return marking


def note_at_work(*, activity: Activity, unit: Unit, by: Person, at: datetime) -> None:
    """Say that a marker has a work open."""
    AtWork.objects.update_or_create(activity=activity, code=unit.code, person=by, defaults={"seen_at": at})


@transaction.atomic
def keep_phrase(*, text: str, by: Person, at: datetime) -> None:
    """Keep words for the next work. The same words twice are once.

    Raises:
        TooManyPhrases: there are as many as one can find again.
    """
    text = " ".join(text.split())[:500]
    if not text or Phrase.objects.filter(person=by, text=text).exists():
        return
    if Phrase.objects.filter(person=by).count() >= MOST_PHRASES:
        raise TooManyPhrases(
            _("You keep %(count)s phrases, as many as there can be. Drop one first.")
            % {"count": MOST_PHRASES}
        )
    Phrase.objects.get_or_create(person=by, text=text, defaults={"kept_at": at})


def drop_phrase(*, phrase_id: int, by: Person) -> None:
    Phrase.objects.filter(pk=phrase_id, person=by).delete()
