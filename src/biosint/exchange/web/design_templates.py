"""Templates onto a course: choose one, see it on the course's dates, place it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import plan_templates, rules
from biosint.exchange.models import Activity
from biosint.exchange.operations import plans as operations
from biosint.exchange.queries import design as queries
from biosint.exchange.steps import moments_of, said_of, step_from, zone_of_course
from biosint.exchange.timetable import week_count
from biosint.exchange.web.design import below_plan
from biosint.exchange.web.design_forms import PlaceForm
from biosint.exchange.web.plan_weeks import Week, weeks_of
from biosint.exchange.web.views.teach import course_of
from biosint.exchange.workload import credits_for
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biosint.exchange.models import Course, OpenTemplate
    from biosint.exchange.steps import Step

MOST_SHOWN = 30
# Before the code of an open template, so that it is never taken for a supplied one.
OPEN = "open-"


@dataclass(frozen=True, slots=True)
class Offered:
    """A template as a card: supplied, or open. ``title`` maps a language to words."""

    code: str
    title: dict[str, str]
    summary: dict[str, str]
    weeks: int
    hours: Decimal
    template: OpenTemplate | None = None

    @property
    def ects(self) -> tuple[Decimal, Decimal]:
        return credits_for(self.hours)


@login_required
def choose(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    words = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "exchange/design_templates.html",
        {
            "course": course,
            "weeks": week_count(course.start_date, course.end_date),
            "supplied": [
                Offered(one.code, dict(one.title), dict(one.summary), one.weeks, one.hours)
                for one in plan_templates.supplied().values()
            ],
            "open": [_offered(one) for one in queries.open_templates(words)[:MOST_SHOWN]],
            "words": words,
            "trail": below_plan(course),
        },
    )


def _offered(template: OpenTemplate) -> Offered:
    return Offered(
        f"{OPEN}{template.slug}",
        {template.language: template.title},
        {template.language: template.summary},
        template.weeks,
        template.hours,
        template,
    )


@login_required
def preview(request: SignedIn, slug: str, code: str) -> HttpResponse:
    """The template on the course's own dates; pressing the button places just this."""
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    offered, steps = _found(course, code)
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        try:
            _place(request, course, offered, form)
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The plan is placed. Change what does not fit."))
            return redirect("exchange:design", slug)
    weeks = on_dates(course, steps)
    return render(
        request,
        "exchange/design_template.html",
        {
            "course": course,
            "offered": offered,
            "weeks": weeks,
            "count": len(steps),
            "course_weeks": week_count(course.start_date, course.end_date),
            "has_plan": course.activities.exists(),
            "form": form,
            "trail": [
                *below_plan(course),
                (_("Templates"), reverse("exchange:design_templates", args=[slug])),
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _found(course: Course, code: str) -> tuple[Offered, Sequence[Step]]:
    if code.startswith(OPEN):
        template = get_object_or_404(queries.open_templates().defer(None), slug=code.removeprefix(OPEN))
        return _offered(template), [step_from(plain) for plain in template.steps]
    found = plan_templates.supplied().get(code)
    if found is None:
        raise Http404
    offered = Offered(found.code, dict(found.title), dict(found.summary), found.weeks, found.hours)
    return offered, found.steps(language=course.language, weekday=course.start_date.weekday())


def on_dates(course: Course, steps: Sequence[Step]) -> list[Week]:
    """Return steps as the plan they would be in a course; nothing is stored."""
    zone = zone_of_course(course)
    activities = []
    for number, step in enumerate(steps, start=1):
        moments, _changes = moments_of(step, start=course.start_date, zone=zone)
        activities.append(Activity(course=course, position=number, **said_of(step), **moments))
    return weeks_of(course, activities, now=timezone.now())


def _place(request: SignedIn, course: Course, offered: Offered, form: PlaceForm) -> None:
    words = {
        "course_id": course.pk,
        "replaces": form.cleaned_data["replaces"],
        "key": form.cleaned_data["key"],
        "by": request.user,
        "at": timezone.now(),
    }
    if offered.template is not None:
        operations.take_over(template_id=offered.template.pk, **words)
    else:
        operations.place_supplied(code=offered.code, **words)
