"""What exchange tells people of; each chooses how they hear of every kind."""

from django.utils.translation import gettext_lazy as _

from biosint.notices.api import Kind

PLACE = Kind("exchange.place", _("Places in courses"), _("Whether you have a place, or where you wait."))
DUE = Kind("exchange.due", _("Dates that come near"), _("Two days before work in a course is due."))
TEAM = Kind("exchange.team", _("Your team"), _("What your team writes, and who is in it."))
MARKS = Kind(
    "exchange.marks", _("Marks and certificates"), _("When your work is marked, or a course completed.")
)
TEACHING = Kind("exchange.teaching", _("Teaching"), _("Invitations to teach, and what waits at your desk."))
KINDS = (PLACE, DUE, TEAM, MARKS, TEACHING)
