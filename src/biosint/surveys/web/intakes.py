"""Pages of an import: choose the file, see what is found, then say yes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.files import File
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.jobs import api as jobs
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault
from biosint.surveys import operations, queries, rules
from biosint.surveys.models import AnswerSet, Intake, IntakeState
from biosint.surveys.operations.importing import ROWS_AT_ONCE
from biosint.surveys.states import INSTITUTION, LANGUAGE, ColumnKind
from biosint.surveys.tables import ENCODINGS, Layout, layout_from_json, rows_of

if TYPE_CHECKING:
    from typing import BinaryIO


SHOWN_ROWS = 6
ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "cp1250": gettext_lazy("Windows, Central European (cp1250)"),
    "cp1251": gettext_lazy("Windows, Cyrillic (cp1251)"),
    "cp1252": gettext_lazy("Windows, Western European (cp1252)"),
    "iso8859-2": "ISO 8859-2",
    "iso8859-5": "ISO 8859-5",
    "utf-16": "UTF-16",
}


class ReceiveForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with answers"),
        help_text=gettext_lazy(
            "CSV, TSV or XLSX (the first row names the columns, each further row is one answer), an archive of LimeSurvey (.lsa) or a file of SPSS (.sav)."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the answers"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For a new set of answers; left empty, the name of the file stands in."),
    )
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Kept by"), queryset=Institution.objects.none(), empty_label=None
    )

    def __init__(
        self, *args: Any, homes: QuerySet[Institution], into: AnswerSet | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,.xlsx,.lsa,.sav,.zsav"
        if into is not None:
            del self.fields["title"], self.fields["institution"]
        else:
            cast("forms.ModelChoiceField[Institution]", self.fields["institution"]).queryset = homes


def _homes(request: SignedIn) -> QuerySet[Institution]:
    if request.user.is_staff:
        return Institution.objects.all()
    return Institution.objects.filter(pk__in=request.user.institutions_as(*rules.KEEPERS))


def _intakes_for(request: SignedIn) -> QuerySet[Intake]:
    return Intake.objects.filter(institution__in=_homes(request)).select_related(
        "institution", "file", "target", "target__version", "created_by"
    )


@login_required
def index(request: SignedIn) -> HttpResponse:
    """Files that came in, and what became of them."""
    page = Paginator(_intakes_for(request), 25).get_page(request.GET.get("page"))
    return render(request, "surveys/intakes.html", {"page": page, "may": _homes(request).exists()})


@login_required
def receive(request: SignedIn) -> HttpResponse:
    """Choose a file; ``?into=`` names the answers it belongs to, without it a new set is made."""
    into = None
    wanted = request.POST.get("into") or request.GET.get("into")
    if wanted:
        into = get_object_or_404(
            queries.answer_sets_for(request.user).filter(owner__in=_homes(request)),
            pk=key_in(wanted),
        )
    form = ReceiveForm(request.POST or None, request.FILES or None, homes=_homes(request), into=into)
    if request.method == "POST" and form.is_valid():
        upload = cast("File[bytes]", form.cleaned_data["file"])
        try:
            intake = operations.receive(
                upload,
                target=into,
                institution=into.owner if into else form.cleaned_data["institution"],
                title=form.cleaned_data.get("title") or (into.title if into else (upload.name or "")[:200]),
                by=request.user,
                at=timezone.now(),
            )
            return _read(request, intake)
        except Fault as fault:
            form.add_error("file", str(fault))
    return render(
        request,
        "surveys/receive.html",
        {"form": form, "into": into, "may": _homes(request).exists()},
        status=422 if form.is_bound else 200,
    )


def _read(request: SignedIn, intake: Intake) -> HttpResponse:
    """Read every row: here when it is quick, else in a job."""
    if operations.needs_job(intake):
        job = jobs.enqueue(
            "surveys.check_intake",
            by=request.user,
            at=timezone.now(),
            key=f"intake-{intake.pk}",
            intake_id=intake.pk,
        )
        return redirect("jobs:detail", job.public_id)
    operations.check(intake_id=intake.pk, by=request.user)
    return redirect("surveys:intake", intake.pk)


class PlanForm(forms.Form):
    """What each column of the file becomes."""

    def __init__(self, *args: Any, intake: Intake, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.intake = intake
        self.layout = layout
        self.known = {entry["code"]: ColumnKind(entry["kind"]) for entry in intake.plan.get("inferred") or []}
        plan = intake.plan
        for place, name in enumerate(layout.header):
            self.fields[f"use_{place}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=self._choices(name),
                initial=self._initial(name),
            )
        if intake.target is None:
            self.fields["weight"] = forms.ChoiceField(
                label=gettext_lazy("Column with counts"),
                required=False,
                choices=[("", gettext_lazy("Each row is one person"))]
                + [(code, code) for code, kind in self.known.items() if kind == ColumnKind.NUMBER],
                initial=plan.get("weight", ""),
                help_text=gettext_lazy("For tables in which a row stands for many people."),
            )
            self.fields["hides_small_groups"] = forms.BooleanField(
                label=gettext_lazy("Hide groups smaller than 5 people"),
                required=False,
                initial=plan.get("hides_small_groups", True),
            )
        else:
            asked = Institution.objects.filter(pk__in=intake.target.asked.values("institution"))
            self.fields["institution"] = forms.ModelChoiceField(
                label=gettext_lazy("Rows without an institution belong to"),
                queryset=asked,
                required=False,
                initial=plan.get("institution_id"),
                empty_label=gettext_lazy("no institution"),
            )
        self.fields["leave_out_duplicates"] = forms.BooleanField(
            label=gettext_lazy("Leave out rows that are exactly the same as an earlier row"),
            required=False,
            initial=plan.get("leave_out_duplicates", True),
        )

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        nothing: list[tuple[str, Any]] = [("", gettext_lazy("leave out"))]
        if self.intake.target is None:
            if self.layout.kind:
                return [*nothing, *self._described_choices(name)]
            kinds: tuple[ColumnKind, ...] = (ColumnKind.SINGLE, ColumnKind.NUMBER, ColumnKind.TEXT)
            code = self._code(name)
            return [
                *nothing,
                *((f"{kind.value}|{code}", kind.label) for kind in kinds),
                (f"|{INSTITUTION}", gettext_lazy("institution")),
            ]
        found = [
            *nothing,
            (f"|{INSTITUTION}", gettext_lazy("institution")),
            (f"|{LANGUAGE}", gettext_lazy("language")),
        ]
        for column in self.intake.target.columns:
            words = str(next(iter(column.label.values()), column.code))
            found.append((f"|{column.code}", f"{column.code}: {words[:60]}"))
            if column.kind == ColumnKind.MULTIPLE:
                found.extend(
                    (
                        f"|{column.code}:{option.code}",
                        f"{column.code}: {next(iter(option.label.values()), '')[:60]}",
                    )
                    for option in column.options
                )
        return found

    def _described_choices(self, name: str) -> list[tuple[str, Any]]:
        """As the file says; a column of numbers may be read as a choice, and the other way round."""
        use = self._use_at_first(name)
        fixed = [(f"|{INSTITUTION}", gettext_lazy("institution")), (f"|{LANGUAGE}", gettext_lazy("language"))]
        if use not in self.known:
            return [(f"|{use}", gettext_lazy("as the file says")), *fixed] if ":" in use else fixed
        first = self.known[use]
        kinds = [first, *(kind for kind in (ColumnKind.NUMBER, ColumnKind.TEXT) if kind != first)]
        return [*((f"{kind.value}|{use}", kind.label) for kind in kinds), *fixed]

    def _use_at_first(self, name: str) -> str:
        """What the file itself says of a column, whatever was chosen since."""
        for entry in self.intake.plan["inferred"]:
            if entry["code"] == name or name in {
                f"{entry['code']}:{part['code']}" for part in entry["options"]
            }:
                return name
            if (
                any(part["code"] == name for part in entry["options"])
                and entry["kind"] == ColumnKind.MULTIPLE
            ):
                return f"{entry['code']}:{name}"
        return ""

    def _code(self, name: str) -> str:
        inferred = self.intake.plan["inferred"]
        return str(inferred[self.layout.header.index(name)]["code"])

    def _initial(self, name: str) -> str:
        use = str(self.intake.plan.get("uses", {}).get(name, ""))
        if not use:
            return ""
        if self.intake.target is None and use in self.known:
            kind = self.intake.plan["kinds"].get(use) or self.known[use].value
            return f"{kind}|{use}"
        return f"|{use}"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        chosen: dict[str, str] = {}
        for place, name in enumerate(self.layout.header):
            use = str(found.get(f"use_{place}", "")).partition("|")[2]
            if use and use in chosen.values():
                other = next(key for key, value in chosen.items() if value == use)
                self.add_error(
                    f"use_{place}",
                    _("“%(other)s” is used for this already. Choose one of the two columns.")
                    % {"other": other},
                )
            elif use:
                chosen[name] = use
        return found

    def choices(self) -> operations.Choices:
        found = self.cleaned_data
        uses, kinds = {}, {}
        for place, name in enumerate(self.layout.header):
            kind, _sign, use = str(found[f"use_{place}"]).partition("|")
            if use:
                uses[name] = use
            if kind:
                kinds[use] = kind
        weight = str(found.get("weight", ""))
        institution = found.get("institution")
        return operations.Choices(
            uses=uses,
            kinds=kinds,
            weight=weight if weight in uses.values() else "",
            institution_id=institution.pk if institution else None,
            leave_out_duplicates=bool(found["leave_out_duplicates"]),
            hides_small_groups=bool(found.get("hides_small_groups", True)),
        )


@login_required
def detail(request: SignedIn, intake_id: int) -> HttpResponse:
    """What was found in the file, how its columns are used, and the button that imports."""
    intake = get_object_or_404(_intakes_for(request), pk=intake_id)
    layout = layout_from_json(intake.layout)
    if intake.state == IntakeState.DONE:
        return render(request, "surveys/intake_done.html", {"intake": intake, "report": intake.report})
    if not intake.plan:
        # Its first reading was broken off (a job that was cancelled): begin again.
        return (
            _read(request, intake)
            if request.method == "POST"
            else render(request, "surveys/intake_unread.html", {"intake": intake})
        )
    form = PlanForm(request.POST or None, intake=intake, layout=layout)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = operations.choose(
                intake_id=intake.pk, choices=form.choices(), by=request.user, at=timezone.now()
            )
            return _read(request, chosen)
        except Fault as fault:
            messages.error(request, str(fault))
        return redirect("surveys:intake", intake.pk)
    return render(
        request,
        "surveys/intake.html",
        {
            "intake": intake,
            "lede": intake.title if intake.title != intake.file_name else "",
            "layout": layout,
            "form": form,
            "uses": [form[f"use_{place}"] for place in range(len(layout.header))],
            "rest": [form[name] for name in form.fields if not name.startswith("use_")],
            "report": intake.report,
            "rows": _first_rows(intake, layout),
            "encodings": [(code, ENCODING_NAMES[code], code == layout.encoding) for code in ENCODINGS],
            "left": intake.report.get("fault_count", 0) - len(intake.report.get("faults", [])),
        },
        status=422 if form.is_bound else 200,
    )


def _first_rows(intake: Intake, layout: Layout) -> list[tuple[int, list[str]]]:
    with files.open_content(intake.file) as content:
        return list(islice(rows_of(cast("BinaryIO", content.file), layout), SHOWN_ROWS))


@login_required
@require_POST
def layout(request: SignedIn, intake_id: int) -> HttpResponse:
    """Read the file with another encoding or from another sheet."""
    intake = get_object_or_404(_intakes_for(request), pk=intake_id)
    try:
        changed = operations.read_differently(
            intake_id=intake.pk,
            encoding=request.POST.get("encoding", ""),
            sheet=request.POST.get("sheet", ""),
            by=request.user,
            at=timezone.now(),
        )
        return _read(request, changed)
    except Fault as fault:
        messages.error(request, str(fault))
    return redirect("surveys:intake", intake.pk)


@login_required
@require_POST
def write(request: SignedIn, intake_id: int) -> HttpResponse:
    """Import: small files at once in one transaction, large ones in a job."""
    intake = get_object_or_404(_intakes_for(request), pk=intake_id)
    at = timezone.now()
    try:
        if intake.report.get("usable", 0) > ROWS_AT_ONCE:
            operations.start_writing(intake_id=intake.pk, by=request.user, at=at)
            job = jobs.enqueue(
                "surveys.write_intake", by=request.user, at=at, key=f"intake-{intake.pk}", intake_id=intake.pk
            )
            return redirect("jobs:detail", job.public_id)
        with transaction.atomic():
            operations.start_writing(intake_id=intake.pk, by=request.user, at=at)
            answer_set = operations.write(intake_id=intake.pk, by=request.user, at=at)
    except Fault as fault:
        messages.error(request, str(fault))
        return redirect("surveys:intake", intake.pk)
    messages.success(request, _("The answers are imported."))
    return redirect("surveys:imported", answer_set.pk)


@login_required
def imported(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Lead to the results, which the situation analysis shows."""
    answer_set = get_object_or_404(queries.answer_sets_for(request.user), pk=answer_set_id)
    try:
        return redirect(reverse("situation:results", args=[answer_set.pk]))
    except NoReverseMatch:
        return redirect("surveys:intakes")
