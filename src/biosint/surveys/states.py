"""Kinds of questions and columns, audiences, and the moments of a collection. Plain data."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Texts of a questionnaire are written in these; Serbian in Latin letters follows from the Cyrillic.
LANGUAGES = ("en", "sr", "bs", "cnr", "hr", "sq", "ro", "nl")

# An answer begun before the end is still taken for so long: nobody loses half an hour of thought.
GRACE = timedelta(hours=1)

# In the session of a signed-in person: where to go on after answering, by the token of the questionnaire.
AFTERWARDS = "surveys.afterwards"

# Groups smaller than this are not shown where an institution is involved: somebody could be recognised.
# A campaign may choose another number between the two bounds, never none.
SMALLEST_GROUP = 5
SMALLEST_GROUP_BOUNDS = (3, 20)

# Columns every collection has besides the questions.
INSTITUTION = "institution"
GROUP = "group"  # the target group at the institution, e.g. second year
LANGUAGE = "language"
RESERVED = frozenset({INSTITUTION, GROUP, LANGUAGE, "key", "lang", "started", "ticket", "filling"})


class QuestionKind(TextChoices):
    CONSENT = "consent", _("consent")
    SINGLE = "single", _("one of several answers")
    MULTIPLE = "multiple", _("any of several answers")
    SCALE = "scale", _("statements rated on a scale")
    MATRIX = "matrix", _("several questions with the same answers")
    RANK = "rank", _("answers put in order")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    COUNTRY = "country", _("country")
    LANGUAGES = "languages", _("languages")
    TEXT = "text", _("free text")


class ColumnKind(TextChoices):
    """What one column of an answer set holds, and how its answers are written down.

    SINGLE: the code of an option. MULTIPLE: a list of codes in the order of the options. RANK: a list of
    codes, the preferred first. POINT, NUMBER: a number. DATE: an ISO day. TEXT: words.
    A country is SINGLE and languages are MULTIPLE, with ISO codes as options.
    """

    SINGLE = "single", _("one of several answers")
    MULTIPLE = "multiple", _("any of several answers")
    RANK = "rank", _("answers put in order")
    POINT = "point", _("point on a scale")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    TEXT = "text", _("free text")


class Audience(TextChoices):
    STUDENTS = "students", _("students")
    TEACHERS = "teachers", _("teachers")
    STAFF = "staff", _("administrative staff")
    PARTICIPANTS = "participants", _("participants of an event")
    OTHERS = "others", _("others")


class Phase(TextChoices):
    """Where a collection stands at a moment."""

    PLANNED = "planned", _("not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Entry(TextChoices):
    """Who may answer: everybody with the link, or whoever holds a ticket that is not spent."""

    LINK = "link", _("everybody who has the link")
    TICKETS = "tickets", _("only who holds a personal ticket")


class Pairing(TextChoices):
    """Whether people make a code of their own that ties their answers before and after, but not to them."""

    OFF = "off", _("not asked for")
    OPTIONAL = "optional", _("asked for, may be left out")
    REQUIRED = "required", _("asked of everybody")
