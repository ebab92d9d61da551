"""Records of international courses: the course, learning in it, and the work of its teams."""

from biosint.exchange.models._award import Award
from biosint.exchange.models._book import (
    ActivityGroup,
    Excuse,
    Extension,
    LateRule,
    MarkingPlan,
)
from biosint.exchange.models._course import Activity, Course, Participation, Teaching
from biosint.exchange.models._design import CalendarFeed, OpenTemplate, PlanChange, PlanSource, PlanVersion
from biosint.exchange.models._discussion import Contribution, FormerWords, Thread, Visit
from biosint.exchange.models._facilitation import Facilitation, Intervention
from biosint.exchange.models._group import PutForward
from biosint.exchange.models._learning import Application, Completion, Mark
from biosint.exchange.models._live import Attendance, LiveRoom
from biosint.exchange.models._marking import AtWork, Deviation, Marking, Phrase
from biosint.exchange.models._material import Material
from biosint.exchange.models._peer_review import Review, ReviewedWork, Reviewer
from biosint.exchange.models._poll import Ballot, Poll, PollCount, Voter
from biosint.exchange.models._product import Product, WorkPad
from biosint.exchange.models._progress import Progress, Reminder, Score
from biosint.exchange.models._quizzes import CourseBank, MoreTime, QuizActivity
from biosint.exchange.models._requirement import Requirement
from biosint.exchange.models._room import (
    Meeting,
    MeetingPresence,
    MeetingSlot,
    MeetingVote,
    Pulse,
    RoomFile,
    RoomPad,
    RoomTask,
    RoomVisit,
)
from biosint.exchange.models._rubric import Rubric
from biosint.exchange.models._scales import LocalScale
from biosint.exchange.models._searching import SearchWord
from biosint.exchange.models._self_assessment import SelfDistribution, SelfRating
from biosint.exchange.models._survey import CourseSurvey, SurveyTicket
from biosint.exchange.models._teamwork import Post, Team, TeamMember, TeamPlan
from biosint.exchange.models._wordings import ActivityWords, CourseWords

__all__ = [
    "Activity",
    "ActivityGroup",
    "ActivityWords",
    "Application",
    "AtWork",
    "Attendance",
    "Award",
    "Ballot",
    "CalendarFeed",
    "Completion",
    "Contribution",
    "Course",
    "CourseBank",
    "CourseSurvey",
    "CourseWords",
    "Deviation",
    "Excuse",
    "Extension",
    "Facilitation",
    "FormerWords",
    "Intervention",
    "LateRule",
    "LiveRoom",
    "LocalScale",
    "Mark",
    "Marking",
    "MarkingPlan",
    "Material",
    "Meeting",
    "MeetingPresence",
    "MeetingSlot",
    "MeetingVote",
    "MoreTime",
    "OpenTemplate",
    "Participation",
    "Phrase",
    "PlanChange",
    "PlanSource",
    "PlanVersion",
    "Poll",
    "PollCount",
    "Post",
    "Product",
    "Progress",
    "Pulse",
    "PutForward",
    "QuizActivity",
    "Reminder",
    "Requirement",
    "Review",
    "ReviewedWork",
    "Reviewer",
    "RoomFile",
    "RoomPad",
    "RoomTask",
    "RoomVisit",
    "Rubric",
    "Score",
    "SearchWord",
    "SelfDistribution",
    "SelfRating",
    "SurveyTicket",
    "Teaching",
    "Team",
    "TeamMember",
    "TeamPlan",
    "Thread",
    "Visit",
    "Voter",
    "WorkPad",
]
