"""Pages on which programmes, units and syllabi are written and decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.curriculum import operations, queries, rules
from biosint.curriculum.models import Syllabus, Unit
from biosint.curriculum.states import Degree
from biosint.curriculum.web.forms import (
    NoteForm,
    OutcomeForms,
    ProgrammeForm,
    SyllabusForm,
    UnitForm,
    outcomes_in,
)
from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import require


def version_of(request: HttpRequest, unit_id: int, number: int) -> Syllabus:
    """Return a version that the reader may see; everyone else meets a page that does not exist."""
    person = person_of(request)
    syllabus = get_object_or_404(
        Syllabus.objects.select_related(
            "unit__programme__institution", "written_by", "submitted_by", "decided_by"
        ).prefetch_related("outcomes", "unit__teachers"),
        unit_id=unit_id,
        number=number,
    )
    if not rules.may_read_version(person, syllabus):
        raise Http404
    return syllabus


@login_required
def new_programme(request: SignedIn, slug: str) -> HttpResponse:
    institution = get_object_or_404(Institution, slug=slug)
    require(rules.may_keep_programmes(request.user, institution))
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.start_programme(
                institution=institution,
                title=form.cleaned_data["title"],
                degree=Degree(form.cleaned_data["degree"]),
                field=form.cleaned_data["field"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.ProgrammeKnown as known:
            form.add_error("title", str(known))
        else:
            messages.success(request, _("The programme is entered. Add its units next."))
            return redirect("curriculum:institution", slug)
    return _form_page(request, institution, form, _("Enter a programme"))


@login_required
def new_unit(request: SignedIn, slug: str) -> HttpResponse:
    institution = get_object_or_404(Institution, slug=slug)
    require(rules.may_add_unit(request.user, institution))
    first = {"language": "en", "is_compulsory": True, "programme": queries.programmes_of(institution).first()}
    form = UnitForm(request.POST or None, institution=institution, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            unit = operations.add_unit(
                programme=told["programme"],
                code=told["code"],
                title=told["title"],
                ects=told["ects"],
                language=told["language"],
                is_compulsory=told["is_compulsory"],
                teachers=told["teachers"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.CodeTaken as taken:
            form.add_error("code", str(taken))
        except operations.NotATeacher as stranger:
            form.add_error("teachers", str(stranger))
        else:
            messages.success(request, _("The unit is added. Its teachers can write the syllabus now."))
            return redirect("curriculum:unit", unit.pk)
    return _form_page(request, institution, form, _("Add a unit"))


@login_required
def change_unit(request: SignedIn, unit_id: int) -> HttpResponse:
    unit = get_object_or_404(queries.units_visible_to(request.user).prefetch_related("teachers"), pk=unit_id)
    require(rules.may_write(request.user, unit))
    institution = unit.programme.institution
    stands = {
        "programme": unit.programme_id,
        "code": unit.code,
        "title": unit.title,
        "ects": unit.ects.normalize(),
        "language": unit.language,
        "is_compulsory": unit.is_compulsory,
        "teachers": unit.teachers.all(),
    }
    form = UnitForm(request.POST or None, institution=institution, initial=stands)
    del form.fields["programme"]
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_unit(unit_id=unit.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except operations.CodeTaken as taken:
            form.add_error("code", str(taken))
        except operations.FewerThanInternational as fewer:
            form.add_error("ects", str(fewer))
        except operations.NotATeacher as stranger:
            form.add_error("teachers", str(stranger))
        else:
            messages.success(request, _("Saved."))
            return redirect("curriculum:unit", unit.pk)
    return _form_page(request, institution, form, _("Correct the unit"))


def _form_page(
    request: HttpRequest, institution: Institution, form: ProgrammeForm | UnitForm, title: str
) -> HttpResponse:
    back = reverse("curriculum:institution", args=[institution.slug])
    return render(
        request,
        "curriculum/form.html",
        {"title": title, "form": form, "back": back, "trail": [(institution.short_name, back)]},
        status=422 if form.errors else 200,
    )


@login_required
def write(request: SignedIn, unit_id: int, number: int) -> HttpResponse:
    """The editor of one open version. What was typed stays on the page whatever goes wrong."""
    syllabus = version_of(request, unit_id, number)
    require(rules.may_change(request.user, syllabus))
    status = 200
    if request.method == "POST":
        form, outcomes = SyllabusForm(request.POST), OutcomeForms(request.POST, prefix="outcomes")
        if form.is_valid() and outcomes.is_valid():
            try:
                operations.write(
                    syllabus_id=syllabus.pk,
                    outcomes=outcomes_in(outcomes),
                    by=request.user,
                    at=timezone.now(),
                    **form.cleaned_data,
                )
            except operations.WrittenMeanwhile as meanwhile:
                # The next saving is a decision made in sight of the other person's words.
                form = SyllabusForm({**request.POST.dict(), "edition": syllabus.edition})
                form.add_error(None, str(meanwhile))
                status = 409
            except operations.MoreThanTheUnit as more:
                form.add_error("international_ects", str(more))
            else:
                messages.success(request, _("Saved."))
                again = "more" in request.POST
                return redirect("curriculum:write" if again else "curriculum:version", unit_id, number)
        status = 422 if status == 200 else status
    else:
        form = SyllabusForm(
            initial={
                "edition": syllabus.edition,
                "summary": syllabus.summary,
                "methods": syllabus.methods,
                "assessment": syllabus.assessment,
                "international_ects": syllabus.international_ects.normalize(),
            }
        )
        rows = [{"text": row.text, "dimensions": row.dimensions} for row in syllabus.outcomes.all()]
        outcomes = OutcomeForms(initial=rows, prefix="outcomes")
    return render(
        request,
        "curriculum/write.html",
        {"syllabus": syllabus, "form": form, "outcomes": outcomes, "trail": trail_of(syllabus.unit)},
        status=status,
    )


def trail_of(unit: Unit) -> list[tuple[str, str]]:
    institution = unit.programme.institution
    return [
        (institution.short_name, reverse("curriculum:institution", args=[institution.slug])),
        (unit.title, reverse("curriculum:unit", args=[unit.pk])),
    ]


@login_required
@require_POST
def start_version(request: SignedIn, unit_id: int) -> HttpResponse:
    unit = get_object_or_404(queries.units_visible_to(request.user), pk=unit_id)
    try:
        syllabus = operations.start_version(unit_id=unit.pk, by=request.user, at=timezone.now())
    except operations.VersionOpen as still_open:
        messages.error(request, str(still_open))
        return redirect("curriculum:unit", unit.pk)
    messages.success(request, _("A new version is open. It begins as a copy of the approved one."))
    return redirect("curriculum:write", unit.pk, syllabus.number)


@login_required
@require_POST
def submit(request: SignedIn, unit_id: int, number: int) -> HttpResponse:
    syllabus = version_of(request, unit_id, number)
    operations.submit(syllabus_id=syllabus.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The dean or a coordinator will decide on it."))
    return redirect("curriculum:version", unit_id, number)


@login_required
@require_POST
def approve(request: SignedIn, unit_id: int, number: int) -> HttpResponse:
    syllabus = version_of(request, unit_id, number)
    operations.approve(syllabus_id=syllabus.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Version %(number)s is approved.") % {"number": number})
    return redirect("curriculum:version", unit_id, number)


@login_required
@require_POST
def send_back(request: SignedIn, unit_id: int, number: int) -> HttpResponse:
    syllabus = version_of(request, unit_id, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what has to change, so that the teachers know what to do."))
        return redirect("curriculum:version", unit_id, number)
    operations.send_back(
        syllabus_id=syllabus.pk, note=form.cleaned_data["note"], by=request.user, at=timezone.now()
    )
    messages.success(request, _("The version went back to its writers with your note."))
    return redirect("curriculum:version", unit_id, number)
