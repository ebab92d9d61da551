from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One uploaded file, under the name that its owner gave it.

    It is never changed: a new version is a new row. Equal contents share one place on the
    disk. It does not say what it is for; the record that refers to it does.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Names the rule by which somebody may read it (``register_reader``).
    kind = models.CharField(_("kind"), max_length=60)
    name = models.CharField(_("name"), max_length=150)
    media_type = models.CharField(_("format"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    place = models.CharField(_("place in the store"), max_length=200)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    stored_at = models.DateTimeField(_("stored at"))

    class Meta:
        ordering = ["-stored_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="stored_file_by_checksum")]

    def __str__(self) -> str:
        return self.name


class ArrivingFile(models.Model):
    """A file on its way to the platform, or whole and waiting for the form that takes it.

    How far it has come is not kept here but is the length of its part on the disk (``parts``).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Names what takes such files (``register_purpose``), and for what there: the key of an activity, for example.
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    # As the sender described it; the protocol hands it back unchanged.
    told = models.CharField(_("description by the sender"), max_length=1000, blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    # Empty until a form has taken it.
    taken_at = models.DateTimeField(_("taken at"), null=True)

    class Meta:
        ordering = ["begun_at", "pk"]
        indexes = [models.Index(fields=["owner", "kind", "subject"], name="arriving_file_by_purpose")]

    def __str__(self) -> str:
        return self.name
