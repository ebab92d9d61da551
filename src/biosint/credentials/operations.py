from __future__ import annotations

import uuid
from calendar import monthrange
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.credentials import signing
from biosint.credentials.models import Credential, IssuerKey
from biosint.credentials.rules import may_revoke
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.shared.blocks import plain_text
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class AlreadyIssued(Fault):
    """The holder has this credential, and it stands."""


class ReasonMissing(Fault):
    """A credential is not taken back without saying why."""


def key_of(institution: Institution, *, at: datetime) -> IssuerKey:
    """Return the key an institution signs with now; the first call makes it. Needs a transaction."""
    # Two first credentials at once must not make two keys: whoever locks the institution first makes it.
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    known = IssuerKey.objects.filter(institution=institution, retired_at=None).first()
    if known:
        return known
    did, sealed = signing.new_key()
    return IssuerKey.objects.create(institution=institution, did=did, sealed=sealed, created_at=at)


@transaction.atomic
def issue(
    *,
    kind: str,
    title: str,
    holder: Person,
    issuer: Institution,
    description: str,
    criteria: str,
    achieved_at: datetime,
    subject: models.Model,
    by: Person | None,
    at: datetime,
    ects: Decimal | None = None,
    level: str = "",
    workload_hours: int | None = None,
    valid_months: int | None = None,
    details: dict[str, Any] | None = None,
) -> Credential:
    """Issue a signed credential. The calling operation has judged that it is deserved.

    Args:
        kind: what was achieved, e.g. ``course_completion``.
        description: may be Markdown; it is signed and shown as plain text.
        subject: the record of the achievement; one standing credential per holder, kind and subject.
        details: shown on certificate and public page: ``outcomes`` (list of texts), ``assessment``,
            ``quality_assurance``, ``participation``, ``partners`` (list of texts), ``grade``, ``language``,
            ``prerequisites``, ``stackability``, ``eqf_level`` (1 to 8), ``start`` and ``end`` (ISO days).
        valid_months: after how many months it expires; never, if left out.

    Raises:
        AlreadyIssued: the holder has it.
    """
    key = key_of(issuer, at=at)
    public_id = uuid.uuid4()
    told = details or {}
    description = plain_text(description)
    try:
        with transaction.atomic():
            credential = Credential.objects.create(
                public_id=public_id,
                kind=kind,
                title=title,
                holder=holder,
                holder_name=str(holder),
                issuer=issuer,
                key=key,
                description=description,
                criteria=criteria,
                achieved_at=achieved_at,
                ects=ects,
                level=level,
                workload_hours=workload_hours,
                details=told,
                subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented Model._meta
                subject_id=str(subject.pk),
                document="",
                issued_at=at,
                issued_by=by,
                expires_at=_months_later(at, valid_months) if valid_months else None,
            )
    except IntegrityError as fault:
        raise AlreadyIssued(
            _("%(holder)s already has “%(title)s”.") % {"holder": holder, "title": title}
        ) from fault
    site = settings.SITE_URL
    credential.document = signing.sign(
        signing.Claims(
            credential_url=site + credential.get_absolute_url(),
            achievement_url=f"{site}{credential.get_absolute_url()}#achievement",
            status_url=site + reverse("credentials:status_list", args=[issuer.slug, key.pk]),
            status_index=credential.pk,
            title=title,
            holder_name=str(holder),
            holder_email=holder.email,
            issuer_did=key.did,
            issuer_name=issuer.name,
            issuer_url=f"{site}/institutions/{issuer.slug}/",
            description=description,
            criteria=criteria,
            issued_at=at,
            expires_at=credential.expires_at,
            eqf_level=told.get("eqf_level"),
            grade=told.get("grade", ""),
            outcomes=tuple(told.get("outcomes", ())),
            ects=ects,
            evidence=_evidence_text(told, level=level, workload_hours=workload_hours),
        ),
        key.sealed,
    )
    credential.save(update_fields=["document"])
    audit.record("credentials.credential.issued", credential, by=by, at=at)
    evidence.record(
        kind="credentials.issued",
        subject=credential,
        institution=issuer,
        occurred_at=at,
        proof=credential.get_absolute_url(),
        by=by,
        title=title,
    )
    return credential


def _months_later(at: datetime, months: int) -> datetime:
    """Return the same day and hour some months later; the last day of a shorter month.

    >>> _months_later(datetime(2026, 1, 31), 1)
    datetime.datetime(2026, 2, 28, 0, 0)
    """
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def _evidence_text(details: dict[str, Any], *, level: str, workload_hours: int | None) -> str:
    """Say in one English passage what the EU recommendation on micro-credentials asks for."""
    parts = []
    if details.get("outcomes"):
        parts.append("Learning outcomes: " + "; ".join(details["outcomes"]) + ".")
    if workload_hours:
        parts.append(f"Workload: {workload_hours} hours.")
    if level:
        parts.append(f"Level: {level}.")
    for name, label in (
        ("assessment", "Assessment"),
        ("grade", "Grade"),
        ("participation", "Form of participation"),
        ("quality_assurance", "Quality assurance"),
        ("prerequisites", "Prerequisites"),
        ("stackability", "Adds up with"),
    ):
        if details.get(name):
            parts.append(f"{label}: {str(details[name]).rstrip('.')}.")
    return " ".join(parts) or "See the record of the issuing institution."


@transaction.atomic
def revoke(*, credential_id: int, reason: str, by: Person, at: datetime) -> Credential:
    """Take a credential back. Its public page then says so, and why.

    Raises:
        Refused: ``by`` may not, or it was taken back before.
        ReasonMissing: no reason is given.
    """
    credential = (
        Credential.objects.select_for_update(of=["self"]).select_related("issuer").get(pk=credential_id)
    )
    require(may_revoke(by, credential))
    if not reason.strip():
        raise ReasonMissing(
            _("Say why the credential is taken back: the holder and everyone who checks it will read it.")
        )
    credential.revoked_at = at
    credential.revoked_by = by
    credential.revocation_reason = reason.strip()[:300]
    credential.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    for item in evidence.items(kinds=["credentials.issued"], institution=credential.issuer_id).filter(
        subject_kind="credentials.credential", subject_id=str(credential.pk)
    ):
        evidence.withdraw(item_id=item.pk, by=by, at=at, reason=credential.revocation_reason)
    audit.record(
        "credentials.credential.revoked", credential, by=by, at=at, reason=credential.revocation_reason
    )
    return credential
