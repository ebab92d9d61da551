"""Kinds, groups and states of dissemination. Plain data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# What results are published under unless a record says otherwise, as the funder asks.
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


class ActivityKind(TextChoices):
    TALK = "talk", _("talk or poster")
    PUBLICATION = "publication", _("publication")
    WEBSITE = "website", _("website")
    SOCIAL = "social", _("social media")
    PRESS = "press", _("press, radio, television")
    EVENT = "event", _("event")
    TRAINING = "training", _("training or workshop")
    OTHER = "other", _("other")


class TargetGroup(TextChoices):
    STUDENTS = "students", _("students")
    TEACHERS = "teachers", _("teachers")
    STAFF = "staff", _("administrative staff")
    UNIVERSITIES = "universities", _("other universities")
    HOSPITALS = "hospitals", _("hospitals and health services")
    POLICY = "policy", _("ministries and agencies")
    PROFESSION = "profession", _("chambers and professional societies")
    SCHOOLS = "schools", _("schools")
    COMPANIES = "companies", _("companies")
    PUBLIC = "public", _("general public")


class EnquiryState(TextChoices):
    NEW = "new", _("new")
    ANSWERED = "answered", _("answered")


# An enquiry is answered once; what follows is correspondence outside the platform.
ENQUIRY_MOVES: dict[EnquiryState, frozenset[EnquiryState]] = {
    EnquiryState.NEW: frozenset({EnquiryState.ANSWERED}),
    EnquiryState.ANSWERED: frozenset(),
}

# The languages in which news and practices are written; Serbian Latin follows from the Cyrillic.
WRITTEN_LANGUAGES = ("en", "sr", "sq")


class PracticeState(TextChoices):
    SUBMITTED = "submitted", _("waits for a colleague’s review")
    SENT_BACK = "sent_back", _("sent back to its writer")
    PUBLISHED = "published", _("published")


PRACTICE_MOVES: dict[PracticeState, frozenset[PracticeState]] = {
    PracticeState.SUBMITTED: frozenset({PracticeState.SENT_BACK, PracticeState.PUBLISHED}),
    PracticeState.SENT_BACK: frozenset({PracticeState.SUBMITTED}),
    PracticeState.PUBLISHED: frozenset(),
}
