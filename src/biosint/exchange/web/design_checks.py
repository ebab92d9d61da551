"""How good a plan is: its checks, which outcomes it serves, how much work it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import rules
from biosint.exchange.checks import Tone, pieces_of, results_for
from biosint.exchange.operations import design as operations
from biosint.exchange.queries import design as queries
from biosint.exchange.states import Phase
from biosint.exchange.timetable import week_count
from biosint.exchange.web import trails
from biosint.exchange.web.design import tabs
from biosint.exchange.web.kinds import kind_of
from biosint.exchange.web.views.teach import course_of
from biosint.exchange.workload import MOST_A_WEEK, credits_for, load_of
from biosint.shared.charts import Bars, bars
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from decimal import Decimal

    from django.http import QueryDict

    from biosint.exchange.checks import Mend, Result
    from biosint.exchange.models import Activity, Course
    from biosint.exchange.workload import Load
    from biosint.shared.verdicts import Sentence

ROWS_PER_PAGE = 60
# What a finding shows as: tone of a badge, icon, and the word that says the same.
LOOKS: dict[Tone, tuple[str, str]] = {
    Tone.TROUBLE: ("danger", "octagon-alert"),
    Tone.LOOK: ("warning", "triangle-alert"),
    Tone.GOOD: ("success", "circle-check"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One check on the page."""

    title: Sentence
    tone: str
    icon: str
    word: str
    findings: list[tuple[Sentence, str]]


@login_required
def checks(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    results = results_for(queries.planned(course))
    return render(
        request,
        "exchange/design_checks.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_checks"),
            "checks": [_shown(result, course) for result in results],
            "good": sum(1 for result in results if result.tone is Tone.GOOD),
        },
    )


def _shown(result: Result, course: Course) -> Shown:
    tone, icon = LOOKS[result.tone]
    word = {Tone.TROUBLE: _("mend this"), Tone.LOOK: _("look at this"), Tone.GOOD: _("good")}[result.tone]
    return Shown(
        result.check.title,
        tone,
        icon,
        word,
        [(one.sentence, _address(one.mend, course)) for one in result.findings],
    )


def _address(mend: Mend | None, course: Course) -> str:
    if mend is None:
        return ""
    words = [course.slug] if mend.key is None else [course.slug, mend.key]
    return reverse(f"exchange:{mend.page}", args=words)


# Outcomes by activities


@dataclass(frozen=True, slots=True)
class Row:
    """An activity and, for every outcome: its position, its text, whether the activity serves it."""

    activity: Activity
    icon: str
    cells: list[tuple[int, str, bool]]


@login_required
def alignment(request: SignedIn, slug: str) -> HttpResponse:
    """Which activity serves which outcome; a box of a row is a link of the plan."""
    course = course_of(request, slug)
    if request.method == "POST":
        return _align(request, course)
    activities = list(queries.plan_of(course))
    page = Paginator(activities, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    texts = [outcome["text"] for outcome in course.outcomes]
    return render(
        request,
        "exchange/design_alignment.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_alignment"),
            "outcomes": [
                {
                    "number": number + 1,
                    "text": text,
                    "taught": sum(1 for one in activities if number in one.outcomes),
                    "assessed": sum(one.weight for one in activities if number in one.outcomes),
                }
                for number, text in enumerate(texts)
            ],
            "page": page,
            "rows": [
                Row(
                    one,
                    kind_of(one.kind).icon,
                    [(number, text, number in one.outcomes) for number, text in enumerate(texts)],
                )
                for one in page
            ],
            "may_edit": rules.may_edit(request.user, course),
        },
    )


def _align(request: SignedIn, course: Course) -> HttpResponse:
    links, seen = _links_in(request.POST)
    try:
        changed = operations.align(
            course_id=course.pk, links=links, seen_versions=seen, by=request.user, at=timezone.now()
        )
    except Fault as fault:
        messages.warning(request, str(fault))
    else:
        messages.success(request, _("Activities with other outcomes: %(count)s.") % {"count": len(changed)})
    page = key_in(request.POST.get("page", "")) or 1
    return redirect(f"{reverse('exchange:design_alignment', args=[course.slug])}?page={page}")


def _links_in(posted: QueryDict) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return what the form says: activity -> positions of outcomes, and activity -> version as it was seen."""
    links: dict[int, list[int]] = {}
    seen: dict[int, int] = {}
    for row in posted.getlist("row")[:ROWS_PER_PAGE]:
        key, _colon, version = row.partition(":")
        activity = key_in(key)
        links[activity] = [
            int(word) for word in posted.getlist(f"o{activity}") if word.isdecimal() and len(word) < 4
        ]
        seen[activity] = key_in(version)
    return links, seen


# Hours


@login_required
def workload(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    load = load_of(
        pieces_of(course, queries.plan_of(course)), weeks=week_count(course.start_date, course.end_date)
    )
    return render(
        request,
        "exchange/design_workload.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_workload"),
            "load": load,
            "credits": credits_for(load.total),
            "chart": _by_week(load),
            "phases": _by_phase(load),
            "head": [*(phase.label for phase in Phase), _("no phase")],
            "rows": [
                (
                    week,
                    [load.by_week_and_phase.get((week, phase)) for phase in [*Phase.values, ""]],
                    load.of_week(week),
                )
                for week in range(1, load.weeks + 1)
            ],
        },
    )


def _by_week(load: Load) -> Bars:
    full, uneven = load.full_weeks, load.uneven_weeks
    if full:
        title = _("Some weeks ask more than %(most)s hours") % {"most": MOST_A_WEEK}
    elif uneven:
        title = _("The weeks ask very different amounts of work")
    else:
        title = _("Every week asks about %(hours)s hours") % {"hours": f"{load.mean:.1f}"}
    return bars(
        title=title,
        description=_("Hours of one learner in each week of the course. The line marks the mean."),
        rows=[
            (_("Week %(number)s") % {"number": week}, float(load.of_week(week)), float(load.mean))
            for week in range(1, load.weeks + 1)
        ],
        unit=_("h"),
        digits=1,
    )


def _by_phase(load: Load) -> Bars:
    hours: dict[str, Decimal] = {phase.value: load.of_phase(phase) for phase in Phase}
    most = max(hours, key=lambda phase: hours[phase])
    return bars(
        title=_("Most work lies in the phase “%(phase)s”") % {"phase": Phase(most).label},
        description=_("Hours of one learner in each phase of the course."),
        rows=[(Phase(phase).label, float(found)) for phase, found in hours.items()],
        unit=_("h"),
        digits=1,
    )
