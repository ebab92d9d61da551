from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biosint.evidence.kinds import UNITS


class Item(models.Model):
    """One thing that happened, at one institution, with its quantity and its proof.

    It is what every figure counts. It is written by the operation that made it true, or by
    hand with a proof and the name of who vouches; it is never edited, only withdrawn.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    # The record it speaks of, by label and key: evidence outlives drafts of the record.
    subject_kind = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.CharField(_("record"), max_length=40)
    title = models.CharField(_("what happened"), max_length=250)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=30)
    occurred_at = models.DateTimeField(_("occurred at"))
    proof_url = models.CharField(_("proof"), max_length=500)
    details = models.JSONField(_("details"), default=dict)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Only for evidence entered by hand: who answers for it.
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "institution", "subject_kind", "subject_id"],
                condition=Q(withdrawn_at=None),
                name="evidence_once_per_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "institution", "occurred_at"], name="evidence_by_kind"),
            models.Index(fields=["institution", "-occurred_at"], name="evidence_of_institution"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit_words(self) -> str | Promise:
        return UNITS.get(self.unit, self.unit)

    @property
    def digits(self) -> int:
        """Digits after the point that the quantity needs: none for whole numbers."""
        return 0 if self.quantity == self.quantity.to_integral_value() else 1
