"""Kinds of indicators, what their counts are set against, and states of a bank version. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IndicatorKind(TextChoices):
    YES_NO = "yes_no", _("yes or no")
    LEVEL = "level", _("level 0 to 4")
    RATIO = "ratio", _("share of a whole")
    COUNT_PER_100 = "count_per_100", _("count for every 100")


class Base(TextChoices):
    """Where the denominator of a counted indicator comes from."""

    TYPED = "typed", _("typed by the institution")
    STUDENTS = "students", _("students of the institution")
    TEACHERS = "teachers", _("teachers of the institution")


class BankState(TextChoices):
    """A published version never changes."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


HIGHEST_LEVEL = 4
# Languages in which a bank can be written; Serbian once, in Cyrillic (docs/adr/0006).
LANGUAGES = ("en", "sr", "bs", "cnr", "hr", "sq", "ro", "nl")
