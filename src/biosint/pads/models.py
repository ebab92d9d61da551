"""A text and its changes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.pads.states import Way

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Pad(models.Model):
    """A text that several people write at once, as it stands now.

    It is the sum of its changes (``Change``). ``text`` and ``passages`` repeat that sum for whoever only reads;
    ``snapshot`` repeats the changes up to ``snapshot_number``, so that few are added up for the next one.
    """

    if TYPE_CHECKING:
        changes: RelatedManager[Change]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # ``app.what_it_is``: whoever registered the rule of this kind says who reads and writes.
    kind = models.CharField(max_length=60)
    text = models.TextField(_("text"), blank=True)
    # [[person, characters], …] from the first character to the last; the sum is the length of the text.
    passages = models.JSONField(default=list)
    # The number of the newest change.
    number = models.PositiveIntegerField(default=0)
    snapshot = models.BinaryField(default=bytes)
    snapshot_number = models.PositiveIntegerField(default=0)
    limit = models.PositiveIntegerField(
        _("longest text"), default=60_000, validators=[MinValueValidator(1)], help_text=_("characters")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(snapshot_number__lte=models.F("number")), name="pad_snapshot_not_ahead"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Change(models.Model):
    """What one person changed within a few seconds, as a Yjs update. Never edited, never removed."""

    pad = models.ForeignKey("pads.Pad", on_delete=models.CASCADE, related_name="changes")
    # 1, 2, 3 … in the order in which the server took the changes; readers ask for those after a number.
    number = models.PositiveIntegerField()
    # Made by whoever changed: sent again after a lost answer, it is the same change.
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The Yjs client that wrote it, one per opened page; none where only letters were taken away.
    client = models.PositiveBigIntegerField(null=True)
    content = models.BinaryField()
    way = models.CharField(max_length=10, choices=Way, default=Way.WRITTEN)
    added = models.PositiveIntegerField(_("characters added"), default=0)
    removed = models.PositiveIntegerField(_("characters removed"), default=0)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pad", "number"], name="pad_change_number_once"),
            models.UniqueConstraint(fields=["pad", "key"], name="pad_change_key_once"),
        ]
        indexes = [
            models.Index(fields=["pad", "client"], name="pad_change_client"),
            models.Index(fields=["author", "made_at"], name="pad_change_author"),
        ]

    def __str__(self) -> str:
        return f"{self.pad_id} – {self.number}"
