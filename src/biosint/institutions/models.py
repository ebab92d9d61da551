from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from biosint.institutions.states import TermKind
from biosint.shared.languages import country_name


class Institution(models.Model):
    """A university or a faculty that takes part under its own name.

    It is the place where offices are held and evidence is counted; it is not a legal
    partner of a project (``consortium.Membership`` is).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address word"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    university = models.CharField(_("university"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("town"), max_length=100)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(_("time zone"), max_length=60)
    ror_id = models.CharField(_("ROR identifier"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    fields = models.CharField(_("fields taught"), max_length=200, blank=True)
    students = models.PositiveIntegerField(_("students"), null=True, blank=True)
    teachers = models.PositiveIntegerField(_("teachers"), null=True, blank=True)
    # False while an institution that nobody invited waits to be let in.
    is_listed = models.BooleanField(_("shown to everybody"), default=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ror_id"], condition=~Q(ror_id=""), name="institution_ror_id_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="institution_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def country_label(self) -> str:
        return country_name(self.country)


class AcademicTerm(models.Model):
    """A stretch of an institution's year: weeks in which it teaches or examines, or in which nobody is there.

    Days are days on the institution's own calendar. It is not a timetable: no hour of any class stands here.
    """

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="academic_terms"
    )
    kind = models.CharField(_("what it is"), max_length=10, choices=TermKind, default=TermKind.TEACHING)
    title = models.CharField(_("name"), max_length=80)
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_date", "last_date", "pk"]
        verbose_name = _("academic term")
        verbose_name_plural = _("academic terms")
        constraints = [
            models.CheckConstraint(condition=Q(last_date__gte=F("first_date")), name="term_ends_after_start"),
            models.UniqueConstraint(
                fields=["institution", "kind", "first_date", "last_date"], name="term_once_per_institution"
            ),
        ]
        indexes = [models.Index(fields=["institution", "last_date"], name="term_of_institution")]

    def __str__(self) -> str:
        return self.title
