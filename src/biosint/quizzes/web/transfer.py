"""Questions from and for other tools: look first, then import; take away with a list of what stays behind."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biosint.quizzes import rules
from biosint.quizzes.formats import gift_out, moodle_out, qti_out
from biosint.quizzes.formats.found import Found, Written
from biosint.quizzes.models import Bank, QuestionFile
from biosint.quizzes.operations import importing
from biosint.quizzes.queries import bank as queries
from biosint.quizzes.web.questions import kept_bank, sample
from biosint.shared.languages import OWN_NAMES
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

WRITERS = {"moodle": moodle_out.write, "gift": gift_out.write, "qti": qti_out.write}
SHOWN = 300


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with questions"),
        help_text=gettext_lazy(
            "Moodle XML, GIFT (a text file in UTF-8) or QTI 3 (an item or a zip package), up to 10 MB. "
            "Nothing is written before you have seen it."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("The questions are written in"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xml,.zip,.txt,.gift"
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = list(OWN_NAMES.items())
        language.initial = translation.get_language()


def _trail(bank: Bank) -> list[tuple[str, str]]:
    return [
        (_("Questions"), reverse("quizzes:banks")),
        (bank.title, reverse("quizzes:bank", args=[bank.pk])),
    ]


@login_required
def receive(request: SignedIn, bank_id: int) -> HttpResponse:
    bank = kept_bank(request, bank_id)
    require(rules.may_keep(request.user, bank))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = importing.receive(
                bank_id=bank.pk,
                upload=form.cleaned_data["file"],
                language=form.cleaned_data["language"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("quizzes:look", bank.pk, sent.public_id)
    return render(
        request,
        "quizzes/import.html",
        {"bank": bank, "form": form, "trail": _trail(bank)},
        status=422 if form.is_bound else 200,
    )


@login_required
def look(request: SignedIn, bank_id: int, file_id: UUID) -> HttpResponse:
    """Show what a file holds, question by question, and import what is chosen."""
    bank = kept_bank(request, bank_id)
    require(rules.may_keep(request.user, bank))
    sent = get_object_or_404(
        QuestionFile.objects.select_related("file"), public_id=file_id, bank=bank, sent_by=request.user
    )
    if request.method == "POST":
        chosen = {
            int(word) for word in request.POST.getlist("question") if word.isdecimal() and len(word) < 6
        }
        try:
            made = importing.import_questions(
                file_id=sent.pk,
                chosen=chosen,
                folder=request.POST.get("folder", ""),
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            messages.error(request, str(fault))
        else:
            messages.success(
                request,
                ngettext(
                    "%(count)s question is in the collection.",
                    "%(count)s questions are in the collection.",
                    len(made),
                )
                % {"count": len(made)},
            )
        return redirect("quizzes:bank", bank.pk)
    found = importing.found_in(sent)
    usable = sum(one.content is not None for one in found)
    return render(
        request,
        "quizzes/look.html",
        {
            "bank": bank,
            "sent": sent,
            "rows": [
                (place, one, sample(one.content) if one.content is not None else None)
                for place, one in enumerate(found)
            ][:SHOWN],
            "rest": range(SHOWN, len(found)),
            "usable": usable,
            "left_out": len(found) - usable,
            "noted": sum(bool(one.notes) and one.content is not None for one in found),
            "trail": _trail(bank),
        },
    )


@login_required
def export(request: SignedIn, bank_id: int, form: str) -> HttpResponse:
    """Give all questions of a bank as one zip: the file itself, and a list of what it does not carry."""
    bank = kept_bank(request, bank_id)
    if form not in WRITERS:
        raise Http404
    language = request.GET.get("lang", "")
    found = [
        Found(
            question.title,
            question.newest.asked,
            folder=question.folder,
            tags=tuple(tag.word for tag in question.tags.all()),
        )
        for question in queries.questions_in(bank).select_related("newest").order_by("folder", "pk")
        if question.newest is not None
    ]
    written = WRITERS[form](
        found, language=language if language in OWN_NAMES else translation.get_language() or "en"
    )
    name = slugify(bank.title) or "questions"
    return HttpResponse(
        _bundle(written),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}-{form}.zip"'},
    )


def _bundle(written: Written) -> bytes:
    lines = [_("What this file does not carry:"), ""]
    for name, sentences in written.left_behind.items():
        lines += [f"{name}:", *(f"  - {sentence}" for sentence in sentences), ""]
    if not written.left_behind:
        lines = [_("The file carries everything.")]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(written.name, written.content)
        bundle.writestr("left-behind.txt", "\n".join(lines))
    return packed.getvalue()
