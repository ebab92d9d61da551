"""The only door of lti for other apps.

An app registers a ``Home`` for its kind of place in its ``providers.register``, puts a tool there with ``place_link``
and leads people to ``{% url "lti:open" link.public_id %}``.
"""

from biosint.lti.homes import Context, Home, Member, Role, register
from biosint.lti.models import Choice, Link, Result, Tool
from biosint.lti.operations import begin_choice, keep_tool, place_link
from biosint.lti.rules import usable_at

__all__ = [
    "Choice",
    "Context",
    "Home",
    "Link",
    "Member",
    "Result",
    "Role",
    "Tool",
    "begin_choice",
    "keep_tool",
    "place_link",
    "register",
    "usable_at",
]
