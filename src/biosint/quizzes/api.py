"""The only door of quizzes for other apps."""

from biosint.quizzes.attachments import Attachment, register
from biosint.quizzes.content import Accepted, Image, NumberKey, Option, Pair
from biosint.quizzes.content import Question as QuestionContent
from biosint.quizzes.events import AttemptJudged, attempt_judged
from biosint.quizzes.models import Attempt, Bank, Question, Quiz
from biosint.quizzes.operations.attempts import NoQuestions, begin, save, send, watch
from biosint.quizzes.operations.bank import Draft, add_question, add_questions, open_bank
from biosint.quizzes.operations.bank import Draft as QuestionDraft
from biosint.quizzes.operations.quizzes import Asked, Settings, change_quiz, create_quiz, set_parts
from biosint.quizzes.queries.attempts import counting_percent, own_attempts, slots_of
from biosint.quizzes.queries.overviews import Standing, open_attempts, standing_of
from biosint.quizzes.rules import may_begin
from biosint.quizzes.states import AttemptState, Counting, QuestionKind, Reveal

__all__ = [
    "Accepted",
    "Asked",
    "Attachment",
    "Attempt",
    "AttemptJudged",
    "AttemptState",
    "Bank",
    "Counting",
    "Draft",
    "Image",
    "NoQuestions",
    "NumberKey",
    "Option",
    "Pair",
    "Question",
    "QuestionContent",
    "QuestionDraft",
    "QuestionKind",
    "Quiz",
    "Reveal",
    "Settings",
    "Standing",
    "add_question",
    "add_questions",
    "attempt_judged",
    "begin",
    "change_quiz",
    "counting_percent",
    "create_quiz",
    "may_begin",
    "open_attempts",
    "open_bank",
    "own_attempts",
    "register",
    "save",
    "send",
    "set_parts",
    "slots_of",
    "standing_of",
    "watch",
]
