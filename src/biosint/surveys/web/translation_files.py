"""Files for translators: take a questionnaire's texts away, look at what came back, then take it in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.files import api as files
from biosint.shared.languages import language_name, page_tag
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require
from biosint.surveys import operations, rules
from biosint.surveys.formats import translation_sheets, xliff
from biosint.surveys.formats.translation_rows import Outcome, Reviewed, review
from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import fingerprint, main_language, pairs_of
from biosint.surveys.web.desk import language_rows
from biosint.surveys.web.questionnaires import version_for

LARGEST = 5 * 1024 * 1024
SALT = "surveys.translations"
KEPT_SECONDS = 24 * 3600
SHOWN_ROWS = 1000
KINDS = {
    "xliff-2.0": ("application/xliff+xml", "xlf"),
    "xliff-1.2": ("application/xliff+xml", "xlf"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
OUTCOMES = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.REPLACES: gettext_lazy("replaces"),
    Outcome.SAME: gettext_lazy("the same"),
    Outcome.EMPTY: gettext_lazy("empty"),
    Outcome.UNKNOWN: gettext_lazy("unknown code"),
    Outcome.LANGUAGE: gettext_lazy("unknown language"),
    Outcome.TOO_LONG: gettext_lazy("too long"),
    Outcome.TWICE: gettext_lazy("twice in the file"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Translated file"),
        help_text=gettext_lazy(
            "XLIFF 1.2 or 2.0, or a workbook (XLSX). Nothing is written before you have seen it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlf,.xliff,.xlsx"


@login_required
def page(request: SignedIn, version_id: int) -> HttpResponse:
    """Offer the files, and read one that came back."""
    version = version_for(request, version_id)
    may = rules.may_change(request.user, version)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        require(may)
        try:
            found = _review(cast("File[bytes]", form.cleaned_data["file"]), version.content)
        except Fault as fault:
            form.add_error("file", str(fault))
        else:
            return _preview(request, version, found)
    return render(
        request,
        "surveys/translation_files.html",
        {
            "version": version,
            "form": form,
            "may": may,
            "languages": language_rows(),
            "main": main_language(version.content),
        },
        status=422 if form.is_bound else 200,
    )


def _review(upload: File[bytes], content: dict[str, Any]) -> list[Reviewed]:
    extension = files.check(upload, allowed={"xlf", "xliff", "xlsx"}, maximum=LARGEST)
    upload.seek(0)
    body = upload.read()
    rows = translation_sheets.read(body) if extension == "xlsx" else xliff.read(body)
    return review(rows, content)


def _preview(request: SignedIn, version: Any, found: list[Reviewed]) -> HttpResponse:
    usable = [entry for entry in found if entry.is_usable]
    sealed = signing.dumps(
        {
            "version": version.pk,
            "rows": [
                [
                    entry.row.language,
                    entry.row.source_language,
                    entry.row.address,
                    entry.row.text,
                    fingerprint(entry.present),
                    fingerprint(entry.row.source),
                ]
                for entry in usable
            ],
        },
        salt=SALT,
        compress=True,
    )
    places = {id(entry): place for place, entry in enumerate(usable)}
    telling = [entry for entry in found if entry.outcome not in {Outcome.SAME, Outcome.EMPTY}]
    counts = {outcome: sum(entry.outcome == outcome for entry in found) for outcome in Outcome}
    return render(
        request,
        "surveys/translation_preview.html",
        {
            "version": version,
            "sealed": sealed,
            "rows": [
                (
                    entry,
                    places.get(id(entry)),
                    OUTCOMES[entry.outcome],
                    _name(entry.row.language),
                    page_tag(entry.row.language),
                )
                for entry in telling[:SHOWN_ROWS]
            ],
            "left": max(0, len(telling) - SHOWN_ROWS),
            "usable": len(usable),
            "counts": [(OUTCOMES[outcome], number) for outcome, number in counts.items() if number],
            "total": len(found),
        },
    )


def _name(language: str) -> str:
    return language_name(language) if language in LANGUAGES else language


@login_required
@require_POST
def take(request: SignedIn, version_id: int) -> HttpResponse:
    """Write the rows that were chosen on the preview."""
    version = version_for(request, version_id)
    try:
        sealed = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        sealed = {}
    if sealed.get("version") != version.pk:
        messages.error(request, _("The file was read too long ago. Send it again."))
        return redirect("surveys:translation-files", version.pk)
    chosen = {int(place) for place in request.POST.getlist("row") if place.isdecimal()}
    by_languages: dict[tuple[str, str], dict[str, operations.Wish]] = {}
    for place, (language, source, address, text, seen_target, seen_source) in enumerate(sealed["rows"]):
        if place in chosen:
            wish = operations.Wish(text, seen_target, seen_source)
            by_languages.setdefault((language, source), {})[address] = wish
    written, conflicts = 0, 0
    try:
        for (language, source), wishes in by_languages.items():
            saved = operations.translate(
                version_id=version.pk,
                source=source if source in LANGUAGES else main_language(version.content),
                target=language,
                wishes=wishes,
                by=request.user,
                at=timezone.now(),
            )
            written += saved.written
            conflicts += len(saved.conflicts)
    except Fault as fault:
        messages.error(request, str(fault))
    messages.success(request, _("Texts taken in: %(written)s.") % {"written": written})
    if conflicts:
        messages.warning(
            request,
            _("Texts left as they are, because somebody wrote them meanwhile: %(left)s.")
            % {"left": conflicts},
        )
    return redirect("surveys:desk", version.pk)


@login_required
def download(request: SignedIn, version_id: int) -> HttpResponse:
    """Hand out the texts of two languages."""
    version = version_for(request, version_id)
    kind = request.GET.get("kind", "")
    source, target = request.GET.get("from", ""), request.GET.get("to", "")
    if kind not in KINDS or source not in LANGUAGES or target not in LANGUAGES or source == target:
        messages.error(request, _("Choose two different languages and a kind of file."))
        return redirect(reverse("surveys:translation-files", args=[version.pk]))
    if kind == "xlsx":
        body = translation_sheets.write(version.content, source=source, targets=[target])
    else:
        body = xliff.write(
            pairs_of(version.content, version.sources, source=source, target=target),
            kind="1.2" if kind == "xliff-1.2" else "2.0",
            name=str(version),
            source=source,
            target=target,
        )
    media_type, extension = KINDS[kind]
    name = f"questionnaire-{version.questionnaire_id}-{version.number}-{source}-{target}.{extension}"
    return HttpResponse(
        body,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
