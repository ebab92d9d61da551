from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.situation.states import Bearing, Grade, SourceKind


class Source(models.Model):
    """Something that was written elsewhere and read here, by the people of one consortium.

    It holds no judgement: what was found in it, and how much that can carry, stands in its findings.
    """

    consortium = models.ForeignKey("consortium.Consortium", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    title = models.CharField(_("title"), max_length=500)
    # The title as two writings of it are compared (see references.title_key).
    title_key = models.CharField(max_length=200, editable=False)
    authors = models.CharField(_("authors"), max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    published_in = models.CharField(_("published in"), max_length=300, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    country = models.CharField(_("country of origin"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    read_date = models.DateField(_("read on"), null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["authors", "year", "title", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "doi"], condition=~Q(doi=""), name="source_doi_once_in_a_consortium"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
        ]
        indexes = [models.Index(fields=["consortium", "title_key"], name="source_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:source", args=[self.pk])

    @property
    def short(self) -> str:
        """First surname and year, as one names a source in passing."""
        names = [name for name in self.authors.split(";") if name.strip()]
        first = names[0].partition(",")[0].strip() if names else self.title[:40]
        return " ".join(filter(None, [first + (" et al." if len(names) > 1 else ""), str(self.year or "")]))


class Finding(models.Model):
    """One thing that a source says about the situation in one country or several, in the reader's own words.

    Published, it stays as it is and feeds workshops and the report; taken back, it can be mended.
    """

    GRADES: ClassVar = Grade

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="findings")
    text = models.TextField(_("what was found"), max_length=2000)
    page = models.CharField(_("where in the source"), max_length=60, blank=True)
    # ISO codes with a space before and after each (“ NL BE ”): one “contains” finds a country on every database.
    countries_written = models.CharField(_("countries"), max_length=200, blank=True)
    # The code of a dimension of the index, or an own theme in words.
    theme = models.CharField(_("theme"), max_length=60)
    bearing = models.CharField(
        _("what it means for us"), max_length=12, choices=Bearing, default=Bearing.CONTEXT
    )
    # The more careful of its gradings; empty until somebody grades it.
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["source", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="finding_published_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(grade=""), name="finding_published_with_a_grade"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def countries(self) -> list[str]:
        """ISO codes of the countries it speaks of."""
        return self.countries_written.split()

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Grading(models.Model):
    """How much one person thinks a finding can carry, and why. A finding takes two, of two people."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="gradings")
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    because = models.CharField(_("why"), max_length=300, blank=True)
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    graded_at = models.DateTimeField(_("graded at"))

    class Meta:
        ordering = ["finding", "graded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "graded_by"], name="grading_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.grade}"
