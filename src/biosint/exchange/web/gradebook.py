"""The grade book of a course, for its teachers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import rules
from biosint.exchange.models import LateRule
from biosint.exchange.operations import gradebook as operations
from biosint.exchange.queries.deadlines import lateness_of, zone_of
from biosint.exchange.queries.gradebook import (
    book_of,
    learners_in_book,
    marked_activities,
    removed_with_scores,
    waiting_counts,
)
from biosint.exchange.rules.gradebook import may_give_time, may_release, may_set_up_book
from biosint.exchange.web import trails
from biosint.exchange.web.gradebook_forms import (
    BookFilter,
    ExcuseForm,
    ExtensionForm,
    GroupsForm,
    LateRuleForm,
)
from biosint.exchange.web.kinds import kind_of
from biosint.exchange.web.views.teach import course_of, tabs
from biosint.jobs import api as jobs
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require

LEARNERS_PER_PAGE = 50
ACTIVITIES_PER_PAGE = 8


@login_required
def book(request: SignedIn, slug: str) -> HttpResponse:
    course, person, now = course_of(request, slug), request.user, timezone.now()
    asked = BookFilter(request.GET, course=course)
    page = Paginator(learners_in_book(course, **asked.asked), LEARNERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    activities = marked_activities(course)
    columns = Paginator(activities, ACTIVITIES_PER_PAGE).get_page(request.GET.get("part"))
    first, last = max(columns.start_index() - 1, 0), columns.end_index()
    waiting = waiting_counts(course)
    whole = sum(activity.weight for activity in activities)
    return render(
        request,
        "exchange/gradebook.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "gradebook"),
            "filter": asked,
            "page": page,
            "columns": columns,
            "activities": [(activity, waiting.get(activity.pk, 0)) for activity in activities[first:last]],
            "rows": [
                (row, row.cells[first:last], getattr(row.application, "mark", None))
                for row in book_of(course, activities, list(page), at=now)
            ],
            "whole": whole,
            "waiting": sum(waiting.values()),
            "removed": removed_with_scores(course),
            "seen_at": now.isoformat(),
            "may_mark": rules.may_mark(person, course),
            "may_set_up": may_set_up_book(person, course),
            "may_release": may_release(person, course),
        },
    )


@login_required
def set_up(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(may_set_up_book(request.user, course))
    activities = marked_activities(course)
    kept = LateRule.objects.filter(course=course).first()
    which = request.POST.get("which")
    late = LateRuleForm(request.POST if which == "late" else None, instance=kept)
    groups = GroupsForm(request.POST if which == "groups" else None, course=course, activities=activities)
    done = False
    if which == "late" and late.is_valid():
        given = {name: late.cleaned_data[name] for name in ("grace_minutes", "points_per_day", "at_most")}
        operations.set_late_rule(course_id=course.pk, by=request.user, at=timezone.now(), **given)
        done = True
    if which == "groups" and groups.is_valid():
        operations.set_groups(course_id=course.pk, groups=groups.groups, by=request.user, at=timezone.now())
        done = True
    if done:
        messages.success(request, _("The rules are saved; all totals follow them."))
        return redirect("exchange:book_rules", slug)
    return render(
        request,
        "exchange/book_rules.html",
        {
            "course": course,
            "trail": trails.below_book(course),
            "late": late,
            "groups": groups,
            "activities": activities,
            "whole": sum(activity.weight for activity in activities),
            "zone": zone_of(course).key,
        },
        status=422 if which else 200,
    )


@login_required
@require_POST
def take_over(request: SignedIn, slug: str) -> HttpResponse:
    """Write the proposals as final marks, by a job: a course may have thousands of learners."""
    course = course_of(request, slug)
    require(rules.may_mark(request.user, course))
    now = timezone.now()
    job = jobs.enqueue(
        "exchange.take_over_marks",
        by=request.user,
        at=now,
        key=str(course.pk),
        course_id=course.pk,
        replaces=request.POST.get("replaces") == "yes",
        seen_at=_seen_at(request.POST.get("seen_at", ""), now).isoformat(),
    )
    if job.owner_id != request.user.pk:
        messages.info(request, _("%(person)s is taking these marks over just now.") % {"person": job.owner})
        return redirect("exchange:gradebook", slug)
    return redirect("jobs:detail", public_id=job.public_id)


def _seen_at(word: str, now: datetime) -> datetime:
    """When the teacher's page was made; a page that says nothing has seen nothing since long ago."""
    try:
        seen = datetime.fromisoformat(word)
    except ValueError:
        return now.replace(year=2000, month=1, day=1)
    return min(seen, now) if seen.tzinfo is not None else now.replace(year=2000, month=1, day=1)


@login_required
@require_POST
def release(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    course = course_of(request, slug)
    activity = get_object_or_404(course.activities, pk=activity_id)
    operations.release(activity_id=activity.pk, by=request.user, at=timezone.now())
    messages.success(
        request, _("Learners see their marks for “%(activity)s” now, and are told.") % {"activity": activity}
    )
    return redirect("exchange:gradebook", slug)


@login_required
def learner(request: SignedIn, slug: str, activity_id: int, application_id: int) -> HttpResponse:
    """One learner in one activity: how they stand, more time, an excuse."""
    course, now = course_of(request, slug), timezone.now()
    activity = get_object_or_404(course.activities.select_related("marking_plan"), pk=activity_id)
    activity.course = course
    application = get_object_or_404(learners_in_book(course), pk=application_id)
    membership = getattr(application, "membership", None)
    (row,) = book_of(course, [activity] if activity.weight else [], [application], at=now)
    cell = row.cells[0] if row.cells else None
    which = request.POST.get("which")
    time = ExtensionForm(
        request.POST if which == "time" else None,
        due_at=cell.due_at if cell else activity.due_at,
        has_team=membership is not None,
    )
    excuse = ExcuseForm(request.POST if which == "excuse" else None)
    who: dict[str, Any] = {"activity_id": activity.pk, "by": request.user, "at": now}
    done = ""
    if which == "time" and time.is_valid():
        for_team = bool(time.cleaned_data.get("for_team"))
        operations.extend(
            application_id=None if for_team else application.pk,
            team_id=membership.team_id if for_team and membership is not None else None,
            until_at=time.cleaned_data["until_at"],
            reason=time.cleaned_data["reason"],
            **who,
        )
        done = _("More time is given.")
    elif which == "excuse" and excuse.is_valid():
        operations.excuse(application_id=application.pk, reason=excuse.cleaned_data["reason"], **who)
        done = _("This activity does not count for the learner.")
    elif which == "count":
        operations.take_back_excuse(application_id=application.pk, **who)
        done = _("This activity counts again.")
    if done:
        messages.success(request, done)
        return redirect("exchange:book_learner", slug, activity.pk, application.pk)
    left_by = kind_of(activity.kind).left_by
    left = left_by(activity, application) if left_by is not None else None
    return render(
        request,
        "exchange/book_learner.html",
        {
            **(left.context if left is not None else {}),
            "left": left,
            "course": course,
            "activity": activity,
            "application": application,
            "cell": cell,
            "trail": trails.below_book(course),
            "time": time,
            "excuse": excuse,
            "given": activity.excuses.filter(application=application).select_related("given_by").first(),
            "extensions": activity.extensions.filter(
                Q(application=application) | Q(team__isnull=False, team=membership and membership.team_id)
            ).select_related("given_by"),
            "lateness": lateness_of(course),
            "may_give_time": may_give_time(request.user, course),
            "back": reverse("exchange:gradebook", args=[slug]),
        },
        status=422 if which else 200,
    )
