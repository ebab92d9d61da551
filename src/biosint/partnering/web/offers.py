"""Offers: the public list, one offer with what fits it, writing and changing."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.curriculum import api as curriculum
from biosint.partnering.models import Offer
from biosint.partnering.operations import contacts as contact_operations
from biosint.partnering.operations import offers as operations
from biosint.partnering.queries import contacts as contact_queries
from biosint.partnering.queries import kindred
from biosint.partnering.queries import offers as queries
from biosint.partnering.queries.kindred import Kindred
from biosint.partnering.reasons import reasons
from biosint.partnering.rules import offers as rules
from biosint.partnering.states import OFFER_MOVES, OfferState
from biosint.partnering.web.forms import (
    WORDS,
    FirstMessageForm,
    OfferForm,
    ReportForm,
    SearchForm,
    search_of,
)
from biosint.shared.requests import SignedIn, key_in, login_required, person_of
from biosint.shared.subjects import subject_name
from biosint.shared.verdicts import Verdict, refused, require

if TYPE_CHECKING:
    from biosint.people.api import Person

PER_PAGE = 12


def trail() -> list[tuple[str, str]]:
    return [(_("Course partners"), reverse("partnering:offers"))]


def offers(request: HttpRequest) -> HttpResponse:
    """The public list. What is asked stands in the address, so that it can be handed on."""
    search, today, person = search_of(request.GET), timezone.localdate(), person_of(request)
    page = Paginator(queries.offers_found(search, today=today), PER_PAGE).get_page(request.GET.get("page"))
    form = SearchForm(
        initial={**asdict(search), WORDS: search.words}, counts=queries.counts(search, today=today)
    )
    return render(
        request,
        "partnering/offers.html",
        {
            "form": form,
            "page": page,
            "asked": search.asked,
            "filtered": any(value for name, value in asdict(search).items() if name != "words"),
            "may_offer": person is not None and bool(rules.may_offer(person)),
            "signed_in": person is not None,
        },
    )


@login_required
def mine(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.offers_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    contacts = Paginator(contact_queries.contacts_of(request.user), PER_PAGE)
    return render(
        request,
        "partnering/mine.html",
        {
            "page": page,
            "contacts": contacts.get_page(request.GET.get("talks")),
            "blocked": contact_queries.blocked_by(request.user)[:50],
            "may_offer": rules.may_offer(request.user),
            "trail": trail(),
            "today": timezone.localdate(),
        },
    )


def offer_of(request: HttpRequest, public_id: UUID) -> Offer:
    """Return the offer that the reader may see; everybody else gets 404."""
    seen = queries.offers_visible_to(person_of(request), today=timezone.localdate())
    return get_object_or_404(seen, public_id=public_id)


def offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return page_of_offer(request, offer_of(request, public_id))


def page_of_offer(
    request: HttpRequest, found: Offer, *, form: FirstMessageForm | None = None
) -> HttpResponse:
    """Show an offer; ``form`` is a message that has to be mended."""
    person, today = person_of(request), timezone.localdate()
    may_ask = (
        rules.may_ask(person, found, today=today)
        if person is not None
        else refused(_("Sign in as a teacher to write about this offer."))
    )
    is_own = person is not None and person.pk == found.teacher_id
    return render(
        request,
        "partnering/offer.html",
        {
            "offer": found,
            "subject": subject_name(found.subject),
            "outcomes": _outcomes(found),
            "is_own": is_own,
            "is_shown": found.is_shown(today),
            "moves": _moves(person, found) if person is not None else [],
            "may_ask": may_ask,
            "contact": contact_queries.contact_about(person, found) if person is not None else None,
            "form": form or (FirstMessageForm(person=person) if person is not None and may_ask else None),
            "report_form": ReportForm() if person is not None and not is_own else None,
            "signed_in": person is not None,
            "kindred": [_row(one, found) for one in kindred.kindred_offers(found, today=today)],
            "units": [_row(one, found) for one in kindred.kindred_units(found)],
            "trail": trail(),
        },
        status=422 if form is not None else 200,
    )


def _outcomes(found: Offer) -> list[str]:
    if found.unit is not None:
        return [outcome.text for outcome in curriculum.outcomes_of(found.unit)]
    return [str(row.get("text", "")) for row in (found.course.outcomes if found.course is not None else [])]


def _row(one: Kindred, found: Offer) -> dict[str, Any]:
    is_offer = isinstance(one.found, Offer)
    return {
        "title": one.found.title,
        "url": one.found.get_absolute_url()
        if isinstance(one.found, Offer)
        else reverse("curriculum:unit", args=[one.found.pk]),
        "kind": one.found.get_kind_display() if isinstance(one.found, Offer) else "",
        "institution": one.institution,
        "score": round(100 * one.likeness.score),
        "reasons": reasons(one.likeness.parts, one.weeks, found),
        "calendar_known": one.weeks is not None or not is_offer,
        "same_country": one.institution.country == found.institution.country,
    }


MOVE_WORDS = {
    OfferState.OPEN: lambda: _("Open again"),
    OfferState.PAUSED: lambda: _("Pause"),
    OfferState.FOUND: lambda: _("I found a partner"),
    OfferState.CLOSED: lambda: _("Close"),
}


def _moves(person: Person, found: Offer) -> list[tuple[str, str, Verdict]]:
    if person.pk != found.teacher_id and not person.is_staff:
        return []
    today = timezone.localdate()
    possible = [to for to in OfferState if to in OFFER_MOVES[OfferState(found.state)]]
    return [
        (to.value, MOVE_WORDS[to](), rules.may_move(person, found, to, today=today))
        for to in possible
        if person.pk == found.teacher_id or to == OfferState.CLOSED
    ]


@login_required
def new(request: SignedIn) -> HttpResponse:
    require(rules.may_offer(request.user))
    units, courses = queries.sources_of(request.user)
    # The address names where an offer is taken over from: “unit-12”, “course-7”.
    asked = str(request.GET.get("from", ""))
    unit = next((one for one in units if asked == f"unit-{one.pk}"), None)
    course = next((one for one in courses if asked == f"course-{one.pk}"), None)
    form = OfferForm(request.POST or None, person=request.user, initial=_taken_over(unit, course))
    if form.is_valid():
        made = operations.make_offer(
            key=form.cleaned_data["key"],
            institution=form.cleaned_data["institution"],
            unit=unit,
            course=course,
            by=request.user,
            at=timezone.now(),
            **form.description,
        )
        messages.success(request, _("Your offer is public. Below you see who fits already."))
        return redirect(made)
    return render(
        request,
        "partnering/write.html",
        {
            "form": form,
            "units": units,
            "courses": courses,
            "asked": asked,
            "source": unit or course,
            "trail": trail(),
        },
        status=422 if form.is_bound else 200,
    )


def _taken_over(unit: curriculum.Unit | None, course: Any) -> dict[str, Any]:
    if course is not None:
        return {
            "title": course.title,
            "text": course.summary[:4000],
            "subject": course.subject,
            "keywords": ", ".join(course.keywords),
            "language": course.language,
            "language_level": course.level,
            "start_date": course.start_date,
            "end_date": course.end_date,
            "institution": course.host_id,
        }
    if unit is not None:
        return {
            "title": unit.title,
            "language": unit.language,
            "institution": unit.programme.institution_id,
        }
    return {}


@login_required
def change(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = offer_of(request, public_id)
    require(rules.may_change(request.user, found))
    form = OfferForm(request.POST or None, instance=found, person=request.user)
    if form.is_valid():
        try:
            operations.change_offer(
                offer_id=found.pk,
                seen_version=form.cleaned_data["seen_version"] or 0,
                by=request.user,
                at=timezone.now(),
                **form.description,
            )
        except operations.ChangedMeanwhile as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The offer is changed."))
            return redirect(found)
    return render(
        request,
        "partnering/write.html",
        {"form": form, "offer": found, "trail": [*trail(), (found.title, found.get_absolute_url())]},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def move(request: SignedIn, public_id: UUID) -> HttpResponse:
    found, to = offer_of(request, public_id), request.POST.get("to", "")
    if to not in OfferState.values:
        raise Http404
    operations.move_offer(offer_id=found.pk, to=OfferState(to), by=request.user, at=timezone.now())
    messages.success(request, _("The offer is now: %(state)s.") % {"state": OfferState(to).label})
    return redirect("partnering:mine" if request.user.pk == found.teacher_id else "partnering:offers")


@login_required
def reports(request: SignedIn) -> HttpResponse:
    """What people reported, for the site's administrator."""
    if not request.user.is_staff:
        raise Http404
    if request.method == "POST":
        contact_operations.settle_report(
            report_id=get_object_or_404(queries.open_reports(), pk=key_in(request.POST.get("report", ""))).pk,
            close_offer=request.POST.get("deed") == "close",
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The report is settled."))
        return redirect("partnering:reports")
    page = Paginator(queries.open_reports(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partnering/reports.html", {"page": page, "trail": trail()})
