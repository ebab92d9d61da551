"""The only door of exchange for other apps."""

from biosint.exchange.awards import award_of
from biosint.exchange.events import PlaceChanged, place_given, place_left
from biosint.exchange.models import Activity, Application, Award, Completion, Course, Team
from biosint.exchange.operations import (
    accept_invitation,
    admit,
    apply,
    create_course,
    finish,
    form_teams,
    give_mark,
    give_score,
    hand_in,
    invite_teacher,
    post,
    publish,
    publish_teams,
    put_on_waiting_list,
    set_places,
    start,
    tick,
    withdraw,
    write_activity,
)
from biosint.exchange.operations.award import change_award
from biosint.exchange.operations.discussion import answer, begin_thread
from biosint.exchange.operations.facilitation import answer_pulse, appoint_facilitator, note_intervention
from biosint.exchange.operations.gradebook import extend, release, set_late_rule
from biosint.exchange.operations.materials import add_material
from biosint.exchange.operations.meetings import close_meeting, propose_meeting, vote
from biosint.exchange.operations.packages import begin_package, hand_in_package
from biosint.exchange.operations.products import hand_in_work, open_work_pad
from biosint.exchange.operations.quizzes import begin_quiz
from biosint.exchange.operations.room import add_task, open_pad, tick_task
from biosint.exchange.operations.rubrics import write_rubric
from biosint.exchange.operations.scales import keep_scale
from biosint.exchange.operations.surveys import note_answered as note_survey_answered
from biosint.exchange.operations.surveys import open_comparison
from biosint.exchange.operations.surveys import take_ticket as take_survey_ticket
from biosint.exchange.operations.tools import place_tool
from biosint.exchange.operations.wordings import say_activity, say_course
from biosint.exchange.plans import PRESETS, Plan, teams_of
from biosint.exchange.queries import catalogue, taught_by
from biosint.exchange.queries.quizzes import quiz_of
from biosint.exchange.queries.scales import LocalGrade, local_grade
from biosint.exchange.rubrics import Criterion, Level, Rubric
from biosint.exchange.rules.activities import TICKED
from biosint.exchange.states import (
    ActivityKind,
    ApplicationState,
    CourseState,
    Grade,
    InterventionKind,
    OverlapRule,
    RoomText,
    ScoreSource,
    SlotVote,
)
from biosint.exchange.timetable import moment_in_week

__all__ = [
    "PRESETS",
    "TICKED",
    "Activity",
    "ActivityKind",
    "Application",
    "ApplicationState",
    "Award",
    "Completion",
    "Course",
    "CourseState",
    "Criterion",
    "Grade",
    "InterventionKind",
    "Level",
    "LocalGrade",
    "OverlapRule",
    "PlaceChanged",
    "Plan",
    "RoomText",
    "Rubric",
    "ScoreSource",
    "SlotVote",
    "Team",
    "accept_invitation",
    "add_material",
    "add_task",
    "admit",
    "answer",
    "answer_pulse",
    "apply",
    "appoint_facilitator",
    "award_of",
    "begin_package",
    "begin_quiz",
    "begin_thread",
    "catalogue",
    "change_award",
    "close_meeting",
    "create_course",
    "extend",
    "finish",
    "form_teams",
    "give_mark",
    "give_score",
    "hand_in",
    "hand_in_package",
    "hand_in_work",
    "invite_teacher",
    "keep_scale",
    "local_grade",
    "moment_in_week",
    "note_intervention",
    "note_survey_answered",
    "open_comparison",
    "open_pad",
    "open_work_pad",
    "place_given",
    "place_left",
    "place_tool",
    "post",
    "propose_meeting",
    "publish",
    "publish_teams",
    "put_on_waiting_list",
    "quiz_of",
    "release",
    "say_activity",
    "say_course",
    "set_late_rule",
    "set_places",
    "start",
    "take_survey_ticket",
    "taught_by",
    "teams_of",
    "tick",
    "tick_task",
    "vote",
    "withdraw",
    "write_activity",
    "write_rubric",
]
