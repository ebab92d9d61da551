"""What a person at the command line did that cannot work."""

from __future__ import annotations


class Unusable(Exception):
    """Input that cannot be used; the text is one sentence for whoever typed it."""
