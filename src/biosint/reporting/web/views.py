from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.people.api import Office, Person
from biosint.reporting import content, documents, operations, queries, rules
from biosint.reporting.models import Report
from biosint.reporting.web.forms import BeginForm, WriteForm
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, Refused, refused
from biosint.workplan import api as workplan

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: SignedIn, public_id: UUID) -> Report:
    """Load among the viewable ones, so that strangers get 404."""
    return get_object_or_404(queries.reports_for(request.user), public_id=public_id)


def _led_by(person: Person) -> QuerySet[Consortium]:
    """The projects whose reports the person may begin."""
    projects = workplan.projects_for(person)
    return (
        projects
        if person.is_staff
        else projects.filter(coordinator__in=person.institutions_as(Office.COORDINATOR))
    )


@login_required
def report_list(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.reports_for(request.user), 25).get_page(request.GET.get("page"))
    leads = (request.user.is_staff or request.user.holds(Office.COORDINATOR)) and _led_by(
        request.user
    ).exists()
    return render(request, "reporting/list.html", {"page": page, "leads": leads})


@login_required
def begin(request: SignedIn) -> HttpResponse:
    led = _led_by(request.user)
    if not led.exists():
        raise Refused(refused(_("Only a coordinator of the coordinating institution begins a report.")))
    form = BeginForm(request.POST or None, projects=led, initial={"language": translation.get_language()})
    if form.is_valid():
        try:
            begun = operations.begin(**form.cleaned_data, by=request.user, at=timezone.now())
        except operations.TitleTaken as taken:
            form.add_error("title", str(taken))
        except Fault as fault:
            form.add_error("until_date", str(fault))
        else:
            return redirect(begun)
    return render(request, "reporting/begin.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def report(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _report(request, public_id)
    told = queries.content_of(shown, timezone.now())
    return render(
        request,
        "reporting/report.html",
        {
            "report": shown,
            "content": told,
            "drawings": content.drawings(told),
            "particulars": documents.particulars(shown),
            "by_kind": _by_kind(told),
            "may_write": rules.may_write(request.user, shown),
        },
    )


def _by_kind(told: content.Content) -> list[tuple[content.Figure, list[content.Figure]]]:
    """Pair each figure with its parts per institution."""
    return [(each, [part for part in told.by_institution if part.kind == each.kind]) for each in told.figures]


@login_required
def figure(request: SignedIn, public_id: UUID, key: str) -> HttpResponse:
    """The list behind one figure: exactly the evidence it was counted from."""
    shown = _report(request, public_id)
    told = queries.content_of(shown, timezone.now())
    found = next((each for each in (*told.figures, *told.by_institution) if each.key == key), None)
    if found is None:
        raise Http404
    page = Paginator(queries.items_of(found), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "reporting/figure.html",
        {
            "report": shown,
            "figure": found,
            "kind": evidence.kind_of(found.kind),
            "page": page,
            "rows": [(item, evidence.may_open_proof(request.user, item)) for item in page],
        },
    )


@login_required
def write(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _report(request, public_id)
    verdict = rules.may_write(request.user, shown)
    if not verdict:
        raise Refused(verdict)
    kept = {
        "summary": shown.summary,
        "deviations": shown.deviations,
        "outlook": shown.outlook,
        "revision": shown.revision,
    }
    form = WriteForm(request.POST or None, initial=kept)
    meanwhile = False
    if form.is_valid():
        try:
            operations.write(report_id=shown.pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except operations.WrittenMeanwhile as faster:
            messages.error(request, str(faster))
            form = WriteForm({**request.POST.dict(), "revision": str(shown.revision)})
            meanwhile = True
        else:
            messages.success(request, _("Saved."))
            return redirect(shown)
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(
        request,
        "reporting/write.html",
        {"report": shown, "form": form, "meanwhile": meanwhile},
        status=status,
    )


@login_required
@require_POST
def finalise(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _report(request, public_id)
    operations.finalise(report_id=shown.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The report is final. Its figures are kept as they are."))
    return redirect(shown)


@login_required
def pdf(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _report(request, public_id)
    with translation.override(shown.language):
        made = documents.pdf(shown, queries.content_of(shown, timezone.now()))
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="report.pdf"'}
    )


@login_required
def docx(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _report(request, public_id)
    with translation.override(shown.language):
        made = documents.docx(shown, queries.content_of(shown, timezone.now()))
    return HttpResponse(
        made, content_type=DOCX, headers={"Content-Disposition": 'attachment; filename="report.docx"'}
    )
