"""Writes of international courses: keyword-only, actor ``by``, clock ``at``, one transaction each."""

from biosint.exchange.operations._applications import (
    CourseFull,
    admit,
    apply,
    decline,
    put_on_waiting_list,
    withdraw,
)
from biosint.exchange.operations._complete import finish
from biosint.exchange.operations._courses import (
    cancel,
    create_course,
    edit_course,
    publish,
    set_places,
    start,
    write_activity,
)
from biosint.exchange.operations._guests import apply_as_guest, send_guest_letter
from biosint.exchange.operations._marks import MarkedMeanwhile, give_mark
from biosint.exchange.operations._recognition import recognise
from biosint.exchange.operations._teachers import (
    InvitedAlready,
    NotATeacher,
    accept_invitation,
    decline_invitation,
    invite_teacher,
)
from biosint.exchange.operations._teams import AdmittedMeanwhile, form_teams, publish_teams
from biosint.exchange.operations._teamwork import PRODUCT_FILE, NothingHandedIn, hand_in, post

__all__ = [
    "PRODUCT_FILE",
    "AdmittedMeanwhile",
    "CourseFull",
    "InvitedAlready",
    "MarkedMeanwhile",
    "NotATeacher",
    "NothingHandedIn",
    "accept_invitation",
    "admit",
    "apply",
    "apply_as_guest",
    "cancel",
    "create_course",
    "decline",
    "decline_invitation",
    "edit_course",
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
    "send_guest_letter",
    "set_places",
    "start",
    "withdraw",
    "write_activity",
]
