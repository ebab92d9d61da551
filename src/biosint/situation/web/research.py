"""Pages of the desk research: the literature table, sources and their findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium.api import Consortium
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Refused, require
from biosint.situation import references
from biosint.situation.models import Finding, Source
from biosint.situation.operations import research as operations
from biosint.situation.queries import research as queries
from biosint.situation.rules import research as rules
from biosint.situation.states import GRADE_MEANINGS, Grade
from biosint.situation.web.research_forms import (
    FindingForm,
    GradeForm,
    ReceiveForm,
    SourceForm,
    finding_facts,
    source_facts,
)

ROWS = 40


def consortium_of(request: SignedIn) -> tuple[Consortium | None, list[Consortium]]:
    """The consortium that the address names, else the reader's newest; and all whose work the reader sees."""
    mine = list(queries.consortia_read_by(request.user))
    wanted = request.GET.get("consortium", "")
    chosen = (one for one in mine if one.slug == wanted or not wanted)
    return next(chosen, None), mine


def named_consortium(request: SignedIn) -> Consortium:
    """The same, where a page needs one: 404 for strangers."""
    consortium, _mine = consortium_of(request)
    if consortium is None:
        raise Http404
    return consortium


def home(consortium: Consortium) -> str:
    """The address of the literature table of a consortium."""
    return f"{reverse('situation:research')}?{urlencode({'consortium': consortium.slug})}"


def trail(consortium: Consortium) -> list[tuple[str, str]]:
    return [(_("Desk research"), home(consortium))]


def wanted_in(request: HttpRequest) -> queries.Wanted:
    """Read from the address which rows are wanted."""
    return queries.Wanted(
        **{name: request.GET.get(name, "")[:80] for name in ("country", "theme", "grade", "words")},
        order=request.GET.get("order", "source"),
        only_published=request.GET.get("published") == "yes",
    )


@login_required
@require_GET
def table(request: SignedIn) -> HttpResponse:
    """The literature table: what was found abroad, in which source, and how much it can carry."""
    consortium, mine = consortium_of(request)
    if consortium is None:
        return render(request, "situation/research_none.html")
    wanted = wanted_in(request)
    page = Paginator(queries.findings_of(consortium, wanted), ROWS).get_page(request.GET.get("page"))
    themes = queries.themes_of(consortium)
    names = {theme.code: theme.name for theme in themes}
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request,
        "situation/research.html",
        {
            "consortium": consortium,
            "tabs": [(one, f"?consortium={one.slug}", one == consortium) for one in mine]
            if len(mine) > 1
            else [],
            "wanted": wanted,
            "page": page,
            "rows": [(finding, names.get(finding.theme, finding.theme)) for finding in page],
            "themes": themes,
            "countries": queries.countries_of(consortium),
            "grades": list(zip(Grade.values, Grade.labels, strict=True)),
            "meanings": [(grade.label, GRADE_MEANINGS[grade]) for grade in Grade],
            "orders": _orders(request),
            "counts": queries.counts_of(consortium),
            "agreement": queries.agreement(consortium),
            "unused": list(queries.sources_without_findings(consortium)[:30]),
            "address": kept.urlencode(),
            "may_write": rules.may_write(request.user, consortium),
        },
    )


