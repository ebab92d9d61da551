from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.people.api import Person
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, key_in, login_required, person_of
from biosint.shared.verdicts import Refused, refused
from biosint.strategies import documents, operations, queries, rules
from biosint.strategies.models import Document, Version
from biosint.strategies.states import DocumentState
from biosint.strategies.web.forms import AdoptForm, BeginForm, WriteForm

OFFERED = 12


def _document(person: Person | None, public_id: UUID) -> Document:
    """Load among the viewable ones, so that strangers get 404."""
    return get_object_or_404(queries.documents_for(person), public_id=public_id)


def document_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = Paginator(queries.documents_for(person), 30).get_page(request.GET.get("page"))
    return render(
        request,
        "strategies/list.html",
        {"page": page, "may_begin": bool(person and person.holds(*rules.WRITERS))},
    )


@login_required
def begin(request: SignedIn) -> HttpResponse:
    places = request.user.institutions_as(*rules.WRITERS)
    if not places:
        raise Refused(
            refused(
                _("Coordinators, administrators, deans and members of the quality board write documents.")
            )
        )
    form = BeginForm(
        request.POST or None, institutions=places, initial={"language": translation.get_language()}
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            document = operations.begin(
                institution=told["institution"],
                kind=told["kind"],
                title=told["title"],
                language=told["language"],
                text=told["text"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.TitleTaken as taken:
            form.add_error("title", str(taken))
        else:
            return redirect("strategies:write", document.public_id)
    return render(request, "strategies/begin.html", {"form": form}, status=422 if form.is_bound else 200)


def document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    document = _document(person, public_id)
    versions = queries.versions_of(document)
    writer = rules.sees_drafts(person, document)
    asked = request.GET.get("version", "")
    shown = _numbered(versions, asked) if asked else queries.shown_version(versions, to_writer=writer)
    readable = versions if writer else [version for version in versions if hasattr(version, "adoption")]
    if shown not in readable:
        raise Http404
    return render(
        request,
        "strategies/document.html",
        {
            "document": document,
            "tag": page_tag(document.language),
            "versions": readable,
            "version": shown,
            "adoption": getattr(shown, "adoption", None),
            "writer": writer,
            "may_write": rules.may_write(person, document) if person else None,
            "may_submit": rules.may_move(person, document, DocumentState.REVIEW) if person else None,
            "may_take_back": rules.may_move(person, document, DocumentState.DRAFT) if person else None,
            "may_adopt": rules.may_adopt(person, document) if person else None,
            "adopt_form": AdoptForm(),
            "taken": queries.taken_by(document),
            "offered": list(queries.offered_to(document, person)[:OFFERED])
            if person and rules.may_write(person, document)
            else [],
        },
    )


@login_required
@require_POST
def take_up(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Take an objective of a workshop up, with one press."""
    document = _document(request.user, public_id)
    objective = get_object_or_404(
        queries.offered_to(document, request.user), pk=key_in(request.POST.get("objective", ""))
    )
    version = operations.take_up(
        document_id=document.pk, objective_id=objective.pk, by=request.user, at=timezone.now()
    )
    messages.success(
        request,
        _("The objective stands in version %(number)s, with its figure and its target.")
        % {"number": version.number},
    )
    return redirect(document)


def _numbered(versions: list[Version], asked: str) -> Version:
    for version in versions:
        if str(version.number) == asked:
            return version
    raise Http404


@login_required
def write(request: SignedIn, public_id: UUID) -> HttpResponse:
    document = _document(request.user, public_id)
    verdict = rules.may_write(request.user, document)
    if not verdict:
        raise Refused(verdict)
    newest = queries.versions_of(document)[0]
    meanwhile = None
    form = WriteForm(request.POST or None, initial={"text": newest.text, "based_on": newest.number})
    if form.is_valid():
        try:
            version = operations.write_version(
                document_id=document.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except operations.WrittenMeanwhile as faster:
            # The writer's text stays in the form; saving again is then a decision, not an accident.
            meanwhile = queries.difference(faster.newest.text, form.cleaned_data["text"])
            messages.error(request, str(faster))
            form = WriteForm({**request.POST.dict(), "based_on": str(faster.newest.number)})
        except operations.NothingChanged as same:
            form.add_error("text", str(same))
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": version.number})
            return redirect(document)
    status = 409 if meanwhile else 422 if form.is_bound and form.errors else 200
    return render(
        request,
        "strategies/write.html",
        {"document": document, "form": form, "meanwhile": meanwhile},
        status=status,
    )


def differences(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    document = _document(person, public_id)
    versions = queries.versions_of(document)
    writer = rules.sees_drafts(person, document)
    if not writer:
        versions = [version for version in versions if hasattr(version, "adoption")]
    if len(versions) < 2:
        raise Http404
    new = _numbered(versions, request.GET.get("new", str(versions[0].number)))
    old = _numbered(versions, request.GET.get("old", str(versions[1].number)))
    return render(
        request,
        "strategies/differences.html",
        {
            "document": document,
            "tag": page_tag(document.language),
            "versions": versions,
            "old": old,
            "new": new,
            "rows": queries.difference(old.text, new.text),
        },
    )


@login_required
@require_POST
def move(request: SignedIn, public_id: UUID) -> HttpResponse:
    document = _document(request.user, public_id)
    to = DocumentState.REVIEW if request.POST.get("to") == "review" else DocumentState.DRAFT
    operations.move(document_id=document.pk, to=to, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("The document lies before the council.")
        if to is DocumentState.REVIEW
        else _("The document is a draft again."),
    )
    return redirect(document)


@login_required
@require_POST
def adopt(request: SignedIn, public_id: UUID) -> HttpResponse:
    document = _document(request.user, public_id)
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            operations.adopt(document_id=document.pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except operations.DecidedInFuture as early:
            form.add_error("decided_date", str(early))
        else:
            messages.success(request, _("The decision is recorded. The document is public from now on."))
            return redirect(document)
    return render(request, "strategies/adopt.html", {"document": document, "form": form}, status=422)


def pdf(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    person = person_of(request)
    document = _document(person, public_id)
    version = _numbered(queries.versions_of(document), str(number))
    writer = rules.sees_drafts(person, document)
    if not writer and not hasattr(version, "adoption"):
        raise Http404
    with translation.override(document.language):
        content = documents.pdf(version)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="document-{str(document.public_id)[:8]}-v{number}.pdf"'
        },
    )
