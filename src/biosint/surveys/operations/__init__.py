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
from biosint.surveys.operations.importing import (
    AlreadyImported,
    Choices,
    NothingUsable,
    check,
    choose,
    needs_job,
    read_differently,
    receive,
    start_writing,
    write,
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
    "AlreadyImported",
    "Choices",
    "DraftExists",
    "NotOpen",
    "NothingUsable",
    "TimesWrong",
    "add_rows",
    "adopt_template",
    "announce",
    "change_draft",
    "check",
    "choose",
    "close",
    "needs_job",
    "publish",
    "read_differently",
    "receive",
    "revise",
    "start_collection",
    "start_writing",
    "take_answer",
    "takes_answer",
    "write",
]
