from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import ActivityKind, CourseState, Phase
from biosint.people.api import LanguageLevel

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from biosint.exchange.models._material import Material
    from biosint.exchange.models._requirement import Requirement
    from biosint.exchange.models._rubric import Rubric


class Course(models.Model):
    """One run of a course that two or more institutions give together, from home.

    It is not a syllabus: what a faculty teaches every year stands in the curriculum.
    """

    if TYPE_CHECKING:
        participations: RelatedManager[Participation]
        requirements: RelatedManager[Requirement]
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
    # A detailed field of ISCED-F (shared.subjects); empty while nobody has chosen.
    subject = models.CharField(_("subject"), max_length=4, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    # Codes of Profession between blanks, such as “ medicine nursing ”; empty: for every field of study.
    for_professions = models.CharField(_("fields of study it is for"), max_length=200, blank=True)
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
    # Whether a place that becomes free goes by itself to whoever waits longest for it.
    moves_up = models.BooleanField(_("free places go to the waiting list by themselves"), default=True)
    # Days in which an offered place is accepted; 0: whoever moves up has the place at once.
    answer_days = models.PositiveSmallIntegerField(
        _("days to accept an offered place"), default=3, validators=[MaxValueValidator(30)]
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
        indexes = [
            models.Index(fields=["state", "-start_date"], name="course_by_state"),
            models.Index(fields=["state", "apply_until_date"], name="course_by_deadline"),
            models.Index(fields=["subject", "state"], name="course_by_subject"),
            models.Index(fields=["language", "state"], name="course_by_language"),
        ]

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


class _Standing(models.Manager["Activity"]):
    """The activities that were not removed."""

    def get_queryset(self) -> models.QuerySet[Activity]:
        return super().get_queryset().filter(removed_at=None)


class Activity(models.Model):
    """One step of a course: what learners read and do, in order.

    It says what is asked and when. What a learner did is ``Progress`` and, where points are given, ``Score``;
    what a kind needs beyond plain settings has records of its own.
    """

    if TYPE_CHECKING:
        materials: RelatedManager[Material]

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    kind = models.CharField(_("kind"), max_length=16, choices=ActivityKind, default=ActivityKind.PAGE)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase, blank=True)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(
        _("text"),
        max_length=40_000,
        blank=True,
        help_text=_(
            "Markdown works: headings, lists, links, tables; formulas between dollar signs, such as $x^2$."
        ),
    )
    hours = models.DecimalField(
        _("hours of work"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(2),
        validators=[MinValueValidator(0)],
    )
    # Empty: open as soon as the course is.
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    # Work that comes between these two counts as late.
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    for_teams = models.BooleanField(_("the whole team does it together"), default=False)
    # Share of the final mark in per cent; 0: not marked.
    weight = models.DecimalField(
        _("share of the final mark (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    # Positions in the course's list of outcomes, from 0.
    outcomes = models.JSONField(_("learning outcomes"), default=list, blank=True)
    is_hidden = models.BooleanField(_("hidden from learners"), default=False)
    # Grows with every change: two teachers cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    # Grows with every change of title or text: translations of an earlier one ask for another look.
    text_version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"), null=True)
    # Removed activities keep what learners did in them; who and when are set together.
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)

    # Plain values that the kind alone reads. Below the others: its name hides Django's settings from here on.
    settings = models.JSONField(_("settings"), default=dict, blank=True)

    everything: ClassVar[models.Manager[Activity]] = models.Manager()
    objects: ClassVar[_Standing] = _Standing()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="activity_removed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(changed_by=None, changed_at=None)
                | Q(changed_by__isnull=False, changed_at__isnull=False),
                name="activity_changed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100), name="activity_weight_in_range"
            ),
        ]
        indexes = [
            models.Index(fields=["course", "position"], name="activity_in_order"),
            models.Index(fields=["course", "due_at"], name="activity_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:activity", args=[self.course.slug, self.pk])

    def is_late(self, at: datetime) -> bool:
        """Whether work that comes at a moment comes after the due time. Extensions are not in it."""
        return self.due_at is not None and at > self.due_at
