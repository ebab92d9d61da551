from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence.kinds import kind_of
from biosint.evidence.models import Item
from biosint.evidence.rules import may_vouch
from biosint.institutions.api import Institution
from biosint.shared.patience import PRESSED_AGAIN
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.models import Person


def record(
    *,
    kind: str,
    subject: models.Model,
    institution: Institution,
    occurred_at: datetime,
    proof: str,
    by: Person | None,
    title: str = "",
    quantity: Decimal | float = 1,
    details: dict[str, Any] | None = None,
) -> Item:
    """Record that something happened, in the transaction in which it happened.

    Recording the same kind for the same subject and institution again renews the quantity:
    the first item is withdrawn, never overwritten, so an old report still opens to what it counted.

    Args:
        kind: a declared code.
        quantity: in the kind's unit, at least 0.
        proof: path on this site where the thing can be seen, e.g. ``/courses/12/``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            f"evidence.record({kind!r}) outside a transaction: the evidence could stand without the deed."
        )
    declared = kind_of(kind)
    amount = Decimal(str(quantity))
    if amount < 0:
        raise ValueError(f"Evidence of {kind} has a negative quantity: {quantity}.")
    same = Item.objects.filter(
        kind=kind,
        institution=institution,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented Model._meta
        subject_id=str(subject.pk),
        withdrawn_at=None,
    )
    same.update(withdrawn_at=occurred_at)
    return Item.objects.create(
        kind=kind,
        institution=institution,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented Model._meta
        subject_id=str(subject.pk),
        title=(title or str(subject))[:250],
        quantity=amount,
        unit=declared.unit,
        occurred_at=occurred_at,
        proof_url=proof,
        details=details or {},
        recorded_at=occurred_at,
        recorded_by=by,
    )


class NotByHand(Fault):
    """This kind of evidence comes from the platform itself and cannot be typed."""


class ProofMissing(Fault):
    """Evidence entered by hand needs a proof that others can open."""


@transaction.atomic
def vouch(
    *,
    kind: str,
    institution: Institution,
    title: str,
    quantity: Decimal | float,
    occurred_at: datetime,
    proof: str,
    by: Person,
    at: datetime,
) -> Item:
    """Enter evidence by hand; ``by`` answers for it with their name.

    Args:
        proof: a web address or a path on this site.

    Raises:
        Refused: ``by`` may not speak for the institution.
        NotByHand: the platform records this kind itself.
        ProofMissing: there is no proof.
    """
    require(may_vouch(by, institution))
    declared = kind_of(kind)
    if not declared.by_hand:
        raise NotByHand(
            _("“%(kind)s” is counted by the platform itself and cannot be entered.")
            % {"kind": declared.label}
        )
    if not proof.startswith(("https://", "http://", "/")):
        raise ProofMissing(_("Give the address of a page or file that proves it, beginning with https://."))
    # Pressed twice is once: a figure must not grow by an impatient finger.
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    just_entered = Item.objects.filter(
        kind=kind,
        institution=institution,
        title=title.strip()[:250],
        quantity=Decimal(str(quantity)),
        occurred_at=occurred_at,
        proof_url=proof,
        vouched_by=by,
        recorded_at__gt=at - PRESSED_AGAIN,
        withdrawn_at=None,
    ).first()
    if just_entered is not None:
        return just_entered
    public_id = uuid.uuid4()
    item = Item.objects.create(
        public_id=public_id,
        kind=kind,
        institution=institution,
        subject_kind="evidence.item",
        subject_id=public_id.hex,
        title=title.strip()[:250],
        quantity=Decimal(str(quantity)),
        unit=declared.unit,
        occurred_at=occurred_at,
        proof_url=proof,
        recorded_at=at,
        recorded_by=by,
        vouched_by=by,
    )
    audit.record("evidence.item.vouched", item, by=by, at=at)
    return item


@transaction.atomic
def withdraw(*, item_id: int, by: Person, at: datetime, reason: str) -> Item:
    """Take an item out of every count, with the reason on the trail."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=item_id)
    if item.withdrawn_at is None:
        item.withdrawn_at = at
        item.save(update_fields=["withdrawn_at"])
        audit.record("evidence.item.withdrawn", item, by=by, at=at, reason=reason)
    return item
