"""The content of a questionnaire: what is asked, in which words and languages. Pure, no database.

A definition is written as plain nested data (YAML in the supplied templates, JSON in the database);
``parse`` turns it into objects or says what is wrong and where. *Words* are a mapping of content language
(``states.LANGUAGES``) to text. What is not listed here is kept but means nothing.

The questionnaire
    ``title``, ``introduction`` (words), ``audience`` (``states.Audience``), ``sections`` (a list),
    ``pages`` (true: where scripts run, one section is shown at a time; default false),
    ``instruments`` (a list of scoring keys, see ``instruments.py``; default none).

A section
    ``title`` (words), ``introduction`` (words, optional), ``questions`` (a list),
    ``random_order`` (true: its questions come in a random order), ``shown_if`` (a condition).

Every question
    ``code`` (small letters, digits, ``_``; unique among questions and items), ``kind`` (below), ``text``
    (words), ``help`` (words, optional), ``required`` (default false), ``shown_if`` (a condition).
    The first question asks for consent; it is always shown and always required.

Kinds, what else they hold, and the answer they leave in a submission
    ========= ================================================================== ============================
    kind      holds                                                              answer, under which code
    ========= ================================================================== ============================
    consent   nothing                                                            none: without it, no answers
    single    ``options``                                                        code of an option
    multiple  ``options``; ``most`` (how many at most)                           list of codes, in their order
    scale     ``items``, ``least``, ``most`` (whole numbers), ``low_label``,     number, per code of the item
              ``high_label``, ``point_labels`` (point -> words)
    matrix    ``items`` (rows), ``options`` (columns)                            code of an option, per row
    rank      ``options``; ``most`` (how many places are given; default all)     list of codes, best first
    number    ``least``, ``most``, ``unit`` (words)                              number
    date      ``earliest``, ``latest`` (ISO days)                                ISO day
    country   nothing                                                            ISO 3166-1 code, RS
    languages ``most`` (how many may be named; default 5, at most 10)            list of ISO 639-1 codes, sr
    text      ``short`` (true: one line)                                         words
    ========= ================================================================== ============================

    An option is ``{code, label}``; an item is ``{code, text, reversed}``. ``random_order: true`` shuffles
    the options (single, multiple, rank) or items (scale, matrix); options in ``stay_last`` (a list of codes)
    keep their place at the end. An unanswered question leaves nothing in a submission.

A condition
    ``{all: [clause, …]}`` or ``{any: [clause, …]}``. A clause names an earlier question (or item) and one of:
    ``is``, ``is_not`` (single, a row of a matrix, country, a point, a number: a value or a list of values),
    ``chosen``, ``not_chosen`` (multiple, languages: a code or a list of codes),
    ``at_least``, ``at_most`` (a point, a number, a date)::

        shown_if: {all: [{question: mobility, is: [yes, maybe]}, {question: year, at_least: 3}]}

    A question that was not answered, or was itself hidden, fulfils no clause. Conditions are judged by the
    server: **answers to questions that are not shown are dropped**, wherever they came from, and
    ``required`` asks only for what is shown. Without scripts everything stands on the page, with a note
    which answers a question goes with; what was filled in against the note is dropped all the same.

A random order is drawn once for each opened form. It is not recorded: options and items are always kept
under their codes and stand in the code book in the order in which they were written.
"""

from biosint.surveys.conditions import Clause, Condition, Verb
from biosint.surveys.definitions.checks import MOST_OPTIONS, MOST_QUESTIONS
from biosint.surveys.definitions.content import (
    MOST_LANGUAGES,
    Definition,
    Item,
    Question,
    Section,
    Words,
    joined,
)
from biosint.surveys.definitions.keys import read_key
from biosint.surveys.definitions.parsing import parse, parse_question
from biosint.surveys.definitions.plain import CODE, DefinitionFault

__all__ = [
    "CODE",
    "MOST_LANGUAGES",
    "MOST_OPTIONS",
    "MOST_QUESTIONS",
    "Clause",
    "Condition",
    "Definition",
    "DefinitionFault",
    "Item",
    "Question",
    "Section",
    "Verb",
    "Words",
    "joined",
    "parse",
    "parse_question",
    "read_key",
]
