"""Pages of situation reports: begin, write, read, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.files import api as files
from biosint.gateways import papers
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Fault, Refused, refused
from biosint.situation.models import SituationReport
from biosint.situation.operations import reports as operations
from biosint.situation.queries import reports as queries
from biosint.situation.rules import reports as rules
from biosint.situation.states import ReportWords
from biosint.situation.web.report_forms import BeginReportForm, WriteReportForm

if TYPE_CHECKING:
    from uuid import UUID

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: HttpRequest, public_id: UUID) -> SituationReport:
    """Load among the viewable ones, so that strangers get 404."""
    return get_object_or_404(queries.reports_for(person_of(request)), public_id=public_id)


def _paper(report: SituationReport) -> papers.Paper | None:
    return papers.from_plain(report.paper) if report.paper is not None else None


def index(request: HttpRequest) -> HttpResponse:
    """Public reports for everybody; drafts and final ones for those who may see them."""
    person = person_of(request)
    page = Paginator(queries.reports_for(person), 25).get_page(request.GET.get("page"))
    may_begin = person is not None and any(queries.subjects_for(person))
    return render(
        request,
        "situation/reports.html",
        {
            "page": page,
            "may_begin": may_begin,
            "trail": [(_("Situation analysis"), reverse("situation:list"))],
        },
    )


@login_required
def begin(request: SignedIn) -> HttpResponse:
    """Choose what the report is about and made of; its first draft is made at once."""
    if not any(queries.subjects_for(request.user)):
        raise Refused(
            refused(
                _(
                    "Only a coordinator, an administrator or the quality board of an institution begins a report."
                )
            )
        )
    form = BeginReportForm(
        request.POST or None,
        person=request.user,
        initial={"language": translation.get_language(), "title": _("Where we stand")},
    )
    if form.is_valid():
        try:
            begun = operations.begin_report(**form.cleaned_data, by=request.user, at=timezone.now())
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            return redirect(begun)
    return render(
        request, "situation/report_begin.html", {"form": form}, status=422 if form.is_bound else 200
    )


def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper as a page, with its contents beside it."""
    report = _report(request, public_id)
    person = person_of(request)
    paper = _paper(report)
    nobody = refused(_("Sign in to change this."))
    return render(
        request,
        "situation/report.html",
        {
            "report": report,
            "paper": paper,
            "contents": [part for part in paper.parts if part.kind == "heading" and part.anchor]
            if paper
            else [],
            "job": operations.open_job(report) if not report.is_final and report.is_stale else None,
            "may_write": rules.may_write(person, report) if person else nobody,
            "may_publish": rules.may_publish(person, report) if person else nobody,
            "may_take_data": bool(person and report.data and queries.may_take_data(person, report)),
            "trail": [(_("Situation reports"), reverse("situation:reports"))],
        },
    )


@login_required
def write(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The words around the figures."""
    report = _report(request, public_id)
    verdict = rules.may_write(request.user, report)
    if not verdict:
        raise Refused(verdict)
    form = WriteReportForm(request.POST or None, report=report)
    meanwhile = False
    if form.is_valid():
        try:
            operations.write_report(
                report_id=report.pk,
                title=form.cleaned_data["title"],
                authors=form.cleaned_data["authors"],
                words=form.words,
                revision=form.cleaned_data["revision"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.WrittenMeanwhile as faster:
            messages.error(request, str(faster))
            form = WriteReportForm({**request.POST.dict(), "revision": str(report.revision)}, report=report)
            meanwhile = True
        else:
            messages.success(request, _("Saved. The report is being made anew."))
            return redirect(report)
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(
        request,
        "situation/report_write.html",
        {"report": report, "form": form, "saved": list(_saved(report)) if meanwhile else []},
        status=status,
    )


def _saved(report: SituationReport) -> Any:
    for section in ReportWords:
        if report.words.get(section.value):
            yield section.label, report.words[section.value]


@login_required
@require_POST
def remake(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Work the figures out again."""
    report = _report(request, public_id)
    job = operations.ask_for_paper(report_id=report.pk, by=request.user, at=timezone.now())
    return redirect("jobs:detail", job.public_id)


@login_required
@require_POST
def finalise(request: SignedIn, public_id: UUID) -> HttpResponse:
    report = _report(request, public_id)
    try:
        operations.finalise_report(report_id=report.pk, by=request.user, at=timezone.now())
    except operations.NotMade as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The report is final. It stays as it is."))
    return redirect(report)


@login_required
@require_POST
def publish(request: SignedIn, public_id: UUID) -> HttpResponse:
    report = _report(request, public_id)
    operations.publish_report(report_id=report.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Everybody can read the report now, without signing in."))
    return redirect(report)


@login_required
@require_POST
def discard(request: SignedIn, public_id: UUID) -> HttpResponse:
    report = _report(request, public_id)
    operations.discard_report(report_id=report.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The draft is thrown away."))
    return redirect("situation:reports")


def _made(request: HttpRequest, public_id: UUID) -> tuple[SituationReport, papers.Paper]:
    report = _report(request, public_id)
    paper = _paper(report)
    if paper is None:
        raise Http404
    return report, paper


def _name(report: SituationReport, extension: str) -> str:
    return f"{slugify(report.title)[:80] or 'report'}.{extension}"


def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    report, paper = _made(request, public_id)
    return HttpResponse(
        papers.pdf(paper),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{_name(report, "pdf")}"'},
    )


def docx(request: HttpRequest, public_id: UUID) -> HttpResponse:
    report, paper = _made(request, public_id)
    return HttpResponse(
        papers.docx(paper),
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{_name(report, "docx")}"'},
    )


def bundle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What everybody who reads the report may work out again: no single answers."""
    report = _report(request, public_id)
    if report.bundle is None:
        raise Http404
    return redirect(files.download_url(report.bundle))


@login_required
def data(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The same with single answers."""
    report = _report(request, public_id)
    if report.data is None or not queries.may_take_data(request.user, report):
        raise Http404
    return redirect(files.download_url(report.data))
