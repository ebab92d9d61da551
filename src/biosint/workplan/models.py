from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.workplan.states import DeliverableState, DisseminationLevel


class WorkPackage(models.Model):
    """A part of the project with its own lead, time and share of the lump sum."""

    consortium = models.ForeignKey(
        "consortium.Consortium", on_delete=models.PROTECT, related_name="work_packages"
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    aim = models.TextField(_("aim"), max_length=2000, blank=True)
    lead = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("lead")
    )
    start_month = models.PositiveSmallIntegerField(_("first month"), validators=[MinValueValidator(1)])
    end_month = models.PositiveSmallIntegerField(_("last month"), validators=[MinValueValidator(1)])
    share = models.DecimalField(
        _("share of the lump sum (%)"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        ordering = ["consortium_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "number"], name="work_package_number_once"),
            models.CheckConstraint(
                condition=Q(end_month__gte=F("start_month")), name="work_package_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=100), name="work_package_share_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("workplan:package", args=[self.consortium.slug, self.number])

    @property
    def code(self) -> str:
        return f"WP{self.number}"


class Deliverable(models.Model):
    """Something the project hands over. What it needs as proof is counted from evidence, never typed."""

    work_package = models.ForeignKey(WorkPackage, on_delete=models.PROTECT, related_name="deliverables")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    due_month = models.PositiveSmallIntegerField(_("due in month"), validators=[MinValueValidator(1)])
    level = models.CharField(
        _("dissemination level"), max_length=10, choices=DisseminationLevel, default=DisseminationLevel.PUBLIC
    )
    # What must have happened: [{"kind": "exchange.course_run", "needed": 2}], counted over the whole consortium.
    requirements = models.JSONField(_("needs"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliverableState, default=DeliverableState.PLANNED
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    review = models.TextField(_("review"), max_length=2000, blank=True)

    class Meta:
        ordering = ["work_package__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["work_package", "number"], name="deliverable_number_once"),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="deliverable_submitted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="deliverable_reviewed_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_month"], name="deliverable_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse(
            "workplan:deliverable",
            args=[self.work_package.consortium.slug, self.work_package.number, self.number],
        )

    @property
    def code(self) -> str:
        return f"D{self.work_package.number}.{self.number}"


class Milestone(models.Model):
    """A moment that shows the project is on its way."""

    work_package = models.ForeignKey(WorkPackage, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    due_month = models.PositiveSmallIntegerField(_("due in month"), validators=[MinValueValidator(1)])
    means = models.CharField(_("how it is verified"), max_length=300)
    reached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reached_at = models.DateTimeField(_("reached at"), null=True)

    class Meta:
        ordering = ["work_package__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["work_package", "number"], name="milestone_number_once"),
            models.CheckConstraint(
                condition=Q(reached_by=None, reached_at=None)
                | Q(reached_by__isnull=False, reached_at__isnull=False),
                name="milestone_reached_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"MS{self.work_package.number}.{self.number}"
