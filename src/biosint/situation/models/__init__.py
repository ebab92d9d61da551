from biosint.situation.models.rounds import Participation, Round, Value

__all__ = ["Participation", "Round", "Value"]
