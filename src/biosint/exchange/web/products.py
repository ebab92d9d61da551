"""Works of an activity: handed in, read with their receipt, taken along as files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.exchange.models import WorkPad
from biosint.exchange.operations import NothingHandedIn
from biosint.exchange.operations import products as operations
from biosint.exchange.queries.products import is_intact, versions_by, work_for, workers_for, works_in
from biosint.exchange.rules import is_teacher
from biosint.exchange.rules.products import may_hand_in_work, takes_of
from biosint.exchange.states import ActivityKind
from biosint.exchange.web import trails
from biosint.exchange.web.kinds.product import page_of_works, rubric_of
from biosint.exchange.web.place import Place, place_or_404
from biosint.exchange.web.products_forms import WorkForm
from biosint.exchange.web.products_zip import TooMuchAtOnce, zipped
from biosint.exchange.web.removed import tell_of_removal
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange.queries.products import Workers
    from biosint.exchange.web.trails import Trail


def _place(request: SignedIn, slug: str, activity_id: int, *, removed: bool = False) -> Place:
    return place_or_404(request, slug, activity_id, kind=ActivityKind.PRODUCT, removed=removed)


def _trail(place: Place) -> Trail:
    below = trails.below_course(place.course)
    if place.activity.removed_at is not None:
        return below
    return [*below, (place.activity.title, place.activity.get_absolute_url())]


@login_required
def new_work(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id, removed=request.method == "POST")
    workers = workers_for(place.person, place.activity)
    if request.method != "POST":
        require(
            may_hand_in_work(
                place.activity,
                application=workers.application,
                team=workers.team,
                at=place.now,
                closes_at=workers.closes_at,
            )
        )
    newest = versions_by(place.activity, application=workers.application, team=workers.team).first()
    form = WorkForm(
        request.POST or None,
        request.FILES or None,
        takes=takes_of(place.activity),
        workers=workers,
        newest=newest,
        activity_id=activity_id,
        person=place.person,
    )
    if form.is_valid():
        try:
            work = operations.hand_in_work(
                activity_id=activity_id, by=place.person, at=place.now, **form.cleaned_data
            )
        except NothingHandedIn as nothing:
            form.add_error(None, str(nothing))
        except Fault as unfit:
            form.add_error("uploads" if "uploads" in form.fields else None, str(unfit))
        else:
            gone = tell_of_removal(request, place)
            if gone is None:
                messages.success(
                    request,
                    _("Version %(number)s is handed in. This page is your receipt.")
                    % {"number": work.number},
                )
            return redirect(_address(place, work.public_id))
    return render(
        request,
        "exchange/new_work.html",
        {
            "course": place.course,
            "activity": place.activity,
            "form": form,
            "workers": workers,
            "together": _together(place, workers),
            "rubric": rubric_of(place.activity),
            "trail": _trail(place),
        },
        status=422 if form.is_bound else 200,
    )


def _together(place: Place, workers: Workers) -> str | None:
    """Return what a team has written and will hand in; None where there is no common text."""
    if workers.team is None or not takes_of(place.activity).text:
        return None
    shared = WorkPad.objects.filter(activity=place.activity, team=workers.team).select_related("pad").first()
    return shared.pad.text if shared is not None else ""


def _address(place: Place, public_id: UUID) -> str:
    return reverse("exchange:work", args=[place.course.slug, place.activity.pk, public_id])


@login_required
def work(request: SignedIn, slug: str, activity_id: int, public_id: UUID) -> HttpResponse:
    """One version of a work with its receipt, also after a teacher removed the activity."""
    place = _place(request, slug, activity_id, removed=True)
    # Looking up among the readable ones answers 404, not 403, to strangers.
    shown = get_object_or_404(work_for(request.user), activity=place.activity, public_id=public_id)
    return render(
        request,
        "exchange/work.html",
        {
            "course": place.course,
            "activity": place.activity,
            "work": shown,
            "is_intact": is_intact(shown),
            "is_removed": place.activity.removed_at is not None,
            "trail": _trail(place),
        },
    )


@login_required
def download_works(request: SignedIn, slug: str, activity_id: int) -> HttpResponseBase:
    """The newest works of one page of the list, as one archive."""
    place = _place(request, slug, activity_id)
    require(is_teacher(request.user, place.course))
    page = page_of_works(place.activity, request.GET.get("page"))
    works = works_in([one.newest_work for one in page])
    named = [
        (
            _("Team %(number)s") % {"number": one.number} if place.activity.for_teams else one.learner.name,
            works[one.newest_work],
        )
        for one in page
        if one.newest_work in works
    ]
    try:
        content = zipped(named)
    except TooMuchAtOnce as much:
        messages.error(request, str(much))
        return redirect(place.activity.get_absolute_url())
    return FileResponse(
        content, as_attachment=True, filename=f"{place.course.slug}-{place.activity.pk}-{page.number}.zip"
    )
