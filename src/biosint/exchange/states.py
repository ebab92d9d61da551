"""States, legal moves, ladders of international courses. Plain data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseState(TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open for applications")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")


COURSE_MOVES: dict[CourseState, frozenset[CourseState]] = {
    CourseState.DRAFT: frozenset({CourseState.OPEN, CourseState.CANCELLED}),
    CourseState.OPEN: frozenset({CourseState.RUNNING, CourseState.CANCELLED}),
    CourseState.RUNNING: frozenset({CourseState.FINISHED, CourseState.CANCELLED}),
    CourseState.FINISHED: frozenset(),
    CourseState.CANCELLED: frozenset(),
}

# What anybody may see. A draft belongs to its teachers; a cancelled course disappears for all others.
PUBLIC_STATES = frozenset({CourseState.OPEN, CourseState.RUNNING, CourseState.FINISHED})


class ApplicationState(TextChoices):
    SUBMITTED = "submitted", _("waiting for a decision")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("a place is offered")
    ADMITTED = "admitted", _("admitted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn by the learner")
    LAPSED = "lapsed", _("not accepted in time")


APPLICATION_MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.SUBMITTED: frozenset(
        {
            ApplicationState.ADMITTED,
            ApplicationState.WAITING,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.WAITING: frozenset(
        {
            ApplicationState.OFFERED,
            ApplicationState.ADMITTED,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.OFFERED: frozenset(
        {
            ApplicationState.ADMITTED,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
            ApplicationState.LAPSED,
        }
    ),
    ApplicationState.ADMITTED: frozenset({ApplicationState.WITHDRAWN}),
    ApplicationState.DECLINED: frozenset({ApplicationState.ADMITTED, ApplicationState.WAITING}),
    ApplicationState.WITHDRAWN: frozenset({ApplicationState.SUBMITTED}),
    ApplicationState.LAPSED: frozenset(
        {ApplicationState.SUBMITTED, ApplicationState.ADMITTED, ApplicationState.WAITING}
    ),
}

# An offered place is kept for its learner until they answer or the date has passed.
PLACE_TAKEN = frozenset({ApplicationState.ADMITTED, ApplicationState.OFFERED})
# Whoever left, or let an offer pass, may apply once more.
APPLIES_AGAIN = frozenset({ApplicationState.WITHDRAWN, ApplicationState.LAPSED})


class RequirementKind(TextChoices):
    """What a course may ask of those who apply."""

    LANGUAGE = "language", _("level of the language")
    YEAR = "year", _("year of study")
    PROFESSION = "profession", _("field of study")
    KNOWLEDGE = "knowledge", _("earlier knowledge")
    QUESTION = "question", _("question of the course")


class ActivityKind(TextChoices):
    PAGE = "page", _("page")
    FILE = "file", _("files")
    DISCUSSION = "discussion", _("discussion")
    QUIZ = "quiz", _("quiz")
    PRODUCT = "product", _("work to hand in")
    PEER_REVIEW = "peer_review", _("peer review")
    POLL = "poll", _("poll")
    LIVE = "live", _("live session")
    SELF_ASSESSMENT = "self_assessment", _("self-assessment")
    PACKAGE = "package", _("learning package")
    TOOL = "tool", _("external tool")
    SURVEY = "survey", _("survey")


class SurveyMoment(TextChoices):
    """When a survey of a course asks; change is told between the two."""

    BEFORE = "before", _("before the work begins")
    AFTER = "after", _("after it")


class MaterialKind(TextChoices):
    """What teachers put beside the text of an activity."""

    PICTURE = "picture", _("picture")
    VIDEO = "video", _("film")
    CAPTIONS = "captions", _("captions")
    FILE = "file", _("file")


class Phase(TextChoices):
    """The five phases of collaborative online international learning (COIL)."""

    PREPARE = "prepare", _("prepare")
    MEET = "meet", _("meet")
    ENGAGE = "engage", _("engage")
    COLLABORATE = "collaborate", _("collaborate")
    CONCLUDE = "conclude", _("conclude")


class ScoreSource(TextChoices):
    AUTO = "auto", _("worked out by the platform")
    TEACHER = "teacher", _("given by a teacher")
    PEER = "peer", _("given by other learners")
    TOOL = "tool", _("sent by an external tool")


class AttendanceForm(TextChoices):
    """How learners take part, as a micro-credential says it."""

    ONLINE = "online", _("online")
    BLENDED = "blended", _("online and on site")


class OverlapRule(TextChoices):
    """Which local grade is taken where several fit; an institution settles it beforehand."""

    LOWEST = "lowest", _("take the lowest")
    MIDDLE = "middle", _("take the one in the middle")
    HIGHEST = "highest", _("take the best")


class Presence(TextChoices):
    """Whether a learner was in a live session."""

    ABSENT = "absent", _("not there")
    THERE = "there", _("there")
    LATE = "late", _("came late")


class Grade(TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    E = "E", "E"
    F = "F", "F"


def grade_of(points: int, *, pass_mark: int) -> Grade:
    """Return the ECTS letter of 0 to 100 points.

    Below the pass mark it is F. From the pass mark to 100 five bands of equal width lead from E to A:
    with the pass mark 51, as usual in Serbia, E is 51 to 60 and A is 91 to 100.

    >>> [str(grade_of(points, pass_mark=51)) for points in (50, 51, 60, 61, 90, 91, 100)]
    ['F', 'E', 'E', 'D', 'B', 'A', 'A']
    """
    if points < pass_mark:
        return Grade.F
    band = (points - pass_mark) * 5 // (101 - pass_mark)
    return (Grade.E, Grade.D, Grade.C, Grade.B, Grade.A)[band]


# English ladders as numbers, so that teams can be balanced.
LEVEL_STEPS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}


class PlanVerb(TextChoices):
    """What was done to the joint plan of a course."""

    ADDED = "added", _("added")
    EDITED = "edited", _("changed")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("removed")
    RESTORED = "restored", _("brought back")
    PLACED = "placed", _("placed from a template")
    SHIFTED = "shifted", _("moved the whole plan")
    TURNED_BACK = "turned_back", _("went back to a kept version")


class Licence(TextChoices):
    """Under which others may take an open template over and change it."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"


LICENCE_ADDRESSES: dict[Licence, str] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}


class RoomText(TextChoices):
    NOTES = "notes", _("notes")
    AGREEMENT = "agreement", _("how we work")


class SlotVote(TextChoices):
    YES = "yes", _("yes")
    MAYBE = "maybe", _("if need be")
    NO = "no", _("no")


class InterventionKind(TextChoices):
    NUDGE = "nudge", _("reminder sent")
    MESSAGE = "message", _("message or mail")
    TALK = "talk", _("conversation")
    MEETING = "meeting", _("meeting with the team")
    CHANGE = "change", _("change of the team")
    OTHER = "other", _("something else")
