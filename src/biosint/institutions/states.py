"""Kinds of stretches of an academic year. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TermKind(TextChoices):
    TEACHING = "teaching", _("teaching")
    EXAMS = "exams", _("examinations")
    HOLIDAY = "holiday", _("holiday")
