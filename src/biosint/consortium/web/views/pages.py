"""What everybody sees of consortia, and what who leads one can change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.consortium import operations, queries
from biosint.consortium.models import Consortium, Membership
from biosint.consortium.rules import may_end, may_found, may_lead
from biosint.consortium.states import MembershipState
from biosint.consortium.web.forms import ConsortiumForm
from biosint.institutions.api import Institution
from biosint.people.api import Office
from biosint.shared.map import Point
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import require


def partners(request: HttpRequest) -> HttpResponse:
    """Who works together, on a map and in a list. With several consortia, ``?of=`` names one."""
    chosen = request.GET.get("of")
    consortium = (
        get_object_or_404(queries.consortia(), slug=chosen) if chosen else queries.current_consortium()
    )
    person = person_of(request)
    memberships = list(queries.memberships_of(consortium)) if consortium else []
    return render(
        request,
        "consortium/partners.html",
        {
            "consortium": consortium,
            "others": queries.consortia().exclude(pk=consortium.pk) if consortium else [],
            "memberships": memberships,
            "points": [
                Point(
                    membership.institution.short_name,
                    float(membership.institution.latitude),
                    float(membership.institution.longitude),
                )
                for membership in memberships
            ],
            "may_found": may_found(person) if person else None,
            "may_lead": may_lead(person, consortium) if person and consortium else None,
        },
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    consortium = get_object_or_404(queries.consortia(), slug=slug)
    person = person_of(request)
    leads = may_lead(person, consortium) if person else None
    return render(
        request,
        "consortium/detail.html",
        {
            "consortium": consortium,
            "rows": [
                (membership, may_end(person, membership) if person else None)
                for membership in consortium.memberships.filter(state=MembershipState.MEMBER).select_related(
                    "institution", "consortium__coordinator"
                )
            ],
            "waiting": queries.open_memberships_for(person).filter(consortium=consortium) if person else [],
            "leads": leads,
            "month": consortium.month_of(timezone.localdate()),
            "trail": [(_("Partners"), reverse("consortium:partners"))],
        },
    )


@login_required
def new(request: SignedIn) -> HttpResponseBase:
    require(may_found(request.user))
    mine = (
        Institution.objects.all()
        if request.user.is_staff
        else Institution.objects.filter(pk__in=request.user.institutions_as(Office.COORDINATOR))
    )
    form = ConsortiumForm(request.POST if request.method == "POST" else None, institutions=mine)
    if request.method == "POST" and form.is_valid():
        try:
            consortium = operations.found(by=request.user, at=timezone.now(), **form.facts())
        except operations.ConsortiumKnown as known:
            form.add_error("title", str(known))
        else:
            messages.success(
                request,
                _("%(consortium)s is founded. Invite the partners next.") % {"consortium": consortium},
            )
            return redirect("consortium:detail", slug=consortium.slug)
    return render(
        request,
        "consortium/new.html",
        {"form": form, "trail": [(_("Partners"), reverse("consortium:partners"))]},
        status=422 if form.errors else 200,
    )


@login_required
def change_facts(request: SignedIn, slug: str) -> HttpResponseBase:
    consortium = get_object_or_404(queries.consortia(), slug=slug)
    require(may_lead(request.user, consortium))
    form = ConsortiumForm(
        request.POST if request.method == "POST" else None, instance=Consortium.objects.get(pk=consortium.pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_facts(
                consortium_id=consortium.pk, by=request.user, at=timezone.now(), **form.facts()
            )
        except operations.ConsortiumKnown as known:
            form.add_error("title", str(known))
        else:
            messages.success(request, _("The facts are saved."))
            return redirect("consortium:detail", slug=slug)
    return render(
        request,
        "consortium/facts.html",
        {
            "consortium": consortium,
            "form": form,
            "trail": [
                (_("Partners"), reverse("consortium:partners")),
                (consortium.acronym, reverse("consortium:detail", args=[slug])),
            ],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def end(request: SignedIn, slug: str, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.select_related("institution"), pk=membership_id, consortium__slug=slug
    )
    operations.end_membership(membership_id=membership.pk, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("%(institution)s is no longer a member. What it did stays counted.")
        % {"institution": membership.institution},
    )
    return redirect("consortium:detail", slug=slug)
