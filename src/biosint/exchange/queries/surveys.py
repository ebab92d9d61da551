"""What surveys of a course found: figures of closed surveys, and only where enough people answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from biosint.exchange.models import CourseSurvey
from biosint.exchange.rules.surveys import asked_of
from biosint.exchange.states import ActivityKind, SurveyMoment
from biosint.shared.words import in_language
from biosint.surveys import api as surveys
from iahcalc import samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    from biosint.exchange.models import Activity, Course

    Scores = Mapping[str, npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean in points of the instrument, of ``n`` people; None where too few answered to show one."""

    n: int
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One score: means of learners and comparison group, their changes, and how much more learners changed.

    ``paired`` tells whether the change is of the same people; ``more`` is the difference in differences.
    """

    title: str
    before: Mean
    after: Mean
    change: samples.Effect | None = None
    paired: bool = False
    control_before: Mean | None = None
    control_after: Mean | None = None
    control_change: samples.Effect | None = None
    more: samples.Effect | None = None

    @property
    def sentence(self) -> str:
        """Say in plain words what changed, and whether chance alone may explain it."""
        if self.change is None:
            return ""
        said = _changed(self.change)
        if self.more is not None and self.control_change is not None:
            words = {
                "others": _figure(self.control_change.value),
                "more": _figure(self.more.value),
            }
            said += " " + (
                _("The comparison group changed by %(others)s; the learners changed by %(more)s more.")
                % words
                if self.more.low > 0
                else _(
                    "The comparison group changed by %(others)s. That the learners changed otherwise is not shown."
                )
                % words
                if self.more.high >= 0
                else _("The comparison group changed by %(others)s; the learners fell behind it (%(more)s).")
                % words
            )
        return said


def _figure(value: float) -> str:
    # number_format cuts off; the table beside the sentence rounds.
    return str(number_format(round(value, 2), 2))


def _changed(change: samples.Effect) -> str:
    words = {"points": _figure(abs(change.value))}
    if change.low > 0:
        return _("it rose by %(points)s points, more than chance explains.") % words
    if change.high < 0:
        return _("it fell by %(points)s points, more than chance explains.") % words
    return _("it moved by %(points)s points, which chance alone may explain.") % words


@dataclass(frozen=True, slots=True)
class Held:
    """One survey of the course: how many answered, whether its figures may be seen."""

    activity: Activity
    moment: SurveyMoment
    survey: CourseSurvey | None
    answered: int
    compared: int
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What one instrument found in the course. ``rows`` is empty while a survey is open or too few answered."""

    title: str
    least: float
    most: float
    held: list[Held]
    learners: int
    pairs: int
    smallest: int
    rows: list[Row]
    waits_for_close: bool


def surveys_of(course: Course, *, at: datetime) -> list[Held]:
    """Return the surveys of a course in the order of its plan, those without a questionnaire left out."""
    activities = [
        one for one in course.activities.filter(kind=ActivityKind.SURVEY) if asked_of(one) is not None
    ]
    begun = {
        one.activity_id: one
        for one in CourseSurvey.objects.filter(activity__in=activities).select_related(
            "answers__version", "comparison__version"
        )
    }
    found = []
    for activity in activities:
        activity.course = course
        asked, survey = asked_of(activity), begun.get(activity.pk)
        if asked is None:
            continue
        found.append(
            Held(
                activity=activity,
                moment=asked.moment,
                survey=survey,
                answered=survey.answers.submissions.count() if survey else 0,
                compared=survey.comparison.submissions.count() if survey and survey.comparison else 0,
                is_closed=survey is not None and survey.answers.phase_at(at) == surveys.Phase.CLOSED,
            )
        )
    return found


def reports_of(course: Course, *, learners: int, at: datetime) -> list[Report]:
    """Return one report for each instrument that the course asks."""
    by_instrument: dict[str, list[Held]] = {}
    for held in surveys_of(course, at=at):
        asked = asked_of(held.activity)
        if asked is not None:
            by_instrument.setdefault(asked.instrument, []).append(held)
    return [_report(code, held, learners=learners) for code, held in by_instrument.items()]


