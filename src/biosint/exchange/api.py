"""The only door of exchange for other apps."""

from biosint.exchange.models import Application, Completion, Course, Recognition, Team
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
    recognise,
    set_places,
    start,
    write_activity,
)
from biosint.exchange.queries import catalogue
from biosint.exchange.states import ApplicationState, CourseState, Decision, Grade

__all__ = [
    "Application",
    "ApplicationState",
    "Completion",
    "Course",
    "CourseState",
    "Decision",
    "Grade",
    "Recognition",
    "Team",
    "accept_invitation",
    "admit",
    "apply",
    "catalogue",
    "create_course",
    "finish",
    "form_teams",
    "give_mark",
    "hand_in",
    "invite_teacher",
    "post",
    "publish",
    "publish_teams",
    "put_on_waiting_list",
    "recognise",
    "set_places",
    "start",
    "write_activity",
]
