from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import OverlapRule


class LocalScale(models.Model):
    """How often an institution gives each of its passing grades: its ECTS grading table.

    It says nothing about who got them. What a learner's points are on it is worked out when it is asked.
    """

    institution = models.OneToOneField("institutions.Institution", on_delete=models.CASCADE, related_name="+")
    # [{"grade": "10", "count": 120}, …], passing grades alone, the best first.
    grades = models.JSONField(_("passing grades"), default=list)
    failing = models.CharField(_("what is written for a fail"), max_length=20, blank=True)
    reference = models.CharField(
        _("whose grades were counted"),
        max_length=200,
        help_text=_("Such as: all exams of the medical programme, 2023 to 2025. Two years or more are best."),
    )
    overlap = models.CharField(
        _("where several grades fit"), max_length=8, choices=OverlapRule, default=OverlapRule.MIDDLE
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("local scale of grades")
        verbose_name_plural = _("local scales of grades")

    def __str__(self) -> str:
        return str(self.institution)
