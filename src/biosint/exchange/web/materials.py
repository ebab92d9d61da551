"""Pictures, films and files of an activity: teachers add them, readers get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biosint.exchange import rules
from biosint.exchange.materials import SAYS, PdfBarrier
from biosint.exchange.operations import materials as operations
from biosint.exchange.queries.materials import material_numbered, materials_of
from biosint.exchange.states import MaterialKind
from biosint.exchange.web import trails
from biosint.exchange.web.materials_forms import DescribeForm, MaterialForm, told_of
from biosint.exchange.web.place import Place, place_or_404
from biosint.files import api as files
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from biosint.exchange.models import Material


def _taught(request: SignedIn, slug: str, activity_id: int) -> Place:
    place = place_or_404(request, slug, activity_id)
    require(rules.may_edit(request.user, place.course))
    return place


@login_required
def materials(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """See and add what stands beside the text. Teachers alone."""
    place = _taught(request, slug, activity_id)
    form = MaterialForm(
        request.POST or None, request.FILES or None, activity=place.activity, person=request.user
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            added = operations.add_material(
                activity_id=place.activity.pk,
                upload=given["upload"],
                title=given["title"],
                alternative=given["alternative"],
                language=given["language"],
                about=given.get("about"),
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error("upload", str(fault))
        else:
            messages.success(request, _("“%(title)s” is added.") % {"title": added.title})
            return redirect("exchange:materials", slug, activity_id)
    return render(
        request,
        "exchange/materials.html",
        {
            **_around(place),
            "form": form,
            "removed": _removed(place, request.GET.get("removed", "")),
            "rows": [
                (one, [SAYS[PdfBarrier(code)] for code in one.barriers])
                for one in materials_of(place.activity)
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _removed(place: Place, number: str) -> Material | None:
    """Return what was just taken off, so that a slip can be undone."""
    if not number.isdecimal() or len(number) > 5:
        return None
    return place.activity.materials.filter(number=int(number), removed_at__isnull=False).first()


@login_required
def describe(request: SignedIn, slug: str, activity_id: int, number: int) -> HttpResponse:
    place = _taught(request, slug, activity_id)
    material = material_numbered(place.activity, number)
    if material is None:
        raise Http404
    form = DescribeForm(request.POST or None, kind=MaterialKind(material.kind), initial=told_of(material))
    if material.kind != MaterialKind.PICTURE:
        del form.fields["alternative"], form.fields["decorates"]
    if form.is_valid():
        operations.describe_material(
            activity_id=place.activity.pk,
            number=number,
            title=form.cleaned_data["title"],
            alternative=form.cleaned_data.get("alternative", ""),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("“%(title)s” is saved.") % {"title": form.cleaned_data["title"]})
        return redirect("exchange:materials", slug, activity_id)
    return render(
        request,
        "exchange/material.html",
        {**_around(place), "form": form, "material": material},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def remove(request: SignedIn, slug: str, activity_id: int, number: int) -> HttpResponse:
    place = _taught(request, slug, activity_id)
    get_object_or_404(place.activity.materials, number=number)
    brings_back = request.POST.get("back") == "yes"
    change = operations.bring_back_material if brings_back else operations.remove_material
    material = change(activity_id=place.activity.pk, number=number, by=request.user, at=timezone.now())
    if brings_back:
        messages.success(request, _("“%(title)s” is back.") % {"title": material.title})
        return redirect("exchange:materials", slug, activity_id)
    # The page offers to bring it back.
    return redirect(f"{reverse('exchange:materials', args=[slug, activity_id])}?removed={number}")


@login_required
@require_safe
def content(request: SignedIn, slug: str, activity_id: int, number: int) -> HttpResponseBase:
    """Hand out a material to whoever may read its activity; strangers learn nothing."""
    place = place_or_404(request, slug, activity_id)
    material = material_numbered(place.activity, number)
    if material is None:
        raise Http404
    return files.served(request, material.file, shown=request.GET.get("save") != "yes")


def _around(place: Place) -> dict[str, object]:
    course, activity = place.course, place.activity
    page = reverse("exchange:activity", args=[course.slug, activity.pk])
    return {
        "course": course,
        "activity": activity,
        "trail": [*trails.below_course(course), (activity.title, page)],
    }
