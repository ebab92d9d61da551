from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.strategies.states import DocumentKind, DocumentState


class Document(models.Model):
    """A strategy, protocol or guide of one institution, through all its versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Since the first adoption: a later draft does not hide what was decided.
    public_since = models.DateTimeField(_("public since"), null=True)

    class Meta:
        ordering = ["institution__name", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "title"], name="document_title_once_per_institution"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state"], name="document_of_institution"),
            models.Index(fields=["public_since"], name="document_public"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategies:document", args=[self.public_id])


class Version(models.Model):
    """One state of a document's text. Never edited: the next one stands beside it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=200_000)
    what_changed = models.CharField(_("what changed"), max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        ordering = ["document_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once_per_document"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"


class Adoption(models.Model):
    """The decision by which a body of the institution adopted one version."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="adoption")
    body = models.CharField(_("body that decided"), max_length=150)
    reference = models.CharField(_("reference of the decision"), max_length=80)
    decided_date = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["-decided_date", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.body}, {self.reference}"


class TakenObjective(models.Model):
    """An objective of a workshop that a document took up, and the version whose text first held it.

    The objective itself (words, figure, target) stays where it was set; the text of the version repeats it as it
    stood, so that what a council adopts is whole.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="objectives")
    objective = models.ForeignKey("situation.Objective", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken up at"))

    class Meta:
        ordering = ["document", "taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "objective"], name="objective_once_in_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.objective}"
