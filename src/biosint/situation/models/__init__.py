from biosint.situation.models.campaigns import Analysis, Campaign
from biosint.situation.models.formulas import FormulaVersion
from biosint.situation.models.rounds import Participation, Round, Value

__all__ = ["Analysis", "Campaign", "FormulaVersion", "Participation", "Round", "Value"]
