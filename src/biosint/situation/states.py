"""States of what situation owns, and their legal moves. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """A round of the index. A closed round never changes."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open for values")
    CLOSED = "closed", _("closed")


ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}
