from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.recognition.states import Decision

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Recognition(models.Model):
    """The home institution's decision on the credits of one completion, as it stands now."""

    if TYPE_CHECKING:
        former: RelatedManager[FormerDecision]

    completion = models.OneToOneField(
        "exchange.Completion", on_delete=models.PROTECT, related_name="recognition"
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.RECOGNISED)
    local_name = models.CharField(
        _("course in your study programme"),
        max_length=200,
        blank=True,
        help_text=_(
            "The course, or the part of a course, for which these credits count at your institution."
        ),
    )
    local_code = models.CharField(_("code of that course"), max_length=40, blank=True)
    local_grade = models.CharField(
        _("grade at your institution"),
        max_length=20,
        blank=True,
        help_text=_("As it stands in your records, e.g. 9. Leave it empty if only credits are transferred."),
    )
    ects = models.DecimalField(
        _("ECTS credits recognised"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(30))],
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # The signed text the decision rests on; empty where nothing was agreed before.
    agreed_version = models.ForeignKey(
        "recognition.AgreementVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Grows with every decision made anew; whoever decides on an older one is told.
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.RECOGNISED, ects__gt=0) | Q(decision=Decision.DECLINED, ects=0),
                name="recognition_credits_follow_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.completion}: {self.get_decision_display()}"

    @property
    def is_partial(self) -> bool:
        return self.decision == Decision.RECOGNISED and self.ects < self.completion.ects


class FormerDecision(models.Model):
    """A decision that was reopened: what it said, and why it was made anew. Never edited."""

    recognition = models.ForeignKey(Recognition, on_delete=models.CASCADE, related_name="former")
    version = models.PositiveSmallIntegerField(_("version"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    local_name = models.CharField(_("course in your study programme"), max_length=200, blank=True)
    local_code = models.CharField(_("code of that course"), max_length=40, blank=True)
    local_grade = models.CharField(_("grade at your institution"), max_length=20, blank=True)
    ects = models.DecimalField(_("ECTS credits recognised"), max_digits=4, decimal_places=1)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(_("reopened at"))
    why_reopened = models.CharField(_("why it was reopened"), max_length=500)

    class Meta:
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recognition", "version"], name="former_decision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recognition} – {self.version}"
