"""Files in which answers, or their code book, leave for statistics programs and archives."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from biosint.jobs import api as jobs
from biosint.shared.languages import OWN_NAMES, page_tag
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.surveys import queries, rules
from biosint.surveys.models import AnswerSet
from biosint.surveys.operations.exporting import ANSWERS_AT_ONCE, Kind, made_file, may_export

MEDIA_TYPES = {Kind.SPSS: "application/x-spss-sav", Kind.CODEBOOK: "application/xml"}


def _set_for(request: SignedIn, answer_set_id: int) -> AnswerSet:
    return get_object_or_404(queries.answer_sets_for(request.user), pk=answer_set_id)


@login_required
def page(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """What can be taken, and who may."""
    answer_set = _set_for(request, answer_set_id)
    return render(
        request,
        "surveys/files_of_answers.html",
        {
            "answer_set": answer_set,
            "changes": answer_set.wording_changes.select_related("before", "after", "changed_by"),
            "may_take_out": rules.may_take_out(request.user, answer_set),
            "languages": [
                (code, page_tag(code), name, code == get_language()) for code, name in OWN_NAMES.items()
            ],
        },
    )


@login_required
def download(request: SignedIn, answer_set_id: int, kind: str) -> HttpResponse:
    """Hand out a file: small ones at once, large ones by a job."""
    answer_set = _set_for(request, answer_set_id)
    try:
        wanted = Kind(kind)
    except ValueError:
        raise Http404 from None
    require(may_export(request.user, answer_set, wanted))
    language = request.GET.get("language", "")
    language = language if language in OWN_NAMES else "en"
    at = timezone.now()
    if answer_set.submissions.count() > ANSWERS_AT_ONCE:
        job = jobs.enqueue(
            "surveys.export_answers",
            by=request.user,
            at=at,
            key=f"export-{answer_set.pk}-{wanted}-{language}-{request.user.pk}",
            answer_set_id=answer_set.pk,
            kind=wanted.value,
            language=language,
        )
        return redirect("jobs:detail", job.public_id)
    name, body = made_file(
        answer_set_id=answer_set.pk, kind=wanted, language=language, by=request.user, at=at
    )
    return HttpResponse(
        body,
        content_type=MEDIA_TYPES[wanted],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
