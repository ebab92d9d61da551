"""What the learner's institution does: decide on credits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import operations, queries, rules
from biosint.exchange.states import Decision
from biosint.exchange.web import trails
from biosint.exchange.web.forms import RecognitionForm
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import refused, require

PER_PAGE = 30


@login_required
def recognition(request: SignedIn) -> HttpResponse:
    if not request.user.holds(*rules.RECOGNISING_OFFICES):
        require(refused(_("Only an administrator or coordinator of an institution decides on credits.")))
    page = Paginator(queries.completions_at(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/recognition.html", {"page": page})


@login_required
def recognise(request: SignedIn, public_id: UUID) -> HttpResponse:
    completion = get_object_or_404(queries.completions_met_by(request.user), public_id=public_id)
    require(rules.may_view_completion(request.user, completion))
    verdict = rules.may_recognise(request.user, completion)
    made = getattr(completion, "recognition", None)
    form = RecognitionForm(request.POST or None, completion=completion)
    if request.method == "POST" and form.is_valid():
        operations.recognise(
            completion_id=completion.pk,
            decision=Decision(form.cleaned_data["decision"]),
            local_name=form.cleaned_data["local_name"],
            ects=form.cleaned_data["ects"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The decision is recorded; the learner sees it."))
        return redirect("exchange:recognition")
    return render(
        request,
        "exchange/recognise.html",
        {
            "completion": completion,
            # The learner reads the decision, and has no list of decisions to go back to.
            "trail": trails.in_recognition()
            if request.user.holds(*rules.RECOGNISING_OFFICES)
            else trails.in_own_courses(),
            "course": completion.application.course,
            "learner": completion.application.learner,
            "recognition": made,
            "form": form,
            "verdict": verdict,
        },
        status=422 if form.is_bound else 200,
    )
