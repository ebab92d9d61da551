"""Packages in activities: a teacher hands one in and tries it out, a learner plays it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from biosint.exchange import rules
from biosint.exchange.operations.packages import begin_package, hand_in_package, try_out_package
from biosint.exchange.queries.packages import place_of
from biosint.exchange.states import ActivityKind
from biosint.exchange.web import trails
from biosint.exchange.web.package_forms import PackageForm
from biosint.exchange.web.place import Place, place_or_404
from biosint.packages import api as packages
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault

VERSIONS_SHOWN = 20


@login_required
def manage(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """Hand a package in, replace it, try it out. Teachers alone."""
    place = taught_place(request, slug, activity_id)
    form = PackageForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            version, job = hand_in_package(
                form.cleaned_data["file"],
                activity_id=place.activity.pk,
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error("file", str(fault))
        else:
            if job is not None:
                return redirect("jobs:detail", public_id=job.public_id)
            messages.success(
                request,
                _("“%(title)s” is ready. Try it out as learners will see it.") % {"title": version.title},
            )
            return redirect("exchange:package", slug, activity_id)
    where = place_of(place.activity)
    newest = packages.newest_version(where)
    return render(
        request,
        "exchange/package.html",
        {
            **_around(place),
            "form": form,
            "versions": packages.versions_at(where)[:VERSIONS_SHOWN],
            "newest": newest,
            "parts": newest.outline.get("items", []) if newest else [],
            "can_play": packages.can_play(),
            "may_hand_in": rules.may_edit(request.user, place.course),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def begin(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """Begin or go on, then show the page with the frame."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.PACKAGE)
    try:
        begin_package(
            activity_id=place.activity.pk,
            by=request.user,
            at=timezone.now(),
            anew=request.POST.get("again") == "yes",
        )
    except packages.AttemptUnknown as fault:
        messages.error(request, str(fault))
        return redirect("exchange:activity", slug, activity_id)
    return redirect("exchange:play_package", slug, activity_id)


@never_cache
@login_required
@require_safe
def play(request: SignedIn, slug: str, activity_id: int) -> HttpResponseBase:
    """The frame, for a learner who has begun."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.PACKAGE)
    attempt = packages.attempt_at(place_of(place.activity), request.user) if place.application else None
    if attempt is None or not place.may_work:
        return redirect("exchange:activity", slug, activity_id)
    return _shown(request, place, attempt, "exchange:play_package")


@login_required
@require_POST
def try_out(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = taught_place(request, slug, activity_id)
    try:
        try_out_package(activity_id=place.activity.pk, by=request.user, at=timezone.now())
    except packages.AttemptUnknown as fault:
        messages.error(request, str(fault))
        return redirect("exchange:package", slug, activity_id)
    return redirect("exchange:trial_of_package", slug, activity_id)


@never_cache
@login_required
@require_safe
def trial(request: SignedIn, slug: str, activity_id: int) -> HttpResponseBase:
    """The frame, for a teacher who tries the package out."""
    place = taught_place(request, slug, activity_id)
    attempt = packages.trial_at(place_of(place.activity), request.user)
    if attempt is None:
        return redirect("exchange:package", slug, activity_id)
    return _shown(request, place, attempt, "exchange:trial_of_package")


@never_cache
@login_required
@require_safe
def ticket(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """A new address for a player that has been open for half a day, as long as its person may still work."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.PACKAGE)
    where = place_of(place.activity)
    if place.is_teacher:
        attempt = packages.trial_at(where, request.user)
    else:
        attempt = packages.attempt_at(where, request.user) if place.may_work else None
    frame = packages.frame_for(request, attempt) if attempt else None
    if frame is None:
        raise Http404
    return JsonResponse({"ticket": frame.address})


def taught_place(request: SignedIn, slug: str, activity_id: int) -> Place:
    """Return where a teacher of the course stands; anybody else gets 404."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.PACKAGE)
    if not place.is_teacher:
        raise Http404
    return place


def _shown(request: SignedIn, place: Place, attempt: packages.Attempt, name: str) -> HttpResponseBase:
    here = [place.course.slug, place.activity.pk]
    frame = packages.frame_for(request, attempt)
    response = render(
        request,
        "exchange/play_package.html",
        {
            **_around(place),
            "frame": frame,
            "attempt": attempt,
            "ticket_url": reverse("exchange:ticket_of_package", args=here),
            "here_url": reverse(name, args=here),
            "is_whole": "whole" in request.GET,
            # The script on the page says the same words while the package goes on.
            "words": json.dumps(
                {
                    "begun": _("begun"),
                    "done": _("done"),
                    "passed": _("passed"),
                    "failed": _("not passed"),
                    "points": _("%s points of 100"),
                }
            ),
        },
    )
    return packages.admit_frame(response, frame) if frame else response


def _around(place: Place) -> dict[str, object]:
    address = reverse("exchange:activity", args=[place.course.slug, place.activity.pk])
    return {
        "course": place.course,
        "activity": place.activity,
        "place": place,
        "trail": [*trails.below_course(place.course), (place.activity.title, address)],
    }
