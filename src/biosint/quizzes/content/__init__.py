"""Questions, answers and marking as plain values, without a database."""

from biosint.quizzes.content.answers import Answer, answer_from, is_empty
from biosint.quizzes.content.checks import ContentFault, check
from biosint.quizzes.content.marking import Marked, mark, matches_text, number_in
from biosint.quizzes.content.orders import arranged, drawn
from biosint.quizzes.content.plain import as_json, from_json
from biosint.quizzes.content.question import Accepted, Image, NumberKey, Option, Pair, Question, Words

__all__ = [
    "Accepted",
    "Answer",
    "ContentFault",
    "Image",
    "Marked",
    "NumberKey",
    "Option",
    "Pair",
    "Question",
    "Words",
    "answer_from",
    "arranged",
    "as_json",
    "check",
    "drawn",
    "from_json",
    "is_empty",
    "mark",
    "matches_text",
    "number_in",
]
