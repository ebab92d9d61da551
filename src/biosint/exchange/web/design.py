"""The joint plan of a course: see it by week, move, take out, bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import rules
from biosint.exchange.models import Activity
from biosint.exchange.operations import design as operations
from biosint.exchange.queries import design as queries
from biosint.exchange.steps import zone_of_course
from biosint.exchange.timetable import on_wall, warnings_at
from biosint.exchange.web import trails
from biosint.exchange.web.design_forms import MoveForm, ShiftForm
from biosint.exchange.web.design_words import headline
from biosint.exchange.web.plan_weeks import Week, purpose_of, weeks_of
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.exchange.models import Course
    from biosint.exchange.timetable import Side


def tabs(course: Course, current: str) -> list[tuple[str, str, bool]]:
    """The pages of the designer."""
    pages = [
        ("design", _("Plan")),
        ("design_calendar", _("Calendar")),
        ("design_checks", _("Checks")),
        ("design_alignment", _("Outcomes")),
        ("design_workload", _("Workload")),
        ("design_changes", _("Changes")),
        ("design_versions", _("Versions and sharing")),
    ]
    return [
        (label, reverse(f"exchange:{name}", args=[course.slug]), name == current) for name, label in pages
    ]


def _warnings(activities: Iterable[Activity], sides: list[Side]) -> dict[int, int]:
    return {one.pk: len(warnings_at(one.due_at, purpose_of(one), sides)) for one in activities if one.due_at}


def planned(course: Course, *, with_warnings: bool = True) -> list[Week]:
    """Return every week of a course for those who plan it."""
    activities = list(queries.plan_of(course))
    warnings = _warnings(activities, queries.sides_of(course)) if with_warnings else {}
    return weeks_of(course, activities, now=timezone.now(), empty_weeks=True, warnings=warnings)


@login_required
def plan(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    weeks = planned(course)
    rows = [row for week in weeks for row in week.rows]
    return render(
        request,
        "exchange/design.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design"),
            "weeks": weeks,
            "count": len(rows),
            "hours": sum(row.activity.hours for row in rows),
            "zone": zone_of_course(course),
            "newest": queries.newest_change(course),
            "removed": list(queries.removed_from(course)[:5]),
            "may_edit": rules.may_edit(request.user, course),
        },
    )


@login_required
def newer(request: SignedIn, slug: str) -> HttpResponse:
    """Tell a page that is open what colleagues have changed since it was read; nothing, if nothing."""
    course = course_of(request, slug)
    since = key_in(request.GET.get("since", ""))
    changes = list(queries.changes_since(course, since, by_others_than=request.user)[:3])
    if not changes:
        return HttpResponse(status=204)
    return render(
        request,
        "exchange/_design_newer.html",
        {"course": course, "changes": [(change, headline(change)) for change in changes]},
    )


@login_required
@require_POST
def move(request: SignedIn, slug: str) -> HttpResponse:
    """Move one activity: ``up`` or ``down`` name it and its version; else ``activity``, ``week`` and ``before``."""
    course = course_of(request, slug)
    given = request.POST
    try:
        for word, step in (("up", -1), ("down", 1)):
            if word in given:
                key, _colon, version = given[word].partition(":")
                moved = operations.move_in_week(
                    course_id=course.pk,
                    activity_id=_known(course, key),
                    step=step,
                    seen_version=key_in(version),
                    by=request.user,
                    at=timezone.now(),
                )
                break
        else:
            moved = operations.move_to_week(
                course_id=course.pk,
                activity_id=_known(course, given.get("activity", "")),
                week=min(max(key_in(given.get("week", "")), 1), 60),
                before_id=key_in(given.get("before", "")),
                seen_version=key_in(given.get("version", "")),
                by=request.user,
                at=timezone.now(),
            )
    except Fault as fault:
        messages.warning(request, str(fault))
        return redirect("exchange:design", slug)
    return redirect(f"{reverse('exchange:design', args=[slug])}#a{moved.pk}")


def _known(course: Course, word: str) -> int:
    """Return the key of an activity of the course that a form names; 404 for any other word."""
    return get_object_or_404(Activity.everything.filter(course=course).only("pk"), pk=key_in(word)).pk


@login_required
def place(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """Choose the week of one activity, and take it out: the way without pointer and script."""
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    activity = get_object_or_404(course.activities.defer("text"), pk=activity_id)
    form = MoveForm(
        request.POST or None,
        course=course,
        activity=activity,
        weeks=planned(course, with_warnings=False),
    )
    if form.is_valid():
        try:
            operations.move_to_week(
                course_id=course.pk,
                activity_id=activity.pk,
                week=form.cleaned_data["week"],
                before_id=int(form.cleaned_data["before"]),
                seen_version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            messages.warning(request, str(fault))
        else:
            messages.success(request, _("“%(title)s” is moved.") % {"title": activity.title})
        return redirect(f"{reverse('exchange:design', args=[slug])}#a{activity.pk}")
    return render(
        request,
        "exchange/design_place.html",
        {
            "course": course,
            "activity": activity,
            "form": form,
            "trail": below_plan(course),
        },
        status=422 if form.is_bound else 200,
    )


def below_plan(course: Course) -> trails.Trail:
    return [*trails.below_desk(course), (_("Plan"), reverse("exchange:design", args=[course.slug]))]


@login_required
@require_POST
def remove(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    course = course_of(request, slug)
    known = _known(course, str(activity_id))
    try:
        activity = operations.remove_activity(
            course_id=course.pk,
            activity_id=known,
            seen_version=key_in(request.POST.get("version", "")) or None,
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        messages.warning(request, str(fault))
    else:
        messages.success(
            request,
            _("“%(title)s” is taken out. You can bring it back below the plan.") % {"title": activity.title},
        )
    return redirect("exchange:design", slug)


@login_required
@require_POST
def restore(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    course = course_of(request, slug)
    known = _known(course, str(activity_id))
    try:
        activity = operations.restore_activity(
            course_id=course.pk, activity_id=known, by=request.user, at=timezone.now()
        )
    except Fault as fault:
        messages.warning(request, str(fault))
        return redirect("exchange:design", slug)
    messages.success(request, _("“%(title)s” is back in the plan.") % {"title": activity.title})
    return redirect(f"{reverse('exchange:design', args=[slug])}#a{activity.pk}")


@login_required
def shift(request: SignedIn, slug: str) -> HttpResponse:
    """Move all dates of the plan, so that it begins on another day."""
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    dated = [one.opens_at or one.due_at for one in queries.plan_of(course)]
    zone = zone_of_course(course)
    first = min((on_wall(at, zone).date() for at in dated if at), default=course.start_date)
    form = ShiftForm(request.POST or None, initial={"first_day": course.start_date})
    if form.is_valid():
        count = operations.shift_plan(
            course_id=course.pk,
            days=(form.cleaned_data["first_day"] - first).days,
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Activities with new dates: %(count)s.") % {"count": count})
        return redirect("exchange:design", slug)
    return render(
        request,
        "exchange/design_shift.html",
        {"course": course, "form": form, "first": first, "trail": below_plan(course)},
        status=422 if form.is_bound else 200,
    )
