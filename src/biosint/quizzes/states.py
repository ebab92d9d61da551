"""Words that stand in the database: kinds of questions, which attempt counts, when the key is shown."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    CHOICE = "choice", _("One answer of several")
    MULTIPLE = "multiple", _("Several answers")
    ORDER = "order", _("Put in order")
    MATCH = "match", _("Match pairs")
    NUMBER = "number", _("Number")
    TEXT = "text", _("Text")


class Counting(models.TextChoices):
    """Which of several attempts counts."""

    BEST = "best", _("the best attempt")
    LAST = "last", _("the last attempt")


class Reveal(models.TextChoices):
    """When learners see what was right."""

    SENT = "sent", _("as soon as an attempt is sent")
    CLOSED = "closed", _("when nobody can answer any more")
    NEVER = "never", _("never: only the points are shown")


class AttemptState(models.TextChoices):
    OPEN = "open", _("being answered")
    SENT = "sent", _("sent")


# What arrives so much after the end of the time still counts: lines are slow, and clocks are nobody's fault.
GRACE = timedelta(seconds=30)
MOST_QUESTIONS = 200
# Figures of single questions say nothing, and too much about single people, below so many attempts.
FEWEST_ATTEMPTS = 5
