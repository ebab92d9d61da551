"""The only door of notices for other apps."""

from biosint.notices.models import Notice
from biosint.notices.operations import tell
from biosint.notices.queries import unread_count

__all__ = ["Notice", "tell", "unread_count"]
