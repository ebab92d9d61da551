"""Everything that writes in surveys."""

from biosint.surveys.operations.collecting import (
    AlreadyCounted,
    NotOpen,
    add_rows,
    close,
    start_collection,
    take_answer,
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
    "add_rows",
    "adopt_template",
    "change_draft",
    "close",
    "publish",
    "revise",
    "start_collection",
    "take_answer",
]
