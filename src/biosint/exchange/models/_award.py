from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import AttendanceForm


class Award(models.Model):
    """What the certificate of a course says beyond the course itself, as the EU asks of a micro-credential."""

    course = models.OneToOneField("exchange.Course", on_delete=models.CASCADE, related_name="award")
    eqf_level = models.PositiveSmallIntegerField(
        _("level of learning (EQF)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("In the European Qualifications Framework: 6 for a bachelor, 7 for a master."),
    )
    assessment = models.CharField(
        _("how learners are assessed"),
        max_length=300,
        blank=True,
        help_text=_("One sentence, e.g. “Team product and individual contribution, marked by the teachers.”"),
    )
    attendance = models.CharField(
        _("form of participation"), max_length=10, choices=AttendanceForm, default=AttendanceForm.ONLINE
    )
    quality_assurance = models.CharField(
        _("quality assurance"),
        max_length=400,
        blank=True,
        help_text=_("Who looks after the quality of the course, and under which rules."),
    )
    prerequisites = models.CharField(
        _("what learners need before"), max_length=300, blank=True, help_text=_("Leave it empty if nothing.")
    )
    stackability = models.CharField(
        _("how it adds up with others"),
        max_length=300,
        blank=True,
        help_text=_("Towards which programme or larger certificate it counts, if towards one."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for how many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Leave it empty: what somebody learnt does not expire, unless a rule says so."),
    )
    asks_agreement = models.BooleanField(
        _("make a learning agreement with every place"),
        default=True,
        help_text=_("For learners of other institutions; it makes recognition at home certain."),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(eqf_level=None) | Q(eqf_level__gte=1, eqf_level__lte=8),
                name="award_eqf_level_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)
