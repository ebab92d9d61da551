from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import MaterialKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Material(models.Model):
    """A picture, a film, its captions or a file that belongs to one activity.

    It is what teachers give to learners; what learners hand in is a ``Product``. The stored file never changes: a
    new version is a new material, and the text refers to it by its number.
    """

    if TYPE_CHECKING:
        captions: RelatedManager[Material]

    activity = models.ForeignKey("exchange.Activity", on_delete=models.CASCADE, related_name="materials")
    # Counts up within the activity and is never used again: texts refer to it.
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=MaterialKind)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    # What a picture shows, for those who do not see it; empty: it only decorates.
    alternative = models.CharField(_("what it shows"), max_length=300, blank=True)
    # Of captions and films.
    language = models.CharField(_("language"), max_length=10, blank=True)
    # Captions belong to a film.
    about = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="captions")
    # Pixels of a picture, so that the page does not jump when it arrives.
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    # What people with a screen reader would stumble over in a PDF: codes of ``materials.PdfBarrier``.
    barriers = models.JSONField(default=list, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="material_number_once_per_activity"),
            models.CheckConstraint(
                condition=Q(kind=MaterialKind.CAPTIONS, about__isnull=False)
                | (~Q(kind=MaterialKind.CAPTIONS) & Q(about=None)),
                name="material_captions_belong_to_a_film",
            ),
        ]

    def __str__(self) -> str:
        return self.title
