"""The only door of exchange for other apps."""

from biosint.exchange.awards import award_of
from biosint.exchange.events import PlaceChanged, place_given, place_left
from biosint.exchange.models import Application, Award, Completion, Course, Team
from biosint.exchange.operations import (
    accept_invitation,
    admit,
    apply,
    create_course,
    finish,
    form_teams,
    give_mark,
    hand_in,
    invite_teacher,
    post,
    publish,
    publish_teams,
    put_on_waiting_list,
    set_places,
    start,
    withdraw,
    write_activity,
)
from biosint.exchange.operations.award import change_award
from biosint.exchange.plans import PRESETS, Plan, teams_of
from biosint.exchange.queries import catalogue, taught_by
from biosint.exchange.queries.scales import LocalGrade, local_grade
from biosint.exchange.states import ApplicationState, CourseState, Grade

__all__ = [
    "PRESETS",
    "Application",
    "ApplicationState",
    "Award",
    "Completion",
    "Course",
    "CourseState",
    "Grade",
    "LocalGrade",
    "PlaceChanged",
    "Plan",
    "Team",
    "accept_invitation",
    "admit",
    "apply",
    "award_of",
    "catalogue",
    "change_award",
    "create_course",
    "finish",
    "form_teams",
    "give_mark",
    "hand_in",
    "invite_teacher",
    "local_grade",
    "place_given",
    "place_left",
    "post",
    "publish",
    "publish_teams",
    "put_on_waiting_list",
    "set_places",
    "start",
    "taught_by",
    "teams_of",
    "withdraw",
    "write_activity",
]
