from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.institutions.api import Institution
from biosint.outreach import operations, queries, rules
from biosint.outreach.web.forms import PracticeForm, ReviewForm, UseForm
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import ALLOWED, Refused, refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from biosint.people.api import Person


def _speaks_for(person: Person) -> QuerySet[Institution]:
    return Institution.objects.filter(pk__in=person.institutions_as(*rules.PRACTITIONERS))


def index(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = Paginator(queries.practices_for(person), 20).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/practices.html",
        {"page": page, "may_write": bool(person and person.holds(*rules.PRACTITIONERS))},
    )


def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    practice = get_object_or_404(queries.with_uses(queries.practices_for(person)), public_id=public_id)
    used_at = {use.institution_id for use in practice.uses.all()} | {practice.institution_id}
    free = bool(person and person.institutions_as(*rules.PRACTITIONERS) - used_at)
    return render(
        request,
        "outreach/practice.html",
        {
            "practice": practice,
            "tag": page_tag(practice.language)
            if practice.language in {"en", "sr", "sq"}
            else practice.language,
            "inside": rules.sees_inside(person),
            "may_review": rules.may_review_practice(person, practice) if person else None,
            "may_rewrite": rules.may_rewrite_practice(person, practice) if person else None,
            "may_use": ALLOWED
            if free
            else refused(_("Your institution wrote it, or has told before that it uses it.")),
        },
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    institutions = _speaks_for(request.user)
    if not request.user.holds(*rules.PRACTITIONERS):
        raise Refused(refused(_("Teachers and officers of the institutions write practices.")))
    form = PracticeForm(request.POST or None, institutions=institutions, initial={"language": "en"})
    if form.is_valid():
        practice = operations.write_practice(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you. A colleague of another institution reads it now."))
        return redirect(practice)
    return render(
        request, "outreach/write_practice.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
def rewrite(request: SignedIn, public_id: UUID) -> HttpResponse:
    practice = get_object_or_404(queries.practices_for(request.user), public_id=public_id)
    if not (verdict := rules.may_rewrite_practice(request.user, practice)):
        raise Refused(verdict)
    words = {
        name: getattr(practice, name) for name in ("title", "language", "need", "deed", "outcome", "effort")
    }
    form = PracticeForm(request.POST or None, institutions=None, initial=words)
    if form.is_valid():
        operations.rewrite_practice(
            practice_id=practice.pk, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Thank you. A colleague of another institution reads it now."))
        return redirect(practice)
    return render(
        request,
        "outreach/write_practice.html",
        {"form": form, "practice": practice},
        status=422 if form.is_bound else 200,
    )


@login_required
def review(request: SignedIn, public_id: UUID) -> HttpResponse:
    practice = get_object_or_404(queries.practices_for(request.user), public_id=public_id)
    if not (verdict := rules.may_review_practice(request.user, practice)):
        raise Refused(verdict)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            operations.review_practice(
                practice_id=practice.pk,
                accept=form.cleaned_data["decision"] == "publish",
                review=form.cleaned_data["review"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.ReviewMissing as missing:
            form.add_error("review", str(missing))
        else:
            messages.success(request, _("Thank you. The writer is told."))
            return redirect(practice)
    return render(
        request,
        "outreach/review_practice.html",
        {"practice": practice, "form": form},
        status=422 if form.is_bound else 200,
    )


@login_required
def use(request: SignedIn, public_id: UUID) -> HttpResponse:
    practice = get_object_or_404(queries.practices_for(request.user), public_id=public_id)
    institutions = _speaks_for(request.user).exclude(pk=practice.institution_id)
    if not institutions.exists():
        raise Refused(refused(_("Teachers and officers of another institution tell that they use it.")))
    form = UseForm(request.POST or None, institutions=institutions)
    if form.is_valid():
        try:
            operations.use_practice(
                practice_id=practice.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except operations.UsedAlready as fault:
            form.add_error("institution", str(fault))
        else:
            messages.success(request, _("Thank you. It counts for your institution, and the writer sees it."))
            return redirect(practice)
    return render(
        request,
        "outreach/use_practice.html",
        {"practice": practice, "form": form},
        status=422 if form.is_bound else 200,
    )
