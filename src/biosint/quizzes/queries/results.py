"""What all learners answered in a quiz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from biosint.quizzes.content import Answer, Question, from_json
from biosint.quizzes.models import Attempt, QuestionVersion, Quiz
from biosint.quizzes.queries.attempts import percent, sent_attempts
from biosint.quizzes.states import AttemptState, QuestionKind
from biosint.quizzes.statistics import ItemFigures, item_figures, rest_means
from biosint.shared.words import in_language

# Beyond so many the newest ones tell the same.
MOST_ATTEMPTS = 20_000


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """The figures of one question of a quiz, over all its versions that were answered; the newest is shown."""

    question_id: int
    title: str
    question: Question
    figures: ItemFigures
    has_newer: bool


def figures_of(quiz: Quiz) -> list[QuestionRow]:
    """Return the figures of every question that was answered, in a fixed number of queries."""
    shares: dict[int, list[float]] = defaultdict(list)
    rests: dict[int, list[float]] = defaultdict(list)
    answers: dict[int, list[Answer]] = defaultdict(list)
    kept = Attempt.objects.filter(quiz=quiz, state=AttemptState.SENT).order_by("-sent_at")
    for slots, given, marks in kept.values_list("slots", "answers", "marks")[:MOST_ATTEMPTS].iterator():
        own = {
            number: float(Decimal(mark["share"])) / 100
            for number in range(len(slots))
            if "share" in (mark := marks.get(str(number), {}))
        }
        others = rest_means(own)
        for number, share in own.items():
            version = slots[number]["version"]
            shares[version].append(share)
            rests[version].append(others[number])
            answers[version].append(given.get(str(number)))
    versions = QuestionVersion.objects.select_related("question").in_bulk(shares)
    rows = [
        QuestionRow(
            question_id=versions[key].question_id,
            title=versions[key].question.title,
            question=(content := from_json(versions[key].content)),
            figures=item_figures(content, shares=shares[key], rests=rests[key], answers=answers[key]),
            has_newer=versions[key].question.newest_id != key,
        )
        for key in shares
    ]
    return sorted(rows, key=lambda row: (row.title, row.question_id))


def table_of(quiz: Quiz) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the columns and the rows of all sent attempts, as a table that spreadsheets open.

    Questions stand in the order of their first attempt; each has its points and what was answered.
    """
    keys: dict[int, None] = {}
    for (slots,) in sent_attempts(quiz).values_list("slots").iterator():
        keys.update(dict.fromkeys(slot["version"] for slot in slots))
    versions = QuestionVersion.objects.select_related("question").in_bulk(list(keys))
    contents = {key: from_json(versions[key].content) for key in keys}
    columns = ["name", "email", "attempt", "started_at", "sent_at", "points", "of", "percent"]
    for number, key in enumerate(keys, start=1):
        title = f"{number}. {versions[key].question.title}"
        columns += [title, f"{title} (%)"]

    def rows() -> Iterator[list[Any]]:
        for attempt in sent_attempts(quiz).iterator(chunk_size=200):
            places = {slot["version"]: str(number) for number, slot in enumerate(attempt.slots)}
            figure = percent(attempt)
            row: list[Any] = [
                attempt.person.name,
                attempt.person.email,
                attempt.number,
                attempt.started_at.isoformat(timespec="seconds"),
                attempt.sent_at.isoformat(timespec="seconds") if attempt.sent_at else "",
                attempt.points,
                attempt.most_points,
                figure if figure is not None else "",
            ]
            for key in keys:
                number = places.get(key)
                if number is None:
                    row += ["", ""]
                    continue
                share = attempt.marks.get(number, {}).get("share", "")
                row += [in_words(contents[key], attempt.answers.get(number)), Decimal(share) if share else ""]
            yield row

    return columns, rows()


def in_words(question: Question, answer: Answer) -> str:
    """Return what was answered as a person would say it."""

    def said(codes: list[str]) -> list[str]:
        texts = {option.code: in_language(option.text).text for option in question.options}
        return [texts.get(code, code) for code in codes]

    if not answer:
        return ""
    match question.kind:
        case QuestionKind.CHOICE:
            return said([str(answer)])[0]
        case QuestionKind.MULTIPLE | QuestionKind.ORDER if isinstance(answer, list):
            joint = "; " if question.kind is QuestionKind.MULTIPLE else " > "
            return joint.join(said(answer))
        case QuestionKind.MATCH if isinstance(answer, dict):
            rights = {pair.code: in_language(pair.right).text for pair in question.pairs}
            return "; ".join(
                f"{in_language(pair.left).text} = {rights.get(answer[pair.code], '')}"
                for pair in question.lefts
                if pair.code in answer
            )
    return str(answer)
