"""International, multidisciplinary teams: rules first, then the worst team, explained in words.

It owns the model (people, wishes, rules), a search, the explanation and the consequence of an
exchange. It does not own enrolment, nor how free hours are written: see ``iahcalc.calendars``.
"""

from iahcalc.teams._conflict import Conflict
from iahcalc.teams._conflicts import conflicts
from iahcalc.teams._consequence import Consequence, what_if_moved, what_if_swapped
from iahcalc.teams._encoding import problem_of
from iahcalc.teams._explanation import explain, sentence
from iahcalc.teams._model import (
    AIMS,
    KINDS,
    Aim,
    DuplicatePeople,
    Facilitator,
    ImpossibleSizes,
    Kind,
    NobodyToPlace,
    Person,
    Rules,
    Shared,
    TeamFault,
    UnknownPerson,
    UnknownTeam,
    UnsuitableValue,
    Value,
    Wish,
)
from iahcalc.teams._person_explanation import explain_person, person_sentence
from iahcalc.teams._problem import POINTS, Objective, Problem, Standing
from iahcalc.teams._reasons import CODES, Reason
from iahcalc.teams._repair import Move, Repair, repaired
from iahcalc.teams._result import Result, Team, WishOutcome, WishScore, form_teams, placed
from iahcalc.teams._search import Search, Told, local_search
from iahcalc.teams._sizes import team_sizes

__all__ = [
    "AIMS",
    "CODES",
    "KINDS",
    "POINTS",
    "Aim",
    "Conflict",
    "Consequence",
    "DuplicatePeople",
    "Facilitator",
    "ImpossibleSizes",
    "Kind",
    "Move",
    "NobodyToPlace",
    "Objective",
    "Person",
    "Problem",
    "Reason",
    "Repair",
    "Result",
    "Rules",
    "Search",
    "Shared",
    "Standing",
    "Team",
    "TeamFault",
    "Told",
    "UnknownPerson",
    "UnknownTeam",
    "UnsuitableValue",
    "Value",
    "Wish",
    "WishOutcome",
    "WishScore",
    "conflicts",
    "explain",
    "explain_person",
    "form_teams",
    "local_search",
    "person_sentence",
    "placed",
    "problem_of",
    "repaired",
    "sentence",
    "team_sizes",
    "what_if_moved",
    "what_if_swapped",
]
