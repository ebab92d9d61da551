from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from biosint.curriculum.states import Degree, SyllabusState, UnitState

MOST_ECTS = Decimal(60)


class Programme(models.Model):
    """A course of study of one institution. It holds units; it is not an international course (exchange)."""

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="programmes"
    )
    title = models.CharField(_("title"), max_length=200)
    degree = models.CharField(_("degree"), max_length=12, choices=Degree)
    field = models.CharField(_("field"), max_length=100)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "title", "degree"], name="programme_once_at_an_institution"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Unit(models.Model):
    """A course unit of a programme: what a student takes for credits.

    Its content stands in versions (``Syllabus``); the unit itself only names it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    ects = models.DecimalField(
        _("ECTS credits"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(MOST_ECTS)],
    )
    language = models.CharField(_("language of teaching"), max_length=10)
    is_compulsory = models.BooleanField(_("compulsory"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=UnitState, default=UnitState.DRAFT)
    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("teachers"), blank=True
    )
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="unit_code_once_in_a_programme"),
            models.CheckConstraint(condition=Q(ects__gt=0, ects__lte=MOST_ECTS), name="unit_ects_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Syllabus(models.Model):
    """One version of what a unit teaches. An approved version never changes: a change is a new version."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="syllabi")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=SyllabusState, default=SyllabusState.DRAFT)
    summary = models.TextField(_("what the unit is about"), max_length=3000, blank=True)
    methods = models.TextField(_("how students learn"), max_length=3000, blank=True)
    assessment = models.TextField(_("how they are assessed"), max_length=3000, blank=True)
    # The part of the unit's credits that students earn by international or intercultural work.
    international_ects = models.DecimalField(
        _("international ECTS credits"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    # Counts up with each saving, so that two people writing at once notice each other.
    edition = models.PositiveIntegerField(_("saved times"), default=0)
    created_at = models.DateTimeField(_("created at"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("last written at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    # Empty until somebody decides; who and when are set together (constraint below).
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)

    class Meta:
        ordering = ["unit", "-number"]
        verbose_name_plural = "syllabi"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="syllabus_number_once_in_a_unit"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=~Q(state=SyllabusState.APPROVED),
                name="syllabus_one_open_version_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(international_ects__gte=0), name="syllabus_international_ects_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="syllabus_submitted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="syllabus_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=SyllabusState.APPROVED) | Q(decided_at__gte=F("submitted_at")),
                name="syllabus_approved_after_it_was_submitted",
            ),
        ]
        indexes = [models.Index(fields=["state", "unit"], name="syllabus_by_state")]

    def __str__(self) -> str:
        return f"{self.unit} ({self.number})"


class Outcome(models.Model):
    """One thing a student can do after the unit, marked with the sides on which it is international."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.CASCADE, related_name="outcomes")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("outcome"), max_length=400)
    # Codes of ``IocDimension``; none for an outcome that is not international.
    dimensions = models.JSONField(_("international sides"), default=list)

    class Meta:
        ordering = ["syllabus", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["syllabus", "order"], name="outcome_order_once_in_a_syllabus"),
        ]

    def __str__(self) -> str:
        return self.text
