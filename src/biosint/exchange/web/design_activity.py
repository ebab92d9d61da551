"""The editor of an activity: choose a kind, then write; a colleague's newer state is shown beside one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import rules
from biosint.exchange.models import Activity
from biosint.exchange.operations import design as operations
from biosint.exchange.queries import design as queries
from biosint.exchange.states import ActivityKind
from biosint.exchange.steps import zone_of_course
from biosint.exchange.timetable import on_wall, warnings_at
from biosint.exchange.web.design import below_plan
from biosint.exchange.web.design_forms import ActivityForm
from biosint.exchange.web.design_words import compared, settled_sentence, warned_sentence
from biosint.exchange.web.kinds import KINDS, kind_of
from biosint.exchange.web.plan_weeks import purpose_of
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.exchange.models import Course
    from biosint.exchange.web.design_words import Told
    from biosint.exchange.web.kinds import KindSettings

MOST_WARNINGS = 4


@login_required
def choose_kind(request: SignedIn, slug: str) -> HttpResponseBase:
    """A new activity begins with its kind; ``?kind=`` leads on to the form."""
    if request.GET.get("kind", "") in ActivityKind:
        return write(request, slug)
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    return render(
        request,
        "exchange/design_kind.html",
        {
            "course": course,
            "kinds": [(kind, ActivityKind(kind).label, told) for kind, told in KINDS.items()],
            "week": request.GET.get("week", ""),
            "trail": below_plan(course),
        },
    )


@login_required
def write(request: SignedIn, slug: str, activity_id: int | None = None) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    activity = (
        get_object_or_404(course.activities.select_related("changed_by"), pk=activity_id)
        if activity_id
        else Activity(course=course, kind=ActivityKind(request.GET["kind"]))
    )
    form = ActivityForm(request.POST or None, instance=activity, course=course)
    settings = _settings_form(request, activity, course)
    conflict: list[Told] = []
    if form.is_valid() and (settings is None or settings.is_valid()):
        try:
            saved = _save(request, course, activity, form, settings)
        except operations.ActivityChanged as changed:
            conflict = compared(changed.activity, form.said, course)
            form.add_error(None, str(changed))
            # Saving again is a decision made in sight of what stands now.
            form.data = _with_version(request.POST, changed.activity.version)
        except operations.PlanFull as full:
            form.add_error(None, str(full))
        else:
            _tell(request, course, saved, form)
            return redirect(f"{reverse('exchange:design', args=[slug])}#a{saved.pk}")
    return render(
        request,
        "exchange/write_activity.html",
        {
            "course": course,
            "activity": activity,
            "kind": kind_of(activity.kind),
            "form": form,
            "settings": settings,
            "conflict": conflict,
            "is_new": activity_id is None,
            "zone": zone_of_course(course),
            "trail": below_plan(course),
        },
        status=422 if form.is_bound else 200,
    )


def _with_version(posted: QueryDict, version: int) -> QueryDict:
    given = posted.copy()
    given["version"] = str(version)
    return given


def _settings_form(request: SignedIn, activity: Activity, course: Course) -> KindSettings | None:
    form = kind_of(activity.kind).settings_form
    return form(request.POST or None, course=course, activity=activity) if form else None


def _save(
    request: SignedIn,
    course: Course,
    activity: Activity,
    form: ActivityForm,
    settings: KindSettings | None,
) -> Activity:
    said = form.said
    kept = kind_of(activity.kind).kept
    if settings is not None:
        said["settings"] = settings.as_settings()
    if activity.pk is None:
        said["kind"] = activity.kind
    now = timezone.now()
    return operations.write_activity(
        course_id=course.pk,
        activity_id=activity.pk,
        seen_version=form.cleaned_data["version"] or 0,
        key=form.cleaned_data["key"],
        kept=(lambda saved: kept(saved, settings, by=request.user, at=now)) if kept and settings else None,
        by=request.user,
        at=now,
        **said,
    )


def _tell(request: SignedIn, course: Course, saved: Activity, form: ActivityForm) -> None:
    messages.success(request, _("“%(title)s” is saved.") % {"title": saved.title})
    zone = zone_of_course(course)
    for name, wall, found in form.clock_changes:
        messages.warning(request, settled_sentence(name, wall, found.at, found.change, zone))
    if saved.due_at and "due_at" in form.changed_data:
        purpose = purpose_of(saved)
        for warned in warnings_at(saved.due_at, purpose, queries.sides_of(course))[:MOST_WARNINGS]:
            if warned.wall != on_wall(saved.due_at, zone) or warned.trouble != "twice":
                messages.warning(request, warned_sentence(warned, purpose))
