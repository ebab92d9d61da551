from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, Refused
from biosint.workplan import operations, queries, rules
from biosint.workplan.models import Deliverable, Milestone, WorkPackage
from biosint.workplan.web.forms import DeliverableForm, MilestoneForm, PackageForm, ReviewForm


def _project(request: SignedIn, slug: str) -> Consortium:
    """Load among the viewable ones, so that strangers get 404."""
    return get_object_or_404(queries.projects_for(request.user), slug=slug)


@login_required
def first(request: SignedIn) -> HttpResponse:
    """The plan of the consortium one belongs to; the one that began last when several."""
    project = queries.projects_for(request.user).first()
    if project is None:
        return render(request, "workplan/none.html", {})
    return redirect("workplan:plan", project.slug)


@login_required
def plan(request: SignedIn, project: str) -> HttpResponse:
    consortium = _project(request, project)
    packages = queries.plan_of(consortium)
    today = timezone.localdate()
    return render(
        request,
        "workplan/plan.html",
        {
            "project": consortium,
            "packages": packages,
            "gantt": queries.gantt(packages, consortium, today) if packages else None,
            "month": consortium.month_of(today),
            "may_plan": rules.may_plan(request.user, consortium),
            "ready": round(100 * sum(each.ready for each in packages) / len(packages)) if packages else 0,
        },
    )


@login_required
@require_POST
def take_template(request: SignedIn, project: str) -> HttpResponse:
    consortium = _project(request, project)
    try:
        operations.take_supplied_plan(project=consortium, leads={}, by=request.user, at=timezone.now())
    except operations.PlanExists as exists:
        messages.error(request, str(exists))
    else:
        messages.success(request, _("The plan is filled. Change leads, dates and needs to fit your project."))
    return redirect("workplan:plan", consortium.slug)


def _added(
    request: SignedIn, project: Consortium, form: forms.Form, title: str, add: Callable[..., Any]
) -> HttpResponse:
    """Show a form of the plan, or add what it says."""
    verdict = rules.may_plan(request.user, project)
    if not verdict:
        raise Refused(verdict)
    if form.is_valid():
        try:
            add(**form.cleaned_data, by=request.user, at=timezone.now())
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The plan has grown."))
            return redirect("workplan:plan", project.slug)
    return render(
        request,
        "workplan/add.html",
        {"form": form, "title": title, "project": project},
        status=422 if form.is_bound else 200,
    )


@login_required
def new_package(request: SignedIn, project: str) -> HttpResponse:
    consortium = _project(request, project)
    form = PackageForm(request.POST or None, project=consortium)

    def add(**told: Any) -> WorkPackage:
        return operations.plan_package(project=consortium, **told)

    return _added(request, consortium, form, _("New work package"), add)


@login_required
def new_deliverable(request: SignedIn, project: str, number: int) -> HttpResponse:
    consortium = _project(request, project)
    package = get_object_or_404(
        WorkPackage.objects.select_related("consortium"), consortium=consortium, number=number
    )

    def add(**told: Any) -> Deliverable:
        return operations.plan_deliverable(package=package, **told)

    return _added(request, consortium, DeliverableForm(request.POST or None), _("New deliverable"), add)


@login_required
def new_milestone(request: SignedIn, project: str, number: int) -> HttpResponse:
    consortium = _project(request, project)
    package = get_object_or_404(
        WorkPackage.objects.select_related("consortium"), consortium=consortium, number=number
    )

    def add(**told: Any) -> Milestone:
        return operations.plan_milestone(package=package, **told)

    return _added(request, consortium, MilestoneForm(request.POST or None), _("New milestone"), add)


@login_required
def package(request: SignedIn, project: str, number: int) -> HttpResponse:
    consortium = _project(request, project)
    get_object_or_404(WorkPackage, consortium=consortium, number=number)
    shown = next(each for each in queries.plan_of(consortium) if each.package.number == number)
    return render(
        request,
        "workplan/package.html",
        {
            "project": consortium,
            "shown": shown,
            "may_plan": rules.may_plan(request.user, consortium),
            "may_reach": rules.may_reach(request.user, shown.package),
        },
    )


def _deliverable(request: SignedIn, project: str, package_number: int, number: int) -> Deliverable:
    consortium = _project(request, project)
    return get_object_or_404(
        queries.deliverables_of(consortium), work_package__number=package_number, number=number
    )


@login_required
def deliverable(request: SignedIn, project: str, package_number: int, number: int) -> HttpResponse:
    shown = _deliverable(request, project, package_number, number)
    return _deliverable_page(request, shown, ReviewForm())


def _deliverable_page(
    request: SignedIn, shown: Deliverable, form: ReviewForm, status: int = 200
) -> HttpResponse:
    consortium = shown.work_package.consortium
    counted = queries.counted_for(consortium)
    task = queries.task_of(consortium, shown, counted)
    return render(
        request,
        "workplan/deliverable.html",
        {
            "project": consortium,
            "task": task,
            "deliverable": shown,
            "needs": [(need, evidence.kind_of(need.kind), counted.url(need.kind)) for need in task.needs],
            "may_submit": rules.may_submit(request.user, shown, task.needs),
            "may_review": rules.may_review(request.user, shown),
            "form": form,
        },
        status=status,
    )


@login_required
@require_POST
def submit(request: SignedIn, project: str, package_number: int, number: int) -> HttpResponse:
    shown = _deliverable(request, project, package_number, number)
    operations.submit(deliverable_id=shown.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Handed in. A quality board of another partner reviews it now."))
    return redirect(shown)


@login_required
@require_POST
def review(request: SignedIn, project: str, package_number: int, number: int) -> HttpResponse:
    shown = _deliverable(request, project, package_number, number)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _deliverable_page(request, shown, form, status=422)
    approved = form.cleaned_data["decision"] == "approved"
    operations.review(
        deliverable_id=shown.pk,
        approved=approved,
        words=form.cleaned_data["words"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(
        request,
        _("The deliverable is approved.") if approved else _("The deliverable went back to its lead."),
    )
    return redirect(shown)


@login_required
@require_POST
def reach(request: SignedIn, project: str, milestone_id: int) -> HttpResponse:
    consortium = _project(request, project)
    milestone = get_object_or_404(
        Milestone.objects.select_related("work_package__consortium"),
        work_package__consortium=consortium,
        pk=milestone_id,
    )
    operations.reach(milestone_id=milestone.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The milestone is reached."))
    return redirect(milestone.work_package)
