"""Records of questionnaires, answers and imports."""

from biosint.surveys.models.answers import AnswerSet, AskedInstitution, Submission
from biosint.surveys.models.groups import AskedGroup, Ticket
from biosint.surveys.models.instruments import KeptInstrument
from biosint.surveys.models.intakes import Intake, IntakeState
from biosint.surveys.models.questionnaires import Questionnaire, Version
from biosint.surveys.models.wordings import WordingChange

__all__ = [
    "AnswerSet",
    "AskedGroup",
    "AskedInstitution",
    "Intake",
    "IntakeState",
    "KeptInstrument",
    "Questionnaire",
    "Submission",
    "Ticket",
    "Version",
    "WordingChange",
]
