from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.institutions import operations, queries
from biosint.institutions.facts import FactsForm
from biosint.institutions.places import places_of
from biosint.institutions.rules import may_change, may_enter_new
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import require


def institution_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    found = queries.named_like(queries.institutions_for(person_of(request)), words)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    person = person_of(request)
    return render(
        request,
        "institutions/list.html",
        {"page": page, "words": words, "may_enter": bool(person and may_enter_new(person))},
    )


@login_required
def new(request: SignedIn) -> HttpResponseBase:
    require(may_enter_new(request.user))
    form = FactsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            institution = operations.enter(by=request.user, at=timezone.now(), **form.cleaned_data)
        except operations.InstitutionKnown as known:
            form.add_error("name", str(known))
        else:
            messages.success(
                request,
                _("%(institution)s is entered. Name its coordinator next.") % {"institution": institution},
            )
            return redirect("institutions:detail", slug=institution.slug)
    return render(
        request,
        "institutions/new.html",
        {"form": form, "trail": [(_("Institutions"), reverse("institutions:list"))]},
        status=422 if form.errors else 200,
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    institution = get_object_or_404(queries.institutions_for(person), slug=slug)
    return render(
        request,
        "institutions/detail.html",
        {
            "institution": institution,
            "trail": [(_("Institutions"), reverse("institutions:list"))],
            "places": places_of(institution, person),
            "may_change": may_change(person, institution) if person else None,
        },
    )


@login_required
def change_facts(request: SignedIn, slug: str) -> HttpResponseBase:
    institution = get_object_or_404(queries.institutions_for(request.user), slug=slug)
    require(may_change(request.user, institution))
    named = institution.name
    form = FactsForm(request.POST if request.method == "POST" else None, instance=institution)
    if request.method == "POST" and form.is_valid():
        # The form has put its words into the instance it was given; the operation reads its own copy.
        try:
            operations.change_facts(
                institution_id=institution.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except operations.InstitutionKnown as known:
            form.add_error("name", str(known))
        else:
            messages.success(request, _("The facts are saved."))
            return redirect("institutions:detail", slug=institution.slug)
    return render(
        request,
        "institutions/facts.html",
        {
            "institution": institution,
            "form": form,
            "trail": [
                (_("Institutions"), reverse("institutions:list")),
                (named, reverse("institutions:detail", args=[slug])),
            ],
        },
        status=422 if form.errors else 200,
    )
