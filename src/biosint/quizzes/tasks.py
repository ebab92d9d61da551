"""Work of quizzes that happens without anybody waiting for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.quizzes.operations import attempts


@task("quizzes.close_overdue", title=gettext_lazy("Sending answers whose time is over"))
def close_overdue(_job: Progress, *, quiz_id: int) -> Any:
    """Send the drafts of people whose time is over; come again when somebody has been given more time."""
    now = timezone.now()
    nearest = attempts.close_overdue(quiz_id=quiz_id, at=now)
    if nearest is not None:
        attempts.watch(quiz_id, end=nearest, at=now)
    return {}
