"""A person's own pages: profile, affiliations, records, closing the account."""

from __future__ import annotations

import json
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.institutions.api import institutions_for, named_like
from biosint.people import operations, queries
from biosint.people.hours import week_shown
from biosint.people.models import Person
from biosint.people.rules import may_close
from biosint.people.web.forms import AskForm, ClosingForm, ProfileForm
from biosint.people.web.middleware import keep_language
from biosint.people.web.sections import shown_sections
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required


@login_required
def profile(request: SignedIn) -> HttpResponseBase:
    """One's own profile, with what surrounds it."""
    # The form writes into the record it is given; the page's own person must stay as stored.
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=Person.objects.get(pk=request.user.pk)
    )
    if request.method == "POST" and form.is_valid():
        operations.change_profile(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        response = redirect("people:profile")
        keep_language(response, request.user.language)
        return response
    written = form["free_hours"].value() or ""
    return render(
        request,
        "people/profile.html",
        {
            "form": form,
            "week": week_shown(written),
            "affiliations": queries.affiliations_of(request.user),
            "has_passkey": Authenticator.objects.filter(
                user=request.user, type=Authenticator.Type.WEBAUTHN
            ).exists(),
            "offices": request.user.offices_held.filter(until_date=None).select_related("institution"),
        },
        status=422 if form.errors else 200,
    )


@login_required
def week(request: SignedIn) -> HttpResponse:
    """The week as it will be read, while the field is being filled."""
    return render(request, "people/_week.html", {"week": week_shown(request.GET.get("free_hours", "")[:500])})


@limited("people.ask_affiliation", times=20, per=timedelta(hours=1))
@login_required
def ask_affiliation(request: SignedIn) -> HttpResponseBase:
    """First the institution, from a list that can be searched; then as what."""
    institutions = institutions_for(request.user).filter(is_listed=True)
    chosen = request.GET.get("institution")
    if not chosen:
        words = request.GET.get("q", "").strip()[:100]
        found = named_like(institutions, words)[:60]
        return render(request, "people/choose_institution.html", {"institutions": found, "words": words})
    institution = get_object_or_404(institutions, slug=chosen)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_affiliation(
                institution=institution, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except operations.AlreadyAsked as already:
            messages.error(request, str(already))
        else:
            messages.success(
                request,
                _("%(institution)s has been asked. You are told as soon as somebody there confirms you.")
                % {"institution": institution},
            )
        return redirect("people:profile")
    return render(
        request,
        "people/ask_affiliation.html",
        {
            "institution": institution,
            "form": form,
            "trail": [
                (_("Your profile"), reverse("people:profile")),
                (_("Choose your institution"), reverse("people:ask_affiliation")),
            ],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def end_affiliation(request: SignedIn, affiliation_id: int) -> HttpResponse:
    affiliation = get_object_or_404(queries.affiliations_of(request.user), pk=affiliation_id)
    operations.end_affiliation(affiliation_id=affiliation.pk, by=request.user, at=timezone.now())
    messages.success(
        request, _("You no longer belong to %(institution)s.") % {"institution": affiliation.institution}
    )
    return redirect("people:profile")


@login_required
def own_data(request: SignedIn) -> HttpResponse:
    """Everything the platform keeps about the reader, readable."""
    return render(
        request,
        "people/own_data.html",
        {
            "sections": shown_sections(queries.records_of(request.user)),
            "trail": [(_("Your profile"), reverse("people:profile"))],
        },
    )


@login_required
def own_data_file(request: SignedIn) -> HttpResponse:
    """The same for machines."""
    kept = {"site": settings.SITE_URL, "made_at": timezone.now(), **queries.records_of(request.user)}
    return HttpResponse(
        json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"},
    )


@login_required
def close(request: SignedIn) -> HttpResponseBase:
    """Shows what is erased and what stays, then does it."""
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        operations.close_account(by=request.user, at=timezone.now())
        logout(request)
        messages.success(request, _("Your account is closed and your profile is erased."))
        return redirect("portal:home")
    return render(
        request,
        "people/close.html",
        {
            "form": form,
            "verdict": may_close(request.user),
            "sections": shown_sections(queries.records_of(request.user)),
            "trail": [(_("Your profile"), reverse("people:profile"))],
        },
        status=422 if form.errors else 200,
    )