def _report(code: str, held: list[Held], *, learners: int) -> Report:
    instrument = surveys.supplied_instruments()[code].instrument
    before = next((one for one in held if one.moment == SurveyMoment.BEFORE), None)
    after = next((one for one in reversed(held) if one.moment == SurveyMoment.AFTER), None)
    # A figure that grew by one answer would tell that answer: nothing is shown before a survey has closed.
    shown = {one.moment: one.survey for one in (before, after) if one and one.survey and one.is_closed}
    first, last = shown.get(SurveyMoment.BEFORE), shown.get(SurveyMoment.AFTER)
    smallest = max((one.answers.smallest_group for one in shown.values()), default=surveys.SMALLEST_GROUP)
    learned = _Times(first.answers if first else None, last.answers if last else None)
    others = _Times(first.comparison if first else None, last.comparison if last else None)
    least, most = instrument.score_range(next(iter(instrument.score_titles)))
    rows = [
        _row(score, in_language(title).text, learned, others, smallest)
        for score, title in instrument.score_titles.items()
    ]
    return Report(
        title=in_language(instrument.title).text,
        least=least,
        most=most,
        held=held,
        learners=learners,
        pairs=len(learned.pairs.before) if learned.pairs else 0,
        smallest=smallest,
        rows=[row for row in rows if row.before.value is not None or row.after.value is not None],
        waits_for_close=any(one.survey and not one.is_closed for one in held),
    )


class _Times:
    """The scores of one group of people at both times, as far as they may be seen."""

    def __init__(self, before: surveys.AnswerSet | None, after: surveys.AnswerSet | None) -> None:
        self.before: Scores = surveys.scores_of(before) if before else {}
        self.after: Scores = surveys.scores_of(after) if after else {}
        self.pairs = surveys.pairs_between(before, after) if before and after else None

    def paired(self, score: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
        """Return both answers of those who could be followed: shape ``(people,)`` each."""
        if self.pairs is None or score not in self.before or score not in self.after:
            return None
        return self.before[score][self.pairs.before], self.after[score][self.pairs.after]


def _answered(values: npt.NDArray[np.float64] | None) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.array([]) if values is None else values[~np.isnan(values)]


def _mean(values: npt.NDArray[np.float64] | None, smallest: int) -> Mean:
    there = _answered(values)
    return Mean(len(there), float(there.mean()) if len(there) >= smallest else None)


def _cells(
    times: _Times, score: str, smallest: int, *, paired: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
    """Return what is compared between the times; None where fewer people than ``smallest`` stand behind it."""
    if paired:
        both = times.paired(score)
        if both is None or len(_answered(both[0] - both[1])) < smallest:
            return None
        return both
    first, last = _answered(times.before.get(score)), _answered(times.after.get(score))
    return (first, last) if min(len(first), len(last)) >= smallest else None


def _row(score: str, title: str, learned: _Times, others: _Times, smallest: int) -> Row:
    paired = _cells(learned, score, smallest, paired=True) is not None
    cells = _cells(learned, score, smallest, paired=paired)
    both_paired = paired and _cells(others, score, smallest, paired=True) is not None
    control = _cells(others, score, smallest, paired=both_paired)
    compared = None
    if control is not None:
        own = cells if both_paired == paired else _cells(learned, score, smallest, paired=False)
        compared = _compared(own, control, paired=both_paired)
    return Row(
        title=title,
        before=_mean(learned.before.get(score), smallest),
        after=_mean(learned.after.get(score), smallest),
        change=_change(cells, paired=paired),
        paired=paired,
        control_before=_mean(others.before.get(score), smallest) if others.before else None,
        control_after=_mean(others.after.get(score), smallest) if others.after else None,
        control_change=compared.control_change if compared else _change(control, paired=both_paired),
        more=next(
            (one for one in compared.further_effects if one.name == samples.EffectName.MEAN_DIFFERENCE), None
        )
        if compared
        else None,
    )


def _change(
    cells: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None, *, paired: bool
) -> samples.Effect | None:
    """Return the mean change (after - before) with its interval; None where nothing varies or nobody is there."""
    if cells is None:
        return None
    try:
        found = samples.paired_t(*cells) if paired else samples.welch_t(cells[1], cells[0])
    except Undefined:
        return None
    return next(
        (
            one
            for one in (found.effect, *found.further_effects)
            if one.name == samples.EffectName.MEAN_DIFFERENCE
        ),
        None,
    )


def _compared(
    own: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None,
    control: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    *,
    paired: bool,
) -> samples.DifferenceInDifferences | None:
    if own is None:
        return None
    try:
        return samples.difference_in_differences(*own, *control, paired=paired)
    except Undefined:
        return None
