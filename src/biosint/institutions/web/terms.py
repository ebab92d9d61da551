"""The academic year of an institution: everybody reads it, its people keep it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.institutions import operations, queries
from biosint.institutions.models import AcademicTerm
from biosint.institutions.rules import may_keep_terms
from biosint.institutions.states import TermKind
from biosint.shared.days import DayField
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.models import Institution

# What ended longer ago than this is of no use to anybody who plans.
KEPT_IN_VIEW = timedelta(days=400)
TONES = {TermKind.TEACHING: "success", TermKind.EXAMS: "info", TermKind.HOLIDAY: "warning"}


class TermForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=TermKind)
    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Such as winter term, Orthodox Christmas, June examinations."),
    )
    first_date = DayField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_date = DayField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("The same day again, if it is one day."),
    )


def terms(request: HttpRequest, slug: str, term_id: int | None = None) -> HttpResponse:
    """The academic year with a form for one more stretch, or for the one that is being changed."""
    person = person_of(request)
    institution = get_object_or_404(queries.institutions_for(person), slug=slug)
    may_keep = may_keep_terms(person, institution) if person else None
    written = get_object_or_404(institution.academic_terms, pk=term_id) if term_id else None
    if request.method == "POST" or written:
        if person is None:
            return redirect("institutions:terms", slug)
        require(may_keep_terms(person, institution))
    form = TermForm(request.POST or None, initial=_facts(written))
    if form.is_valid() and person is not None:
        try:
            operations.write_term(
                institution_id=institution.pk,
                term_id=term_id,
                by=person,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Fault as fault:
            form.add_error("last_date", str(fault))
        else:
            messages.success(request, _("The academic year is saved."))
            return redirect("institutions:terms", slug)
    return render(
        request,
        "institutions/terms.html",
        {
            "institution": institution,
            "rows": _rows(institution),
            "form": form,
            "written": written,
            "may_keep": may_keep,
            "trail": [
                (_("Institutions"), reverse("institutions:list")),
                (institution.name, reverse("institutions:detail", args=[slug])),
            ],
        },
        status=422 if form.errors else 200,
    )


def _facts(term: AcademicTerm | None) -> dict[str, object]:
    names = ("kind", "title", "first_date", "last_date")
    return {name: getattr(term, name) for name in names} if term else {}


def _rows(institution: Institution) -> list[tuple[AcademicTerm, str, int]]:
    """Each stretch with the tone of its kind and how many days it has."""
    since = timezone.localdate() - KEPT_IN_VIEW
    return [
        (term, TONES[TermKind(term.kind)], (term.last_date - term.first_date).days + 1)
        for term in institution.academic_terms.filter(last_date__gte=since)
    ]


@login_required
@require_POST
def remove_term(request: SignedIn, slug: str, term_id: int) -> HttpResponse:
    institution = get_object_or_404(queries.institutions_for(request.user), slug=slug)
    operations.remove_term(institution_id=institution.pk, term_id=term_id, by=request.user, at=timezone.now())
    messages.success(request, _("It is taken out of the academic year."))
    return redirect("institutions:terms", slug)
