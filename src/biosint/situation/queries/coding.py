"""Open answers and their codes: what is to be read, how far two coders agree, and what came out."""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from biosint.shared.words import in_language
from biosint.situation.models import Codebook, Coder, Coding
from biosint.situation.queries.tables import Variable, answers_of
from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import texts
from iahcalc.agreement import Kappa, cohen_kappa
from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Proportion, proportion

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.people.api import Person
    from biosint.surveys.models import AnswerSet

NO_YES = (
    surveys.Option("no", {"en": "not mentioned", "sr": "није поменуто", "sq": "nuk u përmend"}),
    surveys.Option("yes", {"en": "mentioned", "sr": "поменуто", "sq": "u përmend"}),
)
FEWEST_FOR_SUGGESTIONS = 10
MOST_FOR_SUGGESTIONS = 4000


def question_words(codebook: Codebook) -> str:
    """Return the question in the reader's language."""
    for column in codebook.answer_set.columns:
        if column.code == codebook.question:
            return in_language(column.label).text or column.code
    return codebook.question


def written(answer_set: AnswerSet, question: str) -> dict[int, tuple[str, str]]:
    """Return what people wrote: key of the submission -> (text, language), in the order in which it came."""
    rows = (
        surveys.Submission.objects.filter(answer_set=answer_set, answers__has_key=question)
        .order_by("pk")
        .values_list("pk", f"answers__{question}", "language")
    )
    return {key: (text, language) for key, text, language in rows if isinstance(text, str) and text.strip()}


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that share words: the words, how many answers, and the one that is most like the others."""

    words: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What stands out in open answers, found on this machine by spelling alone; people decide what it means."""

    language: str
    of: int
    keywords: tuple[texts.Keyword, ...]
    groups: tuple[Group, ...]


def suggestions(desk: Desk) -> Suggestions | None:
    """Return the words that stand out and the answers that are alike, in the language that most people wrote in.

    None where fewer than ten wrote in one language. Of very many answers, the first some thousand are looked at.
    """
    languages = Counter(language.partition("-")[0] for _text, language in desk.texts.values())
    if not languages or max(languages.values()) < FEWEST_FOR_SUGGESTIONS:
        return None
    language = languages.most_common(1)[0][0]
    said = [text for text, spoken in desk.texts.values() if spoken.partition("-")[0] == language]
    said = said[:MOST_FOR_SUGGESTIONS]
    try:
        alike = texts.clusters(said, language=language).clusters
    except TooFewAnswers:
        alike = ()
    return Suggestions(
        language=language,
        of=len(said),
        keywords=texts.keywords(said, language=language, most=20),
        groups=tuple(Group(", ".join(one.words), len(one.members), said[one.example]) for one in alike),
    )


def coder_of(codebook: Codebook, person: Person) -> Coder | None:
    return codebook.coders.filter(person=person).first()


def codebooks_coded_by(person: Person) -> list[Coder]:
    """Return the places in which a person codes something that is not closed."""
    return list(
        Coder.objects.filter(person=person, codebook__closed_at=None).select_related("codebook__answer_set")
    )


@dataclass(frozen=True)
class Desk:
    """Everything about one coding, read once: who has read what, and what is left."""

    codebook: Codebook
    texts: Mapping[int, tuple[str, str]]
    coders: tuple[Coder, ...]
    codings: Mapping[int, Mapping[int, tuple[str, ...]]]  # place of the coder -> submission -> codes
    decided: Mapping[int, tuple[str, ...]]

    @cached_property
    def sample(self) -> list[int]:
        """The answers that both code, in an order by chance that is the same for both and at every look."""
        drawn = sorted(
            self.texts,
            key=lambda key: hashlib.sha256(f"{self.codebook.pk}:{key}".encode()).digest(),
        )
        return drawn if self.codebook.sample_size is None else drawn[: self.codebook.sample_size]

    @cached_property
    def rest(self) -> list[int]:
        """The answers that the first coder reads alone."""
        both = set(self.sample)
        return [key for key in self.texts if key not in both]

    def task_of(self, coder: Coder) -> list[int]:
        """What a coder reads, in order: the first one also the rest, but only when both are through the sample."""
        alone = coder.place == Coder.FIRST and self.is_compared
        return [*self.sample, *self.rest] if alone else self.sample

    def left_for(self, coder: Coder) -> list[int]:
        done = self.codings.get(coder.place, {})
        return [key for key in self.task_of(coder) if key not in done]

    def read_by(self, coder: Coder) -> int:
        return len(self.task_of(coder)) - len(self.left_for(coder))

    @cached_property
    def is_compared(self) -> bool:
        """Whether both coders have read all that both read."""
        return len(self.coders) == 2 and all(
            key in self.codings.get(coder.place, {}) for coder in self.coders for key in self.sample
        )

    @cached_property
    def differing(self) -> list[int]:
        """The answers that the two coded differently, decided or not; none before both have finished."""
        if not self.is_compared:
            return []
        first, second = self.codings[Coder.FIRST], self.codings[Coder.SECOND]
        return [key for key in self.sample if first[key] != second[key]]

    @property
    def undecided(self) -> list[int]:
        return [key for key in self.differing if key not in self.decided]

    @property
    def uncoded(self) -> list[int]:
        """What the first coder has still to read alone."""
        return [key for key in self.rest if key not in self.codings.get(Coder.FIRST, {})]

    @cached_property
    def final(self) -> dict[int, tuple[str, ...]]:
        """The codes of each answer in the end; answers that are not settled yet are missing."""
        if not self.is_compared:
            return {}
        settled = {key: codes for key, codes in self.codings[Coder.FIRST].items() if key in self.texts}
        for key in self.differing:
            settled.pop(key, None)
        return {**settled, **{key: codes for key, codes in self.decided.items() if key in self.texts}}


