"""Kinds and states of offers, and what comes of a meeting. Plain data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferKind(TextChoices):
    COURSE = "course", _("a course seeks a partner")
    PLACE = "place", _("a place in a course is offered")
    LECTURE = "lecture", _("a guest lecture is sought")


class OfferState(TextChoices):
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    FOUND = "found", _("partner found")
    CLOSED = "closed", _("closed")


# Whoever made an offer may take it up again; only what ran out by its date stays closed until a new date is set.
OFFER_MOVES: dict[OfferState, frozenset[OfferState]] = {
    OfferState.OPEN: frozenset({OfferState.PAUSED, OfferState.FOUND, OfferState.CLOSED}),
    OfferState.PAUSED: frozenset({OfferState.OPEN, OfferState.FOUND, OfferState.CLOSED}),
    OfferState.FOUND: frozenset({OfferState.OPEN, OfferState.CLOSED}),
    OfferState.CLOSED: frozenset({OfferState.OPEN}),
}


class CourseFormat(TextChoices):
    COIL = "coil", _("joint weeks inside two courses (COIL)")
    SHORT = "short", _("short course")
    FULL = "full", _("full course")


class StudyLevel(TextChoices):
    """Levels of the European Qualifications Framework at which universities teach."""

    EQF5 = "5", _("EQF 5: short cycle")
    EQF6 = "6", _("EQF 6: bachelor, years 1 to 3")
    EQF7 = "7", _("EQF 7: master, years 4 to 6")
    EQF8 = "8", _("EQF 8: doctorate")


class Outcome(TextChoices):
    """What came of a short meeting."""

    COURSE = "course", _("we begin a course")
    TALKS = "talks", _("we go on talking")
    NOTHING = "nothing", _("it does not fit")
    MISSED = "missed", _("we did not meet")
