"""The only door of situation for other apps."""

from biosint.situation.models import Analysis, Campaign, Participation, Round, Value
from biosint.situation.operations.analyses import (
    begin_analysis,
    describe_analysis,
    keep_result,
    publish_analysis,
)
from biosint.situation.operations.campaigns import (
    ANALYSIS_PUBLISHED,
    ANSWERS_COLLECTED,
    close_campaign,
    start_campaign,
)
from biosint.situation.operations.rounds import (
    CLOSED,
    Entry,
    close_round,
    discard_round,
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
from biosint.situation.questions import Question
from biosint.situation.states import RoundState

__all__ = [
    "ANALYSIS_PUBLISHED",
    "ANSWERS_COLLECTED",
    "CLOSED",
    "Analysis",
    "Campaign",
    "Comparison",
    "Entry",
    "Pair",
    "Participation",
    "Question",
    "Round",
    "RoundState",
    "Value",
    "begin_analysis",
    "change_of",
    "close_campaign",
    "close_round",
    "comparison",
    "counted_at",
    "describe_analysis",
    "discard_round",
    "draft_round",
    "fill",
    "index_of",
    "keep_result",
    "latest_pair",
    "open_round",
    "participations_of",
    "publish_analysis",
    "readings",
    "rounds_of",
    "start_campaign",
    "values_of",
]
