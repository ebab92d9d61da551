"""Everything that writes in outreach: the log, news, enquiries, good practices."""

from biosint.outreach.operations.enquiries import enquire, forget_enquirer, note_answer
from biosint.outreach.operations.log import (
    HELD,
    PROOF_FILE,
    REACHED,
    NotYetHeld,
    ProofMissing,
    ReasonMissing,
    UncountedReach,
    log_activity,
    withdraw_activity,
)
from biosint.outreach.operations.news import NothingSaid, correct_news, publish_news, take_down_news
from biosint.outreach.operations.practices import (
    PRACTICE_PUBLISHED,
    PRACTICE_USED,
    ReviewMissing,
    UsedAlready,
    review_practice,
    rewrite_practice,
    use_practice,
    write_practice,
)

__all__ = [
    "HELD",
    "PRACTICE_PUBLISHED",
    "PRACTICE_USED",
    "PROOF_FILE",
    "REACHED",
    "NotYetHeld",
    "NothingSaid",
    "ProofMissing",
    "ReasonMissing",
    "ReviewMissing",
    "UncountedReach",
    "UsedAlready",
    "correct_news",
    "enquire",
    "forget_enquirer",
    "log_activity",
    "note_answer",
    "publish_news",
    "review_practice",
    "rewrite_practice",
    "take_down_news",
    "use_practice",
    "withdraw_activity",
    "write_practice",
]
