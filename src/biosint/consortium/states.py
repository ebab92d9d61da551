"""States of a membership and the legal moves between them. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an institution is in a consortium."""

    COORDINATOR = "coordinator", _("coordinator")
    PARTNER = "partner", _("partner")
    ASSOCIATED = "associated", _("associated partner")


class MembershipState(TextChoices):
    INVITED = "invited", _("invited")
    ASKED = "asked", _("asks to join")
    MEMBER = "member", _("member")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("has left")


# Declined and left are ends: who comes again starts a new membership, so that the old answer stays on record.
MOVES: dict[MembershipState, frozenset[MembershipState]] = {
    MembershipState.INVITED: frozenset({MembershipState.MEMBER, MembershipState.DECLINED}),
    MembershipState.ASKED: frozenset({MembershipState.MEMBER, MembershipState.DECLINED}),
    MembershipState.MEMBER: frozenset({MembershipState.LEFT}),
    MembershipState.DECLINED: frozenset(),
    MembershipState.LEFT: frozenset(),
}
# Only one of these may stand for an institution in one consortium.
STANDING = (MembershipState.INVITED, MembershipState.ASKED, MembershipState.MEMBER)
