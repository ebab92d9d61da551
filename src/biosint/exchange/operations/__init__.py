"""Writes of international courses: keyword-only, actor ``by``, clock ``at``, one transaction each."""

from biosint.exchange.operations._applications import (
    CourseFull,
    admit,
    apply,
    decline,
    put_on_waiting_list,
    take_out,
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
)
from biosint.exchange.operations._forgetting import forget
from biosint.exchange.operations._guests import apply_as_guest, send_guest_letter
from biosint.exchange.operations._marks import MarkedMeanwhile, give_mark
from biosint.exchange.operations._moves import NotInATeam, move, swap, undo
from biosint.exchange.operations._repair import Mending, mending, repair
from biosint.exchange.operations._seats import CannotForm, TeamsChanged, is_spoken
from biosint.exchange.operations._teachers import (
    InvitedAlready,
    NotATeacher,
    accept_invitation,
    decline_invitation,
    invite_teacher,
)
from biosint.exchange.operations._teams import (
    AdmittedMeanwhile,
    Draft,
    drafted,
    form_teams,
    lock,
    publish_teams,
)
from biosint.exchange.operations._teamwork import PRODUCT_FILE, NothingHandedIn, hand_in, post
from biosint.exchange.operations.design import write_activity
from biosint.exchange.operations.progress import note_progress, undo_done
from biosint.exchange.operations.scores import ScoredMeanwhile, give_score
from biosint.exchange.operations.ticks import tick

__all__ = [
    "PRODUCT_FILE",
    "AdmittedMeanwhile",
    "CannotForm",
    "CourseFull",
    "Draft",
    "InvitedAlready",
    "MarkedMeanwhile",
    "Mending",
    "NotATeacher",
    "NotInATeam",
    "NothingHandedIn",
    "ScoredMeanwhile",
    "TeamsChanged",
    "accept_invitation",
    "admit",
    "apply",
    "apply_as_guest",
    "cancel",
    "create_course",
    "decline",
    "decline_invitation",
    "drafted",
    "edit_course",
    "finish",
    "forget",
    "form_teams",
    "give_mark",
    "give_score",
    "hand_in",
    "invite_teacher",
    "is_spoken",
    "lock",
    "mending",
    "move",
    "note_progress",
    "post",
    "publish",
    "publish_teams",
    "put_on_waiting_list",
    "repair",
    "send_guest_letter",
    "set_places",
    "start",
    "swap",
    "take_out",
    "tick",
    "undo",
    "undo_done",
    "withdraw",
    "write_activity",
]
