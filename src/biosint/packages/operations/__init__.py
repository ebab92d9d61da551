"""Everything that changes packages and what people reach in them."""

from biosint.packages.operations._attempts import AttemptUnknown, begin, try_out
from biosint.packages.operations._forgetting import forget
from biosint.packages.operations._intake import PackageTooLarge, hand_in, hand_over, unpack
from biosint.packages.operations._reports import Recorded, Report, ReportUnknown, open_player, record

__all__ = [
    "AttemptUnknown",
    "PackageTooLarge",
    "Recorded",
    "Report",
    "ReportUnknown",
    "begin",
    "forget",
    "hand_in",
    "hand_over",
    "open_player",
    "record",
    "try_out",
    "unpack",
]
