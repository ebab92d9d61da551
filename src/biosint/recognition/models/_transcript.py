from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Transcript(models.Model):
    """A transcript of records as it was taken: every completion of one learner at that moment. Never edited.

    Whoever holds the paper checks it on the page its QR code opens; the checksum is part of that address.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The one spelling of ``recognition.texts.written``.
    text = models.TextField(_("content"))
    fingerprint = models.CharField(_("checksum"), max_length=64)
    # Binds checksum, holder and moment with a key that is not in the database.
    seal = models.CharField(_("seal"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-issued_at"], name="transcript_of_learner")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.issued_at:%Y-%m-%d}"

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.text))

    @property
    def facts(self) -> tuple[str, ...]:
        """What the seal binds, in its order."""
        return (self.public_id.hex, self.fingerprint, str(self.learner_id), self.issued_at.isoformat())

    @property
    def check_path(self) -> str:
        """Return the path a QR code opens; without the right checksum there is no such page."""
        return reverse("recognition:check", args=[self.public_id, self.fingerprint])
