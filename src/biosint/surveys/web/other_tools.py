"""Questionnaires that come from other tools, and the files that carry ours to them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files import File
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault
from biosint.surveys import operations, rules
from biosint.surveys.codebooks import study_of
from biosint.surveys.definitions import parse
from biosint.surveys.formats import ddi
from biosint.surveys.formats.limesurvey import read_survey, write_survey
from biosint.surveys.models import Version
from biosint.surveys.web.drawing import draw_questions
from biosint.surveys.web.questionnaires import version_for

LARGEST = 10 * 1024 * 1024
SALT = "surveys.other_tools"
KEPT_SECONDS = 24 * 3600
# LimeSurvey numbers surveys with six digits, and gives a new number when this one is taken.
FIRST_NUMBER, NUMBERS = 100_000, 900_000


def _homes(request: SignedIn) -> QuerySet[Institution]:
    if request.user.is_staff:
        return Institution.objects.all()
    return Institution.objects.filter(pk__in=request.user.institutions_as(*rules.KEEPERS))


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Questionnaire of LimeSurvey (.lss)"),
        help_text=gettext_lazy("In LimeSurvey: Display/Export, then “Survey structure (.lss)”."),
    )
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Kept by"), queryset=Institution.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, homes: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".lss"
        cast("forms.ModelChoiceField[Institution]", self.fields["institution"]).queryset = homes


@login_required
def bring(request: SignedIn) -> HttpResponse:
    """Read a questionnaire of LimeSurvey and show what it becomes. Nothing is kept yet."""
    form = BringForm(request.POST or None, request.FILES or None, homes=_homes(request))
    if request.method == "POST" and form.is_valid():
        upload = cast("File[bytes]", form.cleaned_data["file"])
        try:
            files.check(upload, allowed={"lss"}, maximum=LARGEST)
            upload.seek(0)
            carried = read_survey(upload.read())
        except Fault as fault:
            form.add_error("file", str(fault))
        else:
            definition = parse(carried.content)
            institution = form.cleaned_data["institution"]
            sealed = {"content": carried.content, "institution": institution.pk}
            return render(
                request,
                "surveys/brought.html",
                {
                    "definition": definition,
                    "notes": carried.notes,
                    "institution": institution,
                    "questions": draw_questions(definition),
                    "sealed": signing.dumps(sealed, salt=SALT, compress=True),
                },
            )
    return render(
        request,
        "surveys/bring.html",
        {"form": form, "may": _homes(request).exists()},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def take_in(request: SignedIn) -> HttpResponse:
    """Keep the questionnaire that was shown, as a draft."""
    try:
        sealed = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("The file was read too long ago. Send it again."))
        return redirect("surveys:bring")
    questionnaire = operations.bring_in(
        content=sealed["content"],
        institution=get_object_or_404(_homes(request), pk=key_in(str(sealed["institution"]))),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("It is yours now, as a draft. Change what you need, then publish it."))
    return redirect("surveys:detail", questionnaire.pk)


def number_of(version: Version) -> int:
    return FIRST_NUMBER + version.pk % NUMBERS


@login_required
def take_out(request: SignedIn, version_id: int) -> HttpResponse:
    """Show what each kind of file carries and what not, before anything is downloaded."""
    version = version_for(request, version_id)
    _body, notes = write_survey(version.content, sid=number_of(version))
    return render(request, "surveys/other_tools.html", {"version": version, "notes": notes})


@login_required
def as_codebook(request: SignedIn, version_id: int) -> HttpResponse:
    """Hand out the code book of a version: what is asked, in every language."""
    version = version_for(request, version_id)
    written_at = version.published_at or version.questionnaire.created_at
    study = study_of(
        version.definition,
        number=f"questionnaire-{version.questionnaire_id}-{version.number}",
        owner=str(version.questionnaire.institution),
        written_date=written_at.date(),
        instruments=version.content.get("instruments") or (),
    )
    return HttpResponse(
        ddi.write(study),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{study.number}.xml"'},
    )


@login_required
def as_limesurvey(request: SignedIn, version_id: int) -> HttpResponse:
    version = version_for(request, version_id)
    number = number_of(version)
    body, _notes = write_survey(version.content, sid=number)
    return HttpResponse(
        body,
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="limesurvey_survey_{number}.lss"'},
    )
