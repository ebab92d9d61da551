"""Records of questionnaires and answers."""

from biosint.surveys.models.answers import AnswerSet, AskedInstitution, Submission
from biosint.surveys.models.questionnaires import Questionnaire, Version

__all__ = ["AnswerSet", "AskedInstitution", "Questionnaire", "Submission", "Version"]
