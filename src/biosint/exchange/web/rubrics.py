"""The rubrics of a course: write, change, copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import models, queries, rules
from biosint.exchange.operations.rubrics import copy_rubric, write_rubric
from biosint.exchange.rubrics import rubric_from, supplied
from biosint.exchange.web import trails
from biosint.exchange.web.rubric_forms import RubricForm
from biosint.exchange.web.views.teach import course_of, tabs
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, require

MOST_SHOWN = 60


@login_required
def rubrics(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    own = list(course.rubrics.all()[:MOST_SHOWN])
    elsewhere = models.Rubric.objects.filter(
        course__in=queries.taught_by(request.user).order_by().values("pk")
    ).exclude(course=course)
    return render(
        request,
        "exchange/rubrics.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "marks"),
            "own": [(kept, rubric_from(kept.content)) for kept in own],
            "supplied": supplied(),
            "elsewhere": elsewhere.select_related("course").order_by("-created_at", "pk")[:MOST_SHOWN],
            "may_edit": rules.may_edit(request.user, course),
        },
    )


@login_required
def write(request: SignedIn, slug: str, rubric_id: int | None = None) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    kept = get_object_or_404(course.rubrics, pk=rubric_id) if rubric_id else None
    form = RubricForm(request.POST or None, kept=kept)
    wants_more = "more" in request.POST and form.has_room
    if wants_more:
        form = form.with_one_more()
    elif form.is_valid():
        try:
            write_rubric(
                course_id=course.pk,
                rubric_id=rubric_id,
                title=form.cleaned_data["title"],
                rubric=form.cleaned_data["rubric"],
                seen_version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The rubric is saved."))
            return redirect("exchange:rubrics", slug)
    return render(
        request,
        "exchange/write_rubric.html",
        {
            "course": course,
            "form": form,
            "kept": kept,
            "trail": [*trails.below_desk(course), (_("Rubrics"), trails.rubrics(course))],
        },
        status=422 if form.is_bound and not wants_more else 200,
    )


@login_required
@require_POST
def copy(request: SignedIn, slug: str) -> HttpResponse:
    """Copy a supplied rubric (``supplied``: its code) or one of another course of mine (``rubric``: its key)."""
    course = course_of(request, slug)
    code = request.POST.get("supplied", "")
    if code:
        source = next((one for one in supplied() if one.code == code), None)
        if source is None:
            raise Http404
        title, rubric = source.title, source.rubric
    else:
        mine = models.Rubric.objects.filter(
            course__in=queries.taught_by(request.user).order_by().values("pk")
        )
        kept = get_object_or_404(mine, pk=key_in(request.POST.get("rubric", "")))
        title, rubric = kept.title, rubric_from(kept.content)
    copied = copy_rubric(course_id=course.pk, title=title, rubric=rubric, by=request.user, at=timezone.now())
    messages.success(request, _("“%(title)s” is copied. Change it as you need it.") % {"title": copied.title})
    return redirect("exchange:edit_rubric", slug, copied.pk)