def _orders(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """For each column that sorts: its address, and whether the table is sorted by it now."""
    found = {}
    now = request.GET.get("order", "source")
    for order in queries.ORDERS:
        words = request.GET.copy()
        words.pop("page", None)
        words["order"] = order
        found[order] = {"address": f"?{words.urlencode()}", "current": order == now}
    return found


def _source(request: SignedIn, source_id: int) -> Source:
    return get_object_or_404(queries.sources_for(request.user), pk=source_id)


def _finding(request: SignedIn, finding_id: int) -> Finding:
    found = Finding.objects.select_related("source__consortium__coordinator").prefetch_related("gradings")
    finding = get_object_or_404(found, pk=finding_id)
    _source(request, finding.source_id)
    return finding


@login_required
@require_GET
def source(request: SignedIn, source_id: int) -> HttpResponse:
    """One source with everything found in it."""
    one = _source(request, source_id)
    person = request.user
    names = {theme.code: theme.name for theme in queries.themes_of(one.consortium)}
    found = one.findings.select_related("written_by", "published_by", "source__consortium__coordinator")
    rows = []
    writes, keeps = rules.may_write(person, one.consortium), rules.may_keep(person, one.consortium)
    for finding in found.prefetch_related("gradings__graded_by"):
        gradings = list(finding.gradings.all())
        # A second reader judges without seeing the first grade beside the button.
        own = any(grading.graded_by_id == person.pk for grading in gradings)
        blind = bool(gradings) and len(gradings) < rules.GRADINGS and not own and bool(writes)
        rows.append(
            {
                "finding": finding,
                "theme": names.get(finding.theme, finding.theme),
                "gradings": gradings,
                "is_hidden": blind and not finding.is_published,
                "open": writes and not finding.is_published,
            }
        )
    return render(
        request,
        "situation/source.html",
        {
            "source": one,
            "written": references.written(queries.reference_of(one)),
            "rows": rows,
            "may_write": writes,
            "may_keep": keeps,
            "may_remove": rules.may_remove(person, one),
            "trail": trail(one.consortium),
        },
    )


def _source_page(request: SignedIn, form: SourceForm, consortium: Consortium, **more: Any) -> HttpResponse:
    return render(
        request,
        "situation/source_edit.html",
        {"form": form, "consortium": consortium, "trail": trail(consortium), **more},
        status=422 if form.is_bound else 200,
    )


@login_required
def new_source(request: SignedIn) -> HttpResponse:
    """Add a source by hand."""
    consortium = named_consortium(request)
    require(rules.may_write(request.user, consortium))
    form = SourceForm(request.POST or None, initial={"read_date": timezone.localdate()})
    if form.is_valid():
        twin = queries.alike(consortium, form.cleaned_data["title"])
        if twin and request.POST.get("although") != str(twin.pk):
            # Told, and left to the writer: two editions may carry one title.
            return _source_page(request, form, consortium, twin=twin, cancel=home(consortium))
        try:
            one = operations.add_source(
                consortium=consortium, facts=form.facts(), by=request.user, at=timezone.now()
            )
        except operations.SourceKnown as known:
            form.add_error("doi", str(known))
        else:
            messages.success(request, _("The source is here. Now write what you found in it."))
            return redirect("situation:new_finding", one.pk)
    return _source_page(request, form, consortium, cancel=home(consortium))


@login_required
def edit_source(request: SignedIn, source_id: int) -> HttpResponse:
    one = _source(request, source_id)
    require(rules.may_write(request.user, one.consortium))
    form = SourceForm(request.POST or None, initial=source_facts(one))
    if form.is_valid():
        try:
            operations.change_source(source_id=one.pk, facts=form.facts(), by=request.user, at=timezone.now())
        except operations.SourceKnown as known:
            form.add_error("doi", str(known))
        else:
            messages.success(request, _("Saved."))
            return redirect(one)
    return _source_page(request, form, one.consortium, source=one, cancel=one.get_absolute_url())


@login_required
@require_POST
def remove_source(request: SignedIn, source_id: int) -> HttpResponse:
    one = _source(request, source_id)
    operations.remove_source(source_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The source is taken away."))
    return redirect(home(one.consortium))


def _finding_page(request: SignedIn, form: FindingForm, one: Source, **more: Any) -> HttpResponse:
    return render(
        request,
        "situation/finding_edit.html",
        {
            "form": form,
            "source": one,
            "cancel": one.get_absolute_url(),
            "trail": [*trail(one.consortium), (one.short, one.get_absolute_url())],
            **more,
        },
        status=422 if form.is_bound else 200,
    )


@login_required
def new_finding(request: SignedIn, source_id: int) -> HttpResponse:
    """Write down one thing that was found."""
    one = _source(request, source_id)
    require(rules.may_write(request.user, one.consortium))
    form = FindingForm(request.POST or None, themes=queries.themes_of(one.consortium))
    if form.is_valid():
        operations.write_finding(source_id=one.pk, facts=form.facts(), by=request.user, at=timezone.now())
        messages.success(request, _("The finding is kept. Say how much it can carry."))
        return redirect(one)
    return _finding_page(request, form, one)


@login_required
def edit_finding(request: SignedIn, finding_id: int) -> HttpResponse:
    finding = _finding(request, finding_id)
    if not (verdict := rules.may_change(request.user, finding)):
        raise Refused(verdict)
    one = finding.source
    form = FindingForm(
        request.POST or None, themes=queries.themes_of(one.consortium), initial=finding_facts(finding)
    )
    if form.is_valid():
        operations.write_finding(
            source_id=one.pk, finding_id=finding.pk, facts=form.facts(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Saved."))
        return redirect(one)
    return _finding_page(request, form, one, finding=finding)


@login_required
def grade(request: SignedIn, finding_id: int) -> HttpResponse:
    """Say how much a finding can carry; what the other reader said is not shown here."""
    finding = _finding(request, finding_id)
    require(rules.may_grade(request.user, finding))
    own = next((one for one in finding.gradings.all() if one.graded_by_id == request.user.pk), None)
    form = GradeForm(
        request.POST or None, initial={"grade": own.grade, "because": own.because} if own else None
    )
    if form.is_valid():
        operations.grade(
            finding_id=finding.pk,
            grade=Grade(form.cleaned_data["grade"]),
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Your grade is kept."))
        return redirect(finding.source)
    return render(
        request,
        "situation/finding_grade.html",
        {
            "form": form,
            "finding": finding,
            "cancel": finding.source.get_absolute_url(),
            "trail": [
                *trail(finding.source.consortium),
                (finding.source.short, finding.source.get_absolute_url()),
            ],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def publish(request: SignedIn, finding_id: int) -> HttpResponse:
    finding = _finding(request, finding_id)
    operations.publish_finding(finding_id=finding.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Published. It feeds workshops and the report now."))
    return redirect(finding.source)


@login_required
@require_POST
def take_back(request: SignedIn, finding_id: int) -> HttpResponse:
    finding = _finding(request, finding_id)
    operations.take_back_finding(finding_id=finding.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back. It can be mended now."))
    return redirect(finding.source)


@login_required
@require_POST
def remove_finding(request: SignedIn, finding_id: int) -> HttpResponse:
    finding = _finding(request, finding_id)
    operations.remove_finding(finding_id=finding.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The finding is taken away."))
    return redirect(finding.source)


@login_required
def receive(request: SignedIn) -> HttpResponse:
    """Take sources from a file: choose it, see what each line would become, then say yes."""
    consortium = named_consortium(request)
    require(rules.may_write(request.user, consortium))
    form = ReceiveForm(request.POST, request.FILES) if request.method == "POST" else ReceiveForm()
    rows: list[queries.Previewed] = []
    if form.is_valid():
        text = form.cleaned_data["text"]
        rows = queries.preview(consortium, references.read(text))
        if not rows:
            form.add_error(
                "text" if not form.cleaned_data["file"] else "file",
                _(
                    "No reference was found. The file must be RIS or BibTeX: give it out again in one of these."
                ),
            )
        elif request.POST.get("step") == "take":
            chosen = {key_in(word) for word in request.POST.getlist("row")}
            done = operations.import_sources(
                consortium=consortium,
                references=[row.reference for row in rows if row.can_be_added and row.number in chosen],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Sources added: %(n)s.") % {"n": len(done.added)})
            return redirect(home(consortium))
    return render(
        request,
        "situation/research_import.html",
        {
            "form": form,
            "rows": rows,
            "text": form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else "",
            "new": sum(row.is_new for row in rows),
            "consortium": consortium,
            "cancel": home(consortium),
            "trail": trail(consortium),
        },
        status=422 if form.is_bound and form.errors else 200,
    )
