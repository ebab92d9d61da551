"""Offices, kinds and ladders of people. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """What a person may be at an institution. Rules are written on these words."""

    STUDENT = "student", _("student")
    TEACHER = "teacher", _("teacher")
    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("coordinator")
    QUALITY_BOARD = "quality_board", _("member of the quality board")
    DEAN = "dean", _("dean or council")


class AffiliationKind(TextChoices):
    STUDENT = "student", _("student")
    TEACHER = "teacher", _("teacher")
    STAFF = "staff", _("administrative staff")


class Profession(TextChoices):
    MEDICINE = "medicine", _("medicine")
    DENTISTRY = "dentistry", _("dentistry")
    PHARMACY = "pharmacy", _("pharmacy")
    NURSING = "nursing", _("nursing")
    PUBLIC_HEALTH = "public_health", _("public health")
    OTHER = "other", _("other")


class LanguageLevel(TextChoices):
    """The ladder of the Common European Framework of Reference."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
