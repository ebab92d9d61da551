from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import CourseState
from biosint.people.api import LanguageLevel

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from biosint.exchange.models._rubric import Rubric


class Course(models.Model):
    """One run of a course that two or more institutions give together, from home.

    It is not a syllabus: what a faculty teaches every year stands in the curriculum.
    """

    if TYPE_CHECKING:
        participations: RelatedManager[Participation]
        teachings: RelatedManager[Teaching]
        activities: RelatedManager[Activity]
        rubrics: RelatedManager[Rubric]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address word"), max_length=90, unique=True)
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(
        _("what it is about"),
        max_length=6000,
        blank=True,
        help_text=_("Two or three paragraphs. Markdown works: **bold**, lists, links."),
    )
    host = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("host institution"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    language = models.CharField(_("language of the course"), max_length=10, default="en")
    level = models.CharField(
        _("level of the language you need"),
        max_length=2,
        choices=LanguageLevel,
        default=LanguageLevel.B1,
    )
    ects = models.DecimalField(
        _("ECTS credits"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(3),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(30))],
    )
    workload_hours = models.PositiveSmallIntegerField(
        _("hours of work"),
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(900)],
        help_text=_("For one learner, from the first day to the last. One credit is 25 to 30 hours."),
    )
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    apply_until_date = models.DateField(_("apply until"))
    product_due_date = models.DateField(
        _("team product due on"),
        null=True,
        blank=True,
        help_text=_("Leave it empty if the last day will do."),
    )
    outsider_places = models.PositiveSmallIntegerField(
        _("places for people from other institutions"), default=0
    )
    # The unit of the host's curriculum in which its own students take the course, if there is one.
    unit = models.ForeignKey(
        "curriculum.Unit",
        verbose_name=_("unit of your curriculum"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # [{"text": "...", "ioc_dimension": "systems"}]; the dimensions are those of the curriculum.
    outcomes = models.JSONField(_("learning outcomes"), default=list, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("points needed to pass"), default=51, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    state = models.CharField(_("state"), max_length=10, choices=CourseState, default=CourseState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    # Empty until learners may see their teams; who and when are set together.
    teams_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    teams_published_at = models.DateTimeField(_("teams published at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        ordering = ["-start_date", "-pk"]
        verbose_name = _("international course")
        verbose_name_plural = _("international courses")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="course_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="course_pass_mark_in_range"
            ),
            models.CheckConstraint(
                condition=Q(teams_published_by=None, teams_published_at=None)
                | Q(teams_published_by__isnull=False, teams_published_at__isnull=False),
                name="course_teams_published_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["state", "-start_date"], name="course_by_state")]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """An institution takes part in a course with a number of places for its own students."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="participations")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField(_("places"), default=0)

    class Meta:
        ordering = ["institution__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "institution"], name="participation_once_per_course"),
        ]
        indexes = [models.Index(fields=["institution", "course"], name="participation_of_institution")]

    def __str__(self) -> str:
        return f"{self.institution} – {self.course}"


class Teaching(models.Model):
    """A teacher's part in a course: invited by a colleague, accepted by the teacher."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="teachings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="teachings")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    # Empty until the teacher says yes.
    accepted_at = models.DateTimeField(_("accepted at"), null=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="teaching_once_per_course"),
        ]
        indexes = [models.Index(fields=["person", "accepted_at"], name="teaching_of_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"


class Activity(models.Model):
    """One page of a course: what learners read and do, in order."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(
        _("text"),
        max_length=40_000,
        blank=True,
        help_text=_("Markdown works: headings, lists, links, tables."),
    )
    hours = models.DecimalField(
        _("hours of work"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(2),
        validators=[MinValueValidator(0)],
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["course", "position"], name="activity_in_order")]

    def __str__(self) -> str:
        return self.title
