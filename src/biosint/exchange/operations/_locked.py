"""Locks: whoever changes a course locks its row first, then reads what the rules judge."""

from __future__ import annotations

from biosint.exchange.models import Course


def locked(course_id: int) -> Course:
    """Return the course, locked until the transaction ends. Inside a transaction only."""
    return Course.objects.select_for_update(of=["self"]).select_related("host").get(pk=course_id)
