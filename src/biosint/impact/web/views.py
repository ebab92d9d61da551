from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.impact import operations, queries, rules, sentences
from biosint.impact.calculation import Inputs
from biosint.impact.models import Comparison, Version
from biosint.impact.web.forms import InputsForm
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Refused


def index(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = Paginator(queries.comparisons_for(person), 20).get_page(request.GET.get("page"))
    rows = []
    for each in page.object_list:
        version = queries.shown_version(each, to_officer=rules.sees_drafts(person, each))
        if version is not None:
            rows.append((each, version, sentences.findings(version)[0]))
    return render(
        request,
        "impact/list.html",
        {
            "page": page,
            "rows": rows,
            "to_compare": queries.courses_to_compare(person) if person else [],
        },
    )


@login_required
def write(request: SignedIn, slug: str) -> HttpResponse:
    """Enter what the platform cannot count; the first time for a course, or for the next version."""
    course = get_object_or_404(queries.finished_courses(), slug=slug)
    verdict = rules.may_compare(request.user, course)
    if not verdict:
        raise Refused(verdict)
    newest = Version.objects.filter(comparison__course=course).order_by("-number").first()
    form = InputsForm(request.POST or None, initial=newest.inputs if newest else None)
    if form.is_valid():
        try:
            version = operations.write(
                course_id=course.pk, inputs=form.inputs, by=request.user, at=timezone.now()
            )
        except operations.NobodyCompleted as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The draft is computed. Read it, then publish it."))
            return redirect(version.comparison)
    return render(
        request,
        "impact/write.html",
        {"course": course, "form": form, "groups": queries.groups_of(course)},
        status=422 if form.is_bound else 200,
    )


def comparison(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    compared = get_object_or_404(queries.comparisons_for(person), public_id=public_id)
    officer = rules.sees_drafts(person, compared)
    readable = [version for version in compared.versions.all() if officer or version.published_at]
    version = _asked(compared, readable, request.GET.get("version", ""), officer=officer)
    # The comparison of the version is the one that is loaded already.
    version.comparison = compared
    return render(
        request,
        "impact/comparison.html",
        {
            "comparison": compared,
            "version": version,
            "versions": readable,
            "newest_published": queries.shown_version(compared, to_officer=False),
            "findings": sentences.findings(version),
            "break_even": sentences.break_even(version),
            "charts": sentences.pictures(version),
            "entries": sentences.entries(Inputs.read(version.inputs)),
            "groups": [
                {**group, "way": sentences.TRANSPORTS[group["transport"]]}
                for group in version.figures["groups"]
            ],
            "factors": sentences.factors(version),
            "officer": officer,
            "may_write": rules.may_compare(person, compared.course) if person else None,
            "may_publish": rules.may_publish(person, version) if person else None,
            "write_url": reverse("impact:write", args=[compared.course.slug]),
        },
    )


def _asked(compared: Comparison, readable: list[Version], number: str, *, officer: bool) -> Version:
    if number:
        found = next((version for version in readable if str(version.number) == number), None)
    else:
        found = queries.shown_version(compared, to_officer=officer)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def publish(request: SignedIn, public_id: UUID) -> HttpResponse:
    compared = get_object_or_404(queries.comparisons_for(request.user), public_id=public_id)
    version = queries.shown_version(compared, to_officer=True)
    if version is None:
        raise Http404
    operations.publish(version_id=version.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The comparison is public, and counts as evidence."))
    return redirect(compared)
