from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.outreach import operations, queries, rules
from biosint.outreach.web.forms import AnswerForm, EnquiryForm
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Refused


@limited("outreach.enquire", times=5, per=timedelta(hours=1))
def enquire(request: HttpRequest) -> HttpResponse:
    """“Use our results”: one form, no account."""
    form = EnquiryForm(request.POST or None)
    if form.is_valid():
        # A machine is thanked too: it learns nothing from it.
        if not form.by_machine:
            operations.enquire(
                name=form.cleaned_data["name"],
                organisation=form.cleaned_data["organisation"],
                email=form.cleaned_data["email"],
                purpose=form.cleaned_data["purpose"],
                at=timezone.now(),
            )
        return redirect("outreach:thanks")
    return render(request, "outreach/enquire.html", {"form": form}, status=422 if form.is_bound else 200)


def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "outreach/thanks.html", {})


@login_required
def index(request: SignedIn) -> HttpResponse:
    verdict = rules.may_read_enquiries(request.user)
    if not verdict:
        raise Refused(verdict)
    page = Paginator(queries.enquiries(), 20).get_page(request.GET.get("page"))
    return render(request, "outreach/enquiries.html", {"page": page})


@login_required
def answer(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Note what came of an enquiry; the answer itself went by mail."""
    if not (verdict := rules.may_read_enquiries(request.user)):
        raise Refused(verdict)
    enquiry = get_object_or_404(queries.enquiries(), public_id=public_id)
    if not (verdict := rules.may_answer(request.user, enquiry)):
        raise Refused(verdict)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.note_answer(enquiry_id=enquiry.pk, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The enquiry is marked as answered."))
        return redirect("outreach:enquiries")
    return render(
        request,
        "outreach/answer.html",
        {"enquiry": enquiry, "form": form},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def forget(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Erase who asked; the operation's own rule refuses who may not."""
    enquiry = get_object_or_404(queries.enquiries(), public_id=public_id)
    operations.forget_enquirer(enquiry_id=enquiry.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Name and address are erased."))
    return redirect("outreach:enquiries")