def desk_of(codebook: Codebook) -> Desk:
    """Return everything about a coding."""
    codings: dict[int, dict[int, tuple[str, ...]]] = {}
    rows = Coding.objects.filter(coder__codebook=codebook).values_list(
        "coder__place", "submission_id", "codes"
    )
    for place, submission, codes in rows:
        codings.setdefault(place, {})[submission] = tuple(codes)
    return Desk(
        codebook=codebook,
        texts=written(codebook.answer_set, codebook.question),
        coders=tuple(codebook.coders.select_related("person")),
        codings=codings,
        decided={
            key: tuple(codes) for key, codes in codebook.final_codings.values_list("submission_id", "codes")
        },
    )


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two coders agree on one code (or, without one, on all of them together).

    ``kappa`` is None where chance cannot be told apart: both gave the code to no answer, or to every one.
    """

    word: str
    label: str
    first: int
    second: int
    equal: float  # share of the answers judged alike, in per cent
    kappa: Kappa | None


def agreements(desk: Desk) -> list[CodeAgreement]:
    """Return the agreement on all codes together, then on each; nothing before both have finished.

    Over all codes, every pair of answer and code is one judgement.
    """
    if not desk.is_compared or not desk.sample:
        return []
    codes = list(desk.codebook.codes.all())
    tables = {
        code.word: [
            np.array([code.word in desk.codings[place][key] for key in desk.sample])
            for place in (Coder.FIRST, Coder.SECOND)
        ]
        for code in codes
    }
    if not tables:
        return []
    pooled = [np.concatenate([pair[which] for pair in tables.values()]) for which in (0, 1)]
    return [
        _agreement("", "", pooled),
        *(_agreement(code.word, code.label, tables[code.word]) for code in codes),
    ]


def _agreement(word: str, label: str, pair: Sequence[npt.NDArray[np.bool_]]) -> CodeAgreement:
    first, second = pair
    try:
        kappa = cohen_kappa(first, second)
    except TooFewAnswers:
        kappa = None
    return CodeAgreement(
        word, label, int(first.sum()), int(second.sum()), 100 * float((first == second).mean()), kappa
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a group mentioned a code; None where few did and somebody could be recognised."""

    count: int | None
    proportion: Proportion | None

    @property
    def percent(self) -> tuple[float, float, float] | None:
        """The share with the ends of its interval, in per cent."""
        found = self.proportion
        return None if found is None else (100 * found.share, 100 * found.low, 100 * found.high)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each code was given: all together, then group by group."""

    heads: tuple[tuple[str, int], ...]  # name of the group, how many answers of it are coded
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]  # name of the code, a cell for each head
    has_hidden: bool


def groupings(desk: Desk) -> list[tuple[str, str]]:
    """Return by what the codes can be told apart: code and name of each column with answers to choose from."""
    own = f"{desk.codebook.question}:"
    return [
        (variable.code, variable.name)
        for variable in answers_of(desk.codebook.answer_set).variables.values()
        if variable.options and not variable.code.startswith(own)
    ]


def frequencies(desk: Desk, *, everybody: str, by: str = "") -> Frequencies:
    """Return how often each code was given, with intervals (Wilson, 95 %).

    Cells below the set's smallest group are hidden, and one more in a line where the total would give a hidden one
    away. A group with fewer coded answers than that is left out whole, and its cells are guarded in the same way.

    Args:
        everybody: the name of all together.
        by: code of a column of the set (institution, group, an answer to choose); nothing for all together alone.
    """
    codes = list(desk.codebook.codes.all())
    answer_set = desk.codebook.answer_set
    smallest = answer_set.smallest_group if answer_set.hides_small_groups else 0
    groups = _groups(desk, by) if by else {}
    columns = [list(desk.final.values()), *groups.values()]
    counts = np.array(
        [[sum(code.word in given for given in column) for column in columns] for code in codes],
        dtype=np.float64,
    ).reshape(len(codes), len(columns))
    hidden = (counts > 0) & (counts < smallest)
    if smallest and groups:
        # The column of all is the total of its line, so the groups hide among themselves. Line by line: an answer
        # may have several codes, so the codes of a group add up to nothing.
        for row in range(len(codes)):
            hidden[row, 1:] = hidden_cells(counts[row : row + 1, 1:], smallest=smallest)
    shown = [place for place, column in enumerate(columns) if not place or len(column) >= smallest]
    rows = tuple(
        (
            code.label,
            tuple(
                Cell(None, None)
                if hidden[row, place] or not columns[place]
                else Cell(int(counts[row, place]), proportion(int(counts[row, place]), len(columns[place])))
                for place in shown
            ),
        )
        for row, code in enumerate(codes)
    )
    names = [everybody, *groups]
    return Frequencies(
        heads=tuple((names[place], len(columns[place])) for place in shown),
        rows=rows,
        has_hidden=bool(hidden[:, shown].any()) or len(shown) < len(columns),
    )


def _groups(desk: Desk, by: str) -> dict[str, list[tuple[str, ...]]]:
    """The final codes of the answers of each group, by its name; nothing where the set has no such column."""
    answers = answers_of(desk.codebook.answer_set)
    variable = answers.variables.get(by)
    if variable is None or not variable.options:
        return {}
    found: dict[str, list[tuple[str, ...]]] = {}
    for key, value in zip(answers.keys.tolist(), variable.values.tolist(), strict=True):
        if key in desk.final and value == value:  # noqa: PLR0124 -- only a missing one differs from itself
            found.setdefault(variable.label_of(value), []).append(desk.final[key])
    return dict(sorted(found.items()))


# A closed coding never changes, so its columns are made once for each state of its set.
_MADE: OrderedDict[tuple[str, int, int], list[Variable]] = OrderedDict()
_MOST_MADE = 8


def coded_variables(answer_set: AnswerSet, keys: npt.NDArray[Any] | None = None) -> list[Variable]:
    """Return the codes of closed codebooks as variables of the set, as the options of a question with several answers.

    Args:
        keys: the submissions in the order of the set; read where they are not given.

    Returns:
        For each code one variable “question:code”: 1 mentioned, 0 not, missing where somebody wrote nothing.
    """
    closed = list(Codebook.objects.filter(answer_set=answer_set, closed_at__isnull=False))
    if not closed:
        return []
    order = answers_of(answer_set).keys if keys is None else keys
    found: list[Variable] = []
    for codebook in closed:
        # With the public number, a database that was emptied and filled again cannot be mistaken for itself.
        state = (f"{answer_set.public_id}-{codebook.pk}", len(order), int(order[-1]) if len(order) else 0)
        if state not in _MADE:
            codebook.answer_set = answer_set
            _MADE[state] = _columns(codebook, order)
            while len(_MADE) > _MOST_MADE:
                _MADE.popitem(last=False)
        found += _MADE[state]
    return found


def _columns(codebook: Codebook, order: npt.NDArray[Any]) -> list[Variable]:
    final = desk_of(codebook).final
    label = next((each.label for each in codebook.answer_set.columns if each.code == codebook.question), {})
    return [
        Variable(
            code=f"{codebook.question}:{code.word}",
            kind=surveys.ColumnKind.SINGLE,
            label={language: f"{words} – {code.label}" for language, words in label.items()},
            # In the smallest type, as the set keeps its own columns.
            stored=np.array(
                [-1 if key not in final else int(code.word in final[key]) for key in order.tolist()],
                dtype=np.int8,
            ),
            options=NO_YES,
            scale=codebook.question,
        )
        for code in codebook.codes.all()
    ]
