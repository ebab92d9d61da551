"""What the learner's institution does: decide on credits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biosint.recognition.operations import decisions as operations
from biosint.recognition.queries import brought as brought_queries
from biosint.recognition.queries import decisions as queries
from biosint.recognition.rules import decisions as rules
from biosint.recognition.states import RequestState
from biosint.recognition.web import trails
from biosint.recognition.web.forms import DecideAnewForm, RecognitionForm
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, refused, require

PER_PAGE = 30


@login_required
def decisions(request: SignedIn) -> HttpResponse:
    if not request.user.holds(*rules.RECOGNISING_OFFICES):
        require(refused(_("Only an administrator or coordinator of an institution decides on credits.")))
    found = queries.completions_at(request.user)
    shown = request.GET.get("show", "")
    if shown == "open":
        found = found.filter(recognition=None)
    elif shown in {"recognised", "declined"}:
        found = found.filter(recognition__decision=shown)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    agreed = queries.with_agreements(page.object_list)
    return render(
        request,
        "recognition/decisions.html",
        {
            "page": page,
            "rows": [
                (completion, queries.proposal(completion, agreed.get(completion.application_id)))
                for completion in page.object_list
            ],
            "shown": shown,
            "views": [
                (_("All"), "?", not shown),
                (_("To decide"), "?show=open", shown == "open"),
                (_("Recognised"), "?show=recognised", shown == "recognised"),
                (_("Not recognised"), "?show=declined", shown == "declined"),
            ],
            "rates": queries.rates(request.user.institutions_as(*rules.RECOGNISING_OFFICES)),
            "brought": brought_queries.brought_to(request.user).filter(state=RequestState.ASKED)[:PER_PAGE],
        },
    )


@login_required
@require_POST
def as_agreed(request: SignedIn) -> HttpResponse:
    """Recognise what was agreed for each of the chosen completions, each a decision of its own."""
    chosen = [key_in(word) for word in request.POST.getlist("chosen")[:PER_PAGE]]
    # Only what the list shows the person can be chosen in it.
    mine = set(queries.completions_at(request.user).filter(pk__in=chosen).values_list("pk", flat=True))
    done = operations.recognise_as_agreed(
        completion_ids=[key for key in chosen if key in mine], by=request.user, at=timezone.now()
    )
    if not chosen:
        messages.warning(request, _("Choose the learners whose credits you want to recognise."))
    if done.count:
        messages.success(
            request,
            ngettext(
                "The credits of %(count)s learner are recognised as agreed.",
                "The credits of %(count)s learners are recognised as agreed.",
                done.count,
            )
            % {"count": done.count},
        )
    for learner, why in done.left:
        messages.error(request, f"{learner}: {why}")
    return redirect("recognition:decisions")


@login_required
def recognise(request: SignedIn, public_id: UUID) -> HttpResponse:
    completion = get_object_or_404(queries.completions_met_by(request.user), public_id=public_id)
    require(rules.may_view_completion(request.user, completion))
    made = queries.decisions_of(completion)
    agreed = queries.agreed_version(completion.application)
    proposal = queries.proposal(completion, agreed)
    may_decide = rules.may_recognise(request.user, completion)
    may_reopen = rules.may_decide_anew(request.user, completion)
    form: RecognitionForm
    if made is not None:
        form = DecideAnewForm(
            request.POST or None,
            completion=completion,
            proposal=proposal,
            instance=made,
            initial={"seen_version": made.version},
        )
    else:
        form = RecognitionForm(request.POST or None, completion=completion, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        ruling = form.ruling
        try:
            if isinstance(form, DecideAnewForm):
                operations.decide_anew(
                    completion_id=completion.pk,
                    seen_version=form.cleaned_data["seen_version"],
                    ruling=ruling,
                    why=form.cleaned_data["why"],
                    by=request.user,
                    at=timezone.now(),
                )
            else:
                operations.recognise(
                    completion_id=completion.pk,
                    decision=ruling.decision,
                    by=request.user,
                    at=timezone.now(),
                    ects=ruling.ects,
                    local_name=ruling.local_name,
                    local_code=ruling.local_code,
                    local_grade=ruling.local_grade,
                    reason=ruling.reason,
                )
        except Fault as fault:
            messages.error(request, str(fault))
            return redirect("recognition:recognise", public_id)
        messages.success(request, _("The decision is recorded; the learner sees it."))
        return redirect("recognition:decisions")
    return render(
        request,
        "recognition/recognise.html",
        {
            "completion": completion,
            # The learner reads the decision, and has no list of decisions to go back to.
            "trail": trails.in_recognition()
            if request.user.holds(*rules.RECOGNISING_OFFICES)
            else trails.in_records(),
            "course": completion.application.course,
            "learner": completion.application.learner,
            # A form that was filled in wrongly has written into its copy of the record.
            "recognition": queries.decisions_of(completion) if form.is_bound else made,
            "agreed": agreed,
            "agreement": queries.agreement_of(completion.application),
            "proposal": proposal,
            "form": form,
            "verdict": may_decide,
            "may_reopen": may_reopen,
        },
        status=422 if form.is_bound else 200,
    )
