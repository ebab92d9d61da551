from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Comparison(models.Model):
    """One finished course at home, set against as many mobilities; through all its versions.

    Its figures stand in its versions. It never says that one way is better, only what each takes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.OneToOneField("exchange.Course", on_delete=models.PROTECT, related_name="+")
    # The host of the course: it knows the hours and answers for the figures.
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    # Since the first version was published; a later draft does not hide it.
    public_since = models.DateTimeField(_("public since"), null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        indexes = [models.Index(fields=["public_since"], name="comparison_public")]

    def __str__(self) -> str:
        return self.course.title

    def get_absolute_url(self) -> str:
        return reverse("impact:comparison", args=[self.public_id])


class Version(models.Model):
    """What was entered, the factors in force and what came out. Published, it never changes.

    Figures are kept and not computed anew: factors of a later year must not change what people have read.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    inputs = models.JSONField(_("what was entered"))
    factor_set = models.CharField(_("set of factors"), max_length=60)
    figures = models.JSONField(_("figures"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    # Empty while it is a draft; who and when are set together.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["comparison_id", "-number"]
        verbose_name = _("version of a comparison")
        verbose_name_plural = _("versions of comparisons")
        constraints = [
            models.UniqueConstraint(fields=["comparison", "number"], name="comparison_version_number_once"),
            models.UniqueConstraint(
                fields=["comparison"], condition=Q(published_at=None), name="comparison_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="comparison_published_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comparison} ({self.number})"
