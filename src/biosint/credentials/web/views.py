from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.credentials import documents, elm, operations, queries, rules, signing
from biosint.credentials.models import Credential
from biosint.credentials.web.forms import CheckForm, RevokeForm
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required, person_of


@login_required
def mine(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.of_person(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "credentials/mine.html", {"page": page})


def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The public page a QR code opens. The signature is checked anew on every visit."""
    credential = get_object_or_404(queries.by_public_id(), public_id=public_id)
    person = person_of(request)
    return render(
        request,
        "credentials/detail.html",
        {
            "credential": credential,
            "checked": queries.check(credential.document),
            "particulars": documents.particulars(credential),
            "is_holder": person is not None and person.pk == credential.holder_id,
            "may_revoke": rules.may_revoke(person, credential) if person else None,
            "revoke_form": RevokeForm(),
            "url": documents.public_url(credential),
        },
    )


@limited("credentials.check", times=60, per=timedelta(minutes=10))
def check(request: HttpRequest) -> HttpResponseBase:
    """Check a credential that somebody hands in. Nothing is kept."""
    handed_in = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if handed_in else CheckForm()
    checked = None
    if handed_in and form.is_valid():
        file = form.cleaned_data["file"]
        given = file.read() if file else form.cleaned_data["text"].encode()
        try:
            checked = queries.check(documents.document_in(given))
        except signing.NotGenuine:
            checked = queries.Checked(queries.Finding.BROKEN)
    return render(
        request,
        "credentials/check.html",
        {"form": form, "checked": checked},
        status=422 if form.is_bound and form.errors else 200,
    )


def status_list(request: HttpRequest, issuer: str, key_id: int) -> HttpResponse:
    key = get_object_or_404(queries.keys_of(issuer), pk=key_id)
    document = signing.status_list(
        issuer_did=key.did,
        url=documents.site(request.path),
        revoked=queries.revoked_indices(key),
        sealed=key.sealed,
        at=timezone.now(),
    )
    return _open_to_all(HttpResponse(document, content_type="application/vc"))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Wallets and checkers run on other sites; what they read here is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _public(public_id: UUID) -> Credential:
    return get_object_or_404(queries.by_public_id(), public_id=public_id)


def document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    credential = _public(public_id)
    return _open_to_all(HttpResponse(credential.document, content_type="application/json"))


def europass(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The credential in the European Learning Model, unsealed, for Europass."""
    credential = _public(public_id)
    try:
        written = elm.document(credential)
    except elm.NotExportable:
        messages.warning(
            request, _("Europass has no word for the country or the language of this credential yet.")
        )
        return redirect(credential)
    return HttpResponse(
        written,
        content_type="application/ld+json",
        headers={"Content-Disposition": f'attachment; filename="europass-{str(public_id)[:8]}.json"'},
    )


def badge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _open_to_all(HttpResponse(documents.badge(_public(public_id)), content_type="image/svg+xml"))


def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    credential = _public(public_id)
    return HttpResponse(
        documents.certificate(credential),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="certificate-{str(credential.public_id)[:8]}.pdf"'
        },
    )


@login_required
@require_POST
def revoke(request: SignedIn, public_id: UUID) -> HttpResponse:
    credential = _public(public_id)
    form = RevokeForm(request.POST)
    try:
        operations.revoke(
            credential_id=credential.pk,
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            by=request.user,
            at=timezone.now(),
        )
    except operations.ReasonMissing as missing:
        messages.error(request, str(missing))
    else:
        messages.success(request, _("The credential was taken back. Its public page says so from now on."))
    return redirect(credential)
