from biosint.situation.models.benchmarks import Disclosure, OutsideIndex
from biosint.situation.models.campaigns import Analysis, Campaign
from biosint.situation.models.coding import Code, Codebook, Coder, Coding, FinalCoding, Quote
from biosint.situation.models.formulas import FormulaVersion
from biosint.situation.models.invitations import Invitation, MailRefusal
from biosint.situation.models.objectives import Objective, Option
from biosint.situation.models.overviews import Overview
from biosint.situation.models.reports import SituationReport
from biosint.situation.models.research import Finding, Grading, Source
from biosint.situation.models.reviews import Remark, Review
from biosint.situation.models.rounds import FormerValue, Participation, Round, Value
from biosint.situation.models.weightings import Weighting
from biosint.situation.models.workshops import Ballot, Statement, Vote, Workshop

__all__ = [
    "Analysis",
    "Ballot",
    "Campaign",
    "Code",
    "Codebook",
    "Coder",
    "Coding",
    "Disclosure",
    "FinalCoding",
    "Finding",
    "FormerValue",
    "FormulaVersion",
    "Grading",
    "Invitation",
    "MailRefusal",
    "Objective",
    "Option",
    "OutsideIndex",
    "Overview",
    "Participation",
    "Quote",
    "Remark",
    "Review",
    "Round",
    "SituationReport",
    "Source",
    "Statement",
    "Value",
    "Vote",
    "Weighting",
    "Workshop",
]
