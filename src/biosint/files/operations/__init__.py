"""What writes: keeping whole files, and taking in those that arrive in parts."""

from biosint.files.operations.arriving import (
    ArrivalGone,
    NotAllowedHere,
    TooMuchOnTheWay,
    begin_arrival,
    drop_arrival,
    forget,
    receive,
    sweep,
)
from biosint.files.operations.storing import (
    FileEmpty,
    FileTooLarge,
    FileUnsafe,
    FormatRefused,
    check,
    clean_name,
    store,
    take,
)

__all__ = [
    "ArrivalGone",
    "FileEmpty",
    "FileTooLarge",
    "FileUnsafe",
    "FormatRefused",
    "NotAllowedHere",
    "TooMuchOnTheWay",
    "begin_arrival",
    "check",
    "clean_name",
    "drop_arrival",
    "forget",
    "receive",
    "store",
    "sweep",
    "take",
]
