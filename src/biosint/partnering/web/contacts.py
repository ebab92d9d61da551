"""Conversations: the first message, answers, blocking, reporting, beginning a course together."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.partnering.models import Contact
from biosint.partnering.operations import contacts as operations
from biosint.partnering.queries import contacts as queries
from biosint.partnering.rules import offers as rules
from biosint.partnering.web.forms import FirstMessageForm, MessageForm, ReportForm
from biosint.partnering.web.offers import offer_of, page_of_offer, trail
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault

SHOWN = 200


def contact_or_404(request: SignedIn, public_id: UUID) -> Contact:
    """Return a conversation to its two people; everybody else gets 404."""
    return get_object_or_404(queries.contacts_of(request.user), public_id=public_id)


@limited("partnering.ask", times=30, per=timedelta(minutes=10))
def ask(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    return _ask(request, public_id)


@login_required
@require_POST
def _ask(request: SignedIn, public_id: UUID) -> HttpResponse:
    offer = offer_of(request, public_id)
    form = FirstMessageForm(request.POST, person=request.user)
    if form.is_valid():
        try:
            contact = operations.ask(
                offer_id=offer.pk,
                institution=form.cleaned_data["institution"],
                text=form.cleaned_data["text"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Your message is sent. The answer comes here, and as a notice."))
            return redirect(contact)
    return page_of_offer(request, offer, form=form)


@login_required
def contact(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = contact_or_404(request, public_id)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        try:
            operations.write(
                contact_id=found.pk,
                text=form.cleaned_data["text"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Your message is sent."))
            return redirect(found)
    is_asker = request.user.pk == found.asker_id
    teaching = (
        found.course.teachings.filter(person=request.user).first() if found.course is not None else None
    )
    return render(
        request,
        "partnering/contact.html",
        {
            "contact": found,
            "offer": found.offer,
            "other": found.offer.teacher if is_asker else found.asker,
            "other_institution": found.offer.institution if is_asker else found.institution,
            # The newest, in the order in which they were written.
            "letters": list(queries.messages_of(found).reverse()[:SHOWN])[::-1],
            "form": form,
            "report_form": ReportForm(),
            "may_write": rules.may_write(request.user, found),
            "may_begin": rules.may_begin(request.user, found),
            "waits_for_me": teaching is not None and teaching.accepted_at is None,
            "trail": trail(),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def begin(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = contact_or_404(request, public_id)
    try:
        course = operations.begin_course(contact_id=found.pk, by=request.user, at=timezone.now())
    except Fault as fault:
        messages.error(request, str(fault))
        return redirect(found)
    messages.success(
        request, _("The course is begun and filled from the offer. The other teacher is asked to say yes.")
    )
    return redirect("exchange:desk", course.slug)


@login_required
@require_POST
def accept(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = contact_or_404(request, public_id)
    operations.accept_course(contact_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("You teach this course together. Plan it now."))
    return redirect(found)


@login_required
@require_POST
def block(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = contact_or_404(request, public_id)
    operations.block(contact_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("No messages go between the two of you any more."))
    return redirect("partnering:mine")


@login_required
@require_POST
def unblock(request: SignedIn) -> HttpResponse:
    operations.unblock(block_id=key_in(request.POST.get("block", "")), by=request.user, at=timezone.now())
    return redirect("partnering:mine")


@limited("partnering.report", times=10, per=timedelta(minutes=10))
def report(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    return _report(request, public_id)


@login_required
@require_POST
def _report(request: SignedIn, public_id: UUID) -> HttpResponse:
    """About an offer, or about a conversation when the form names one."""
    form = ReportForm(request.POST)
    offer, named = offer_of(request, public_id), key_in(request.POST.get("contact", ""))
    about = get_object_or_404(queries.contacts_of(request.user), pk=named) if named else None
    if form.is_valid():
        operations.report(
            offer_id=offer.pk,
            contact_id=about.pk if about is not None else None,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The administrators of this site are told. Thank you."))
    else:
        messages.error(request, _("Write what is wrong, so that somebody can look at it."))
    return redirect(about or offer)
