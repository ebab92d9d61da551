from biosint.situation.models.campaigns import Analysis, Campaign
from biosint.situation.models.formulas import FormulaVersion
from biosint.situation.models.invitations import Invitation, MailRefusal
from biosint.situation.models.reports import SituationReport
from biosint.situation.models.research import Finding, Grading, Source
from biosint.situation.models.rounds import Participation, Round, Value

__all__ = [
    "Analysis",
    "Campaign",
    "Finding",
    "FormulaVersion",
    "Grading",
    "Invitation",
    "MailRefusal",
    "Participation",
    "Round",
    "SituationReport",
    "Source",
    "Value",
]
