"""Records of quizzes: the bank of questions, quizzes made of them, and attempts."""

from biosint.quizzes.models._attempts import Attempt
from biosint.quizzes.models._bank import Bank, Keeping, Question, QuestionVersion, Tag
from biosint.quizzes.models._files import QuestionFile
from biosint.quizzes.models._quizzes import Part, Quiz

__all__ = ["Attempt", "Bank", "Keeping", "Part", "Question", "QuestionFile", "QuestionVersion", "Quiz", "Tag"]
