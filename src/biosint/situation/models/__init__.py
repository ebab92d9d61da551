from biosint.situation.models.campaigns import Analysis, Campaign
from biosint.situation.models.rounds import Participation, Round, Value

__all__ = ["Analysis", "Campaign", "Participation", "Round", "Value"]
