"""The learner's own records: agreements, transcript, recognition; and the page that checks a transcript."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.recognition import documents, elmo, records
from biosint.recognition.operations import transcripts as operations
from biosint.recognition.queries import agreements, brought
from biosint.recognition.queries import transcripts as queries
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required


@login_required
def mine(request: SignedIn) -> HttpResponse:
    person = request.user
    unsigned = set(agreements.unsigned_by_learner(person).values_list("pk", flat=True))
    own = agreements.agreements_for(person).filter(application__learner=person)
    return render(
        request,
        "recognition/mine.html",
        {
            "agreements": [
                (agreement, agreement.pk in unsigned, agreements.latest_of(agreement).content)
                for agreement in own
            ],
            "completions": list(queries.completions_of(person)),
            "transcript": queries.transcripts_of(person).first(),
            "without": agreements.own_without_agreement(person),
            "brought": list(brought.brought_by(person)[:50]),
        },
    )


@login_required
@require_POST
def take(request: SignedIn) -> HttpResponse:
    try:
        made = operations.take_transcript(language=get_language() or "en", by=request.user, at=timezone.now())
    except operations.NothingCompleted as nothing:
        messages.warning(request, str(nothing))
        return redirect("recognition:mine")
    messages.success(
        request, _("Your transcript is ready: take it as PDF, or as ELMO for another institution.")
    )
    return redirect(f"{redirect('recognition:mine').url}#transcript-{made.public_id.hex[:8]}")


@login_required
def transcript_pdf(request: SignedIn, public_id: UUID) -> HttpResponse:
    made = get_object_or_404(queries.transcripts_of(request.user), public_id=public_id)
    return HttpResponse(
        documents.transcript(made),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="transcript-{str(public_id)[:8]}.pdf"'},
    )


@login_required
def transcript_elmo(request: SignedIn, public_id: UUID) -> HttpResponse:
    made = get_object_or_404(queries.transcripts_of(request.user), public_id=public_id)
    return HttpResponse(
        elmo.document(made, pdf=documents.transcript(made)),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="transcript-{str(public_id)[:8]}.elmo.xml"'},
    )


@limited("recognition.check", times=120, per=timedelta(minutes=10))
def check(request: HttpRequest, public_id: UUID, fingerprint: str) -> HttpResponseBase:
    """The page a transcript's code opens. Without the checksum of the paper, nobody learns whose it is."""
    made = queries.checked(public_id, fingerprint)
    return render(
        request,
        "recognition/check.html",
        {
            "transcript": made,
            "content": made.content if made else None,
            "total": records.total_ects(made.content) if made else "",
        },
        status=200 if made else 404,
    )
