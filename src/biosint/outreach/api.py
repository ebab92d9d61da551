"""The only door of outreach for other apps."""

from biosint.outreach.models import Activity, Enquiry, News, Practice
from biosint.outreach.operations import (
    enquire,
    log_activity,
    note_answer,
    publish_news,
    review_practice,
    use_practice,
    withdraw_activity,
    write_practice,
)
from biosint.outreach.queries import activities_for, news_shown
from biosint.outreach.states import ActivityKind, TargetGroup

__all__ = [
    "Activity",
    "ActivityKind",
    "Enquiry",
    "News",
    "Practice",
    "TargetGroup",
    "activities_for",
    "enquire",
    "log_activity",
    "news_shown",
    "note_answer",
    "publish_news",
    "review_practice",
    "use_practice",
    "withdraw_activity",
    "write_practice",
]
