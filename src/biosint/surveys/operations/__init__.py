"""Everything that writes in surveys."""

from biosint.surveys.operations.collecting import (
    AlreadyCounted,
    NotOpen,
    TimesWrong,
    add_rows,
    announce,
    close,
    start_collection,
    take_answer,
    takes_answer,
)
from biosint.surveys.operations.questionnaires import (
    DraftExists,
    adopt_template,
    change_draft,
    publish,
    revise,
)

__all__ = [
    "AlreadyCounted",
    "DraftExists",
    "NotOpen",
    "TimesWrong",
    "add_rows",
    "adopt_template",
    "announce",
    "change_draft",
    "close",
    "publish",
    "revise",
    "start_collection",
    "take_answer",
    "takes_answer",
]
