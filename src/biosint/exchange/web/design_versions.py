"""Versions of a plan: keep one under a name, compare two in words, go back. Copies and open templates begin here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import rules
from biosint.exchange.models import OpenTemplate
from biosint.exchange.operations import plans as operations
from biosint.exchange.plan_differences import Changed, compared_plans
from biosint.exchange.queries import design as queries
from biosint.exchange.rules.design import may_copy, may_withdraw_template
from biosint.exchange.web import trails
from biosint.exchange.web.design import below_plan, tabs
from biosint.exchange.web.design_forms import CopyForm, ShareForm, VersionForm
from biosint.exchange.web.design_words import FIELD_NAMES, Told, said
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, Refused, require

if TYPE_CHECKING:
    from biosint.exchange.models import Course
    from biosint.exchange.plan_differences import PlainStep
    from biosint.shared.verdicts import Sentence


@login_required
def versions(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    form = VersionForm(request.POST or None)
    if form.is_valid():
        version = operations.keep_version(
            course_id=course.pk,
            name=form.cleaned_data["name"],
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The version “%(name)s” is kept.") % {"name": version.name})
        return redirect("exchange:design_versions", slug)
    kept = list(queries.versions_of(course))
    return render(
        request,
        "exchange/design_versions.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_versions"),
            "form": form,
            "versions": kept,
            "templates": [
                (template, may_withdraw_template(request.user, template))
                for template in queries.templates_from(course)
            ],
            "may_edit": rules.may_edit(request.user, course),
            "may_copy": may_copy(request.user, course),
        },
        status=422 if form.is_bound else 200,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One activity that two plans do not share; ``fields`` where both have it."""

    title: str
    word: Sentence
    fields: list[Told]


@login_required
def compare(request: SignedIn, slug: str) -> HttpResponse:
    """``?from=`` and ``?to=`` are numbers of versions; 0 is the plan as it stands."""
    course = course_of(request, slug)
    numbers = [key_in(request.GET.get(word, "")) for word in ("from", "to")]
    kept = {version.number: version for version in queries.versions_of(course).defer(None)}
    if any(number and number not in kept for number in numbers):
        raise Http404
    before, after = ([*kept[number].steps] if number else operations.steps_now(course) for number in numbers)
    changes = compared_plans(before, after)
    return render(
        request,
        "exchange/design_compare.html",
        {
            "course": course,
            "names": [kept[number].name if number else _("the plan as it stands") for number in numbers],
            "number": numbers[0] if not numbers[1] else 0,
            "lines": [_line(one, course) for one in changes],
            "may_edit": rules.may_edit(request.user, course),
            "trail": [
                *below_plan(course),
                (_("Versions and sharing"), reverse("exchange:design_versions", args=[slug])),
            ],
        },
    )


def _line(one: Changed, course: Course) -> Line:
    if one.before is None:
        return Line(one.title, _("added"), [])
    if one.after is None:
        return Line(one.title, _("taken out"), [])
    fields = [
        Told(FIELD_NAMES.get(name, name), _value(name, one.before, course), _value(name, one.after, course))
        for name in one.fields
    ]
    return Line(one.title, _("changed") if fields else _("moved to another place"), fields)


def _value(name: str, step: PlainStep, course: Course) -> str:
    value = step.get(name)
    if name in {"opens_at", "due_at", "closes_at"}:
        # Days are counted from the first day of the course, as people count them.
        return _("day %(day)s, %(clock)s") % {"day": value[0] + 1, "clock": value[1]} if value else "–"
    return said(name, value, course)


@login_required
@require_POST
def turn_back(request: SignedIn, slug: str, number: int) -> HttpResponse:
    course = course_of(request, slug)
    version = get_object_or_404(queries.versions_of(course), number=number)
    operations.turn_back(course_id=course.pk, number=number, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("The plan is as in “%(name)s” again. What came since can be brought back below.")
        % {"name": version.name},
    )
    return redirect("exchange:design", slug)


@login_required
def copy(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(may_copy(request.user, course))
    form = CopyForm(request.POST or None, initial={"title": course.title})
    if form.is_valid():
        fresh = operations.copy_course(
            course_id=course.pk,
            title=form.cleaned_data["title"],
            start_date=form.cleaned_data["start_date"],
            with_dates=form.cleaned_data["with_dates"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The new course is begun. Invite your partners, then look at its dates."))
        return redirect("exchange:design", fresh.slug)
    return render(
        request,
        "exchange/design_copy.html",
        {"course": course, "form": form, "trail": below_plan(course)},
        status=422 if form.is_bound else 200,
    )


@login_required
def share(request: SignedIn, slug: str) -> HttpResponse:
    """Give the plan to everybody."""
    course = course_of(request, slug)
    form = ShareForm(request.POST or None, initial={"title": course.title, "summary": course.summary[:2000]})
    if form.is_valid():
        try:
            template = operations.give_away(
                course_id=course.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except (Fault, Refused) as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Everybody can use your plan now. Thank you."))
            return redirect("exchange:open_template", template.slug)
    return render(
        request,
        "exchange/design_share.html",
        {
            "course": course,
            "form": form,
            "authors": [one for one in course.teachings.all() if one.accepted_at],
            "trail": below_plan(course),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def withdraw(request: SignedIn, slug: str) -> HttpResponse:
    """``slug`` is that of the template. Who does not teach its course gets 404, unless they run the site."""
    template = get_object_or_404(OpenTemplate.objects.select_related("course"), slug=slug)
    if not (request.user.is_staff or rules.teaches(request.user, template.course)):
        raise Http404
    operations.withdraw_template(template_id=template.pk, by=request.user, at=timezone.now())
    messages.success(
        request, _("“%(title)s” is withdrawn. Who took it over keeps it.") % {"title": template.title}
    )
    if rules.teaches(request.user, template.course):
        return redirect("exchange:design_versions", template.course.slug)
    return redirect("exchange:open_templates")
