from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class IssuerKey(models.Model):
    """The signing key of one institution. The public half is the ``did``; anyone can check with it alone.

    The private half is sealed with a key derived from the site's secret key, so that a copy
    of the database alone signs nothing.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    did = models.CharField(_("public identifier"), max_length=120, unique=True)
    sealed = models.TextField(_("sealed private key"))
    created_at = models.DateTimeField(_("created at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["institution__name", "-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"], condition=Q(retired_at=None), name="issuer_key_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.did}"


class Credential(models.Model):
    """A signed statement that a person achieved something, as it was handed out.

    ``document`` is the proof; the other fields only make it findable. It is never edited:
    a mistake is revoked and issued anew.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials")
    # As printed: a later change of name does not change what was signed.
    holder_name = models.CharField(_("name of the holder"), max_length=150)
    issuer = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="+")
    description = models.TextField(_("description"))
    criteria = models.TextField(_("criteria"))
    achieved_at = models.DateTimeField(_("achieved at"))
    ects = models.DecimalField(_("ECTS credits"), max_digits=5, decimal_places=2, null=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    workload_hours = models.PositiveSmallIntegerField(_("workload in hours"), null=True)
    details = models.JSONField(_("details"), default=dict)
    subject_kind = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.CharField(_("record"), max_length=40)
    document = models.TextField(_("signed document"))
    issued_at = models.DateTimeField(_("issued at"))
    # Empty where what was learnt does not expire.
    expires_at = models.DateTimeField(_("valid until"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Set together when it is taken back.
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revocation_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "subject_kind", "subject_id"],
                condition=Q(revoked_at=None),
                name="credential_once_per_achievement",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="credential_revoked_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "-issued_at"], name="credential_of_holder"),
            models.Index(fields=["issuer", "revoked_at"], name="credential_of_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.holder_name}"

    def get_absolute_url(self) -> str:
        return reverse("credentials:detail", args=[self.public_id])

    @property
    def revoked(self) -> bool:
        return self.revoked_at is not None
