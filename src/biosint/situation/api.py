"""The only door of situation for other apps."""

from biosint.situation.models import (
    Analysis,
    Campaign,
    Codebook,
    Finding,
    Objective,
    Participation,
    Round,
    Source,
    Value,
    Workshop,
)
from biosint.situation.models.workshops import Figure
from biosint.situation.operations.analyses import (
    begin_analysis,
    describe_analysis,
    keep_result,
    publish_analysis,
)
from biosint.situation.operations.campaigns import (
    ANALYSIS_PUBLISHED,
    ANSWERS_COLLECTED,
    Terms,
    close_campaign,
    start_campaign,
)
from biosint.situation.operations.closing import CLOSED, close_round
from biosint.situation.operations.coding import (
    add_code,
    begin_codebook,
    close_codebook,
    code_answer,
    decide,
    name_coder,
    release_quote,
)
from biosint.situation.operations.filling import Entry, fill, hand_in
from biosint.situation.operations.formulas import add_formula
from biosint.situation.operations.objectives import Aim, add_objective, add_option
from biosint.situation.operations.reports import (
    REPORT_FINAL,
    begin_report,
    finalise_report,
    make_paper,
    publish_report,
    write_report,
)
from biosint.situation.operations.research import (
    FindingFacts,
    SourceFacts,
    add_source,
    grade,
    publish_finding,
    write_finding,
)
from biosint.situation.operations.reviews import Said, answer, finish_review, say
from biosint.situation.operations.rounds import discard_round, draft_round, open_round
from biosint.situation.operations.votes import cast, close_vote, open_vote
from biosint.situation.operations.workshops import (
    add_statement,
    begin_workshop,
    close_workshop,
    mend_statement,
    merge,
    move_statement,
    propose,
)
from biosint.situation.queries.coding import agreements, coded_variables, desk_of, frequencies
from biosint.situation.queries.index import (
    Comparison,
    Pair,
    change_of,
    comparison,
    counted_at,
    index_of,
    readings,
)
from biosint.situation.queries.kept import Kept, results_of
from biosint.situation.queries.objectives import USES as OBJECTIVE_USES
from biosint.situation.queries.objectives import Use, objectives_for, objectives_of, options_of, target_words
from biosint.situation.queries.overviews import overviews_for
from biosint.situation.queries.research import published_findings_of, reference_of, themes_of
from biosint.situation.queries.results import CannotAnswer, Result, work_out
from biosint.situation.queries.reviews import reviews_of
from biosint.situation.queries.rounds import latest_pair, participations_of, rounds_of, values_of
from biosint.situation.queries.standing import (
    Benchmark,
    RaisingFound,
    accreditation,
    benchmark,
    order_of,
    raisers_of,
    tried,
)
from biosint.situation.queries.workshops import Ranked, Tally, ranking, workshops_for
from biosint.situation.questions import Question
from biosint.situation.references import Reference
from biosint.situation.references import written as written_reference
from biosint.situation.states import (
    Bearing,
    Grade,
    Opinion,
    Pairing,
    RoundState,
    Side,
    SourceKind,
    StatementState,
)

__all__ = [
    "ANALYSIS_PUBLISHED",
    "ANSWERS_COLLECTED",
    "CLOSED",
    "OBJECTIVE_USES",
    "REPORT_FINAL",
    "Aim",
    "Analysis",
    "Bearing",
    "Benchmark",
    "Campaign",
    "CannotAnswer",
    "Codebook",
    "Comparison",
    "Entry",
    "Figure",
    "Finding",
    "FindingFacts",
    "Grade",
    "Kept",
    "Objective",
    "Opinion",
    "Pair",
    "Pairing",
    "Participation",
    "Question",
    "RaisingFound",
    "Ranked",
    "Reference",
    "Result",
    "Round",
    "RoundState",
    "Said",
    "Side",
    "Source",
    "SourceFacts",
    "SourceKind",
    "StatementState",
    "Tally",
    "Terms",
    "Use",
    "Value",
    "Workshop",
    "accreditation",
    "add_code",
    "add_formula",
    "add_objective",
    "add_option",
    "add_source",
    "add_statement",
    "agreements",
    "answer",
    "begin_analysis",
    "begin_codebook",
    "begin_report",
    "begin_workshop",
    "benchmark",
    "cast",
    "change_of",
    "close_campaign",
    "close_codebook",
    "close_round",
    "close_vote",
    "close_workshop",
    "code_answer",
    "coded_variables",
    "comparison",
    "counted_at",
    "decide",
    "describe_analysis",
    "desk_of",
    "discard_round",
    "draft_round",
    "fill",
    "finalise_report",
    "finish_review",
    "frequencies",
    "grade",
    "hand_in",
    "index_of",
    "keep_result",
    "latest_pair",
    "make_paper",
    "mend_statement",
    "merge",
    "move_statement",
    "name_coder",
    "objectives_for",
    "objectives_of",
    "open_round",
    "open_vote",
    "options_of",
    "order_of",
    "overviews_for",
    "participations_of",
    "propose",
    "publish_analysis",
    "publish_finding",
    "publish_report",
    "published_findings_of",
    "raisers_of",
    "ranking",
    "readings",
    "reference_of",
    "release_quote",
    "results_of",
    "reviews_of",
    "rounds_of",
    "say",
    "start_campaign",
    "target_words",
    "themes_of",
    "tried",
    "values_of",
    "work_out",
    "workshops_for",
    "write_finding",
    "write_report",
    "written_reference",
]
