"""One learning agreement: read, sign, refuse, change."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange.api import Application
from biosint.recognition import content, documents, records, texts
from biosint.recognition import ola as ewp
from biosint.recognition.models import LearningAgreement
from biosint.recognition.operations import agreements as operations
from biosint.recognition.operations import signatures
from biosint.recognition.queries import agreements as queries
from biosint.recognition.queries import transcripts
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import AgreementState, Party
from biosint.recognition.web import trails
from biosint.recognition.web.forms import ChangeForm, RefuseForm, SignForm
from biosint.recognition.web.wording import changes_in_words
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, refused, require


def _of(request: SignedIn, public_id: UUID) -> LearningAgreement:
    # Looking up among the viewable ones answers 404, not 403, to strangers.
    return get_object_or_404(queries.agreements_for(request.user), public_id=public_id)


@login_required
def agreement(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    versions = queries.versions_of(found)
    latest, earlier = versions[0], versions[1:]
    parties = rules.parties_of(request.user, found)
    now = queries.content_now(found.application, unit=content.counts_for(latest.content))
    return render(
        request,
        "recognition/agreement.html",
        {
            "agreement": found,
            "course": found.application.course,
            "version": latest,
            "content": latest.content,
            "facts": documents.agreement_facts(latest.content),
            "signatures": documents.signature_rows(list(latest.signatures.all())),
            "promises": [(party.label, latest.content["promises"][party.value]) for party in Party],
            "history": [
                (version, changes_in_words(texts.changes(before.content, version.content)))
                for version, before in zip(versions, earlier, strict=False)
            ],
            "actions": [
                (
                    party,
                    rules.may_sign(request.user, found, latest, party),
                    {"party": party, "seen": latest.fingerprint},
                )
                for party in parties
            ],
            "refuse_form": RefuseForm(),
            "may_change": rules.may_change(request.user, found),
            "is_behind": found.state != AgreementState.ENDED
            and texts.fingerprint(texts.written(now)) != latest.fingerprint,
            "behind": changes_in_words(texts.changes(latest.content, now)),
            "may_renew": rules.may_renew(request.user, found),
            "is_genuine": [texts.is_sealed(one.seal, *one.facts) for one in latest.signatures.all()],
            "trail": trails.in_records() if parties == (Party.LEARNER,) else trails.in_agreements(),
        },
    )


@login_required
@require_POST
def sign(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    form = SignForm(request.POST)
    if not form.is_valid() or form.cleaned_data["party"] not in Party.values:
        return redirect(found)
    try:
        signatures.sign(
            agreement_id=found.pk,
            party=Party(form.cleaned_data["party"]),
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except operations.Outdated as outdated:
        messages.warning(request, str(outdated))
    else:
        messages.success(request, _("Your signature is recorded."))
    return redirect(found)


@login_required
@require_POST
def refuse(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    form = RefuseForm(request.POST)
    form.fields["reason"].required = False
    if not form.is_valid() or form.cleaned_data["party"] not in Party.values:
        return redirect(found)
    try:
        signatures.refuse(
            agreement_id=found.pk,
            party=Party(form.cleaned_data["party"]),
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Your answer is recorded. The agreement can now be changed."))
    return redirect(found)


@login_required
def change(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    require(rules.may_change(request.user, found))
    latest = queries.latest_of(found)
    form = ChangeForm(
        request.POST or None,
        institution=found.home,
        known=content.counts_for(latest.content),
        initial={
            "seen": latest.fingerprint,
            "ects": content.counts_for(latest.content).ects or found.application.course.ects,
        },
    )
    if form.is_valid():
        try:
            operations.change(
                agreement_id=found.pk,
                seen=form.cleaned_data["seen"],
                unit=form.counts_for,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.Outdated as outdated:
            messages.warning(request, str(outdated))
        else:
            messages.success(request, _("The new version waits for three signatures."))
        return redirect(found)
    return render(
        request,
        "recognition/change.html",
        {
            "agreement": found,
            "form": form,
            "trail": [*trails.in_agreements(), (str(found.application.learner), found.get_absolute_url())],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def renew(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    try:
        operations.take_up_course(
            agreement_id=found.pk, seen=request.POST.get("seen", "")[:64], by=request.user, at=timezone.now()
        )
    except operations.Outdated as outdated:
        messages.warning(request, str(outdated))
    else:
        messages.success(request, _("The agreement says what the course says now. All three sign again."))
    return redirect(found)


@login_required
@require_POST
def make(request: SignedIn, application_id: UUID) -> HttpResponse:
    """A learner asks for the agreement of their own place."""
    application = get_object_or_404(
        Application.objects.filter(learner=request.user, state="admitted"), public_id=application_id
    )
    return redirect(operations.make(application_id=application.pk, by=request.user, at=timezone.now()))


@login_required
def pdf(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = _of(request, public_id)
    version = queries.versions_of(found)[0]
    done = transcripts.completions_of(found.application.learner).filter(application=found.application)
    told = records.of_learner(found.application.learner, done)["records"]
    result = documents.result_parts(told[0], version.content["language"]) if told else []
    return HttpResponse(
        documents.agreement(found, version, result=result),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="learning-agreement-{str(public_id)[:8]}.pdf"'},
    )


@login_required
def ola(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The agreement as the network “Erasmus Without Paper” exchanges it."""
    found = _of(request, public_id)
    # It carries the addresses of whoever signed: it is for the two institutions.
    if not {Party.HOME, Party.HOST} & set(rules.parties_of(request.user, found)):
        require(refused(_("This file is for the two institutions that signed.")))
    try:
        document = ewp.document(found, queries.signed_versions(found))
    except ewp.NotExportable:
        messages.warning(
            request,
            _("The file can be made when all three have signed and the course states its level (EQF)."),
        )
        return redirect(found)
    return HttpResponse(
        document,
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="learning-agreement-{str(public_id)[:8]}.xml"'
        },
    )
