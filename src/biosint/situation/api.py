"""The only door of situation for other apps."""

from biosint.situation.models import Participation, Round, Value
from biosint.situation.operations.rounds import (
    CLOSED,
    Entry,
    close_round,
    draft_round,
    fill,
    open_round,
)
from biosint.situation.queries.index import (
    Comparison,
    Pair,
    change_of,
    comparison,
    counted_at,
    index_of,
    readings,
)
from biosint.situation.queries.rounds import latest_pair, participations_of, rounds_of, values_of
from biosint.situation.states import RoundState

__all__ = [
    "CLOSED",
    "Comparison",
    "Entry",
    "Pair",
    "Participation",
    "Round",
    "RoundState",
    "Value",
    "change_of",
    "close_round",
    "comparison",
    "counted_at",
    "draft_round",
    "fill",
    "index_of",
    "latest_pair",
    "open_round",
    "participations_of",
    "readings",
    "rounds_of",
    "values_of",
]
