"""The only door of notices for other apps."""

from biosint.notices.hours import on_the_wall
from biosint.notices.kinds import Kind, KindUnknown, register_kind
from biosint.notices.models import Notice
from biosint.notices.operations import tell, zone_of
from biosint.notices.queries import unread_count
from biosint.notices.states import Delivery

__all__ = [
    "Delivery",
    "Kind",
    "KindUnknown",
    "Notice",
    "on_the_wall",
    "register_kind",
    "tell",
    "unread_count",
    "zone_of",
]
