"""The people of an institution, for who keeps them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.institutions.api import Institution
from biosint.people import operations, queries
from biosint.people.models import Affiliation, OfficeHeld, Person
from biosint.people.rules import may_answer, may_give, may_keep_people
from biosint.people.states import Office
from biosint.people.web.forms import OfficeForm
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require


def _kept(person: Person, slug: str) -> Institution:
    """Return the institution; strangers get 404, its other people the reason."""
    institution = get_object_or_404(Institution, slug=slug)
    if not person.is_staff and institution.pk not in person.institution_ids:
        raise Http404
    require(may_keep_people(person, institution))
    return institution


@login_required
def colleagues(request: SignedIn) -> HttpResponseBase:
    """The people of the reader's own institutions."""
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.people_met_by(request.user, words), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "people/colleagues.html",
        {
            "page": page,
            "words": words,
            "kept": Institution.objects.filter(pk__in=request.user.kept_institution_ids),
        },
    )


@login_required
def of_institution(request: SignedIn, slug: str) -> HttpResponseBase:
    institution = _kept(request.user, slug)
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.people_of(institution, words), 50).get_page(request.GET.get("page"))
    waiting = [
        (affiliation, may_answer(request.user, affiliation))
        for affiliation in queries.waiting_at(frozenset({institution.pk}))
    ]
    verdicts = {office: may_give(request.user, office, institution) for office in Office}
    return render(
        request,
        "people/of_institution.html",
        {
            "institution": institution,
            "waiting": waiting,
            "page": page,
            "rows": [
                (person, [(held, verdicts[Office(held.office)]) for held in person.offices_here])  # type: ignore[attr-defined]  # prefetched by people_of
                for person in page
            ],
            "words": words,
            "give_url": reverse("people:give_office", args=[slug]),
            "trail": [(institution.short_name, reverse("institutions:detail", args=[slug]))],
        },
    )


def _answered(
    request: SignedIn, slug: str, affiliation_id: int, answer: Callable[..., Affiliation], said: str
) -> HttpResponse:
    institution = _kept(request.user, slug)
    affiliation = get_object_or_404(Affiliation, pk=affiliation_id, institution=institution)
    answer(affiliation_id=affiliation.pk, by=request.user, at=timezone.now())
    messages.success(request, said % {"person": affiliation.person, "institution": institution})
    return redirect("people:of_institution", slug=slug)


@login_required
@require_POST
def confirm(request: SignedIn, slug: str, affiliation_id: int) -> HttpResponse:
    return _answered(
        request,
        slug,
        affiliation_id,
        operations.confirm_affiliation,
        _("%(person)s now belongs to %(institution)s."),
    )


@login_required
@require_POST
def decline(request: SignedIn, slug: str, affiliation_id: int) -> HttpResponse:
    return _answered(
        request,
        slug,
        affiliation_id,
        operations.decline_affiliation,
        _("The request of %(person)s is declined. They may ask again."),
    )


@login_required
def give_office(request: SignedIn, slug: str) -> HttpResponseBase:
    institution = _kept(request.user, slug)
    people = queries.people_of(institution).prefetch_related(None)
    form = OfficeForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"person": request.GET.get("person")},
    )
    if request.method == "POST" and form.is_valid():
        office = Office(form.cleaned_data["office"])
        person: Person = form.cleaned_data["person"]
        verdict = may_give(request.user, office, institution)
        if not verdict:
            form.add_error("office", str(verdict.reason))
        else:
            operations.give_office(
                person=person, office=office, institution=institution, by=request.user, at=timezone.now()
            )
            messages.success(
                request, _("%(person)s now is: %(office)s.") % {"person": person, "office": office.label}
            )
            return redirect("people:of_institution", slug=slug)
    return render(
        request,
        "people/give_office.html",
        {
            "institution": institution,
            "form": form,
            "back": reverse("people:of_institution", args=[slug]),
            "trail": [
                (institution.short_name, reverse("institutions:detail", args=[slug])),
                (_("People"), reverse("people:of_institution", args=[slug])),
            ],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def end_office(request: SignedIn, slug: str, held_id: int) -> HttpResponse:
    institution = _kept(request.user, slug)
    held = get_object_or_404(OfficeHeld, pk=held_id, institution=institution)
    operations.end_office(held_id=held.pk, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("%(person)s no longer is: %(office)s. What was done in the office stays.")
        % {"person": held.person, "office": held.get_office_display()},
    )
    return redirect("people:of_institution", slug=slug)


@login_required
@require_POST
def end_of(request: SignedIn, slug: str, affiliation_id: int) -> HttpResponse:
    return _answered(
        request,
        slug,
        affiliation_id,
        operations.end_affiliation,
        _("%(person)s no longer belongs to %(institution)s."),
    )
