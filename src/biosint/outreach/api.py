"""The only door of outreach for other apps."""

from biosint.outreach.models import Activity, Enquiry, News
from biosint.outreach.operations import (
    enquire,
    log_activity,
    note_answer,
    publish_news,
    withdraw_activity,
)
from biosint.outreach.queries import activities_for, news_shown
from biosint.outreach.states import ActivityKind, TargetGroup

__all__ = [
    "Activity",
    "ActivityKind",
    "Enquiry",
    "News",
    "TargetGroup",
    "activities_for",
    "enquire",
    "log_activity",
    "news_shown",
    "note_answer",
    "publish_news",
    "withdraw_activity",
]
