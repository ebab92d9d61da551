"""What quizzes hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from biosint.files import api as files
from biosint.quizzes.models import Attempt, Keeping
from biosint.quizzes.operations.importing import QUESTION_FILE
from biosint.quizzes.queries.attempts import slots_of
from biosint.quizzes.rules import TEACHERS
from biosint.quizzes.states import QuestionKind
from biosint.shared import registries
from biosint.shared.registries import Area, Destination

if TYPE_CHECKING:
    from biosint.people.api import Person


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.EXPORTERS.append(("quizzes", personal_records))
    registries.ERASERS.append(forget)
    files.register_reader(QUESTION_FILE, _may_read_file)
    registries.DESTINATIONS.append(
        Destination(
            area=Area.TEACH,
            label=_("Questions"),
            url_name="quizzes:banks",
            meaning=_("Collect questions for quizzes, alone or with colleagues."),
            icon="list-checks",
            visible=lambda person: person.holds(*TEACHERS),
            order=40,
        )
    )


def _may_read_file(person: Person | None, stored: files.StoredFile) -> bool:
    """A file of questions is read by the person who sent it: it holds the keys."""
    return person is not None and stored.stored_by_id == person.pk


def personal_records(person: Person) -> Iterable[dict[str, Any]]:
    """Everything quizzes keeps about one person, for their own export."""
    for keeping in Keeping.objects.filter(person=person).select_related("bank"):
        yield {"keeps_questions": str(keeping.bank), "since": keeping.since}
    for attempt in Attempt.objects.filter(person=person).select_related("quiz").order_by("started_at"):
        yield {
            "quiz": attempt.quiz.title,
            "attempt": attempt.number,
            "started_at": attempt.started_at,
            "sent_at": attempt.sent_at,
            "answers": attempt.answers,
            "answers_after_the_time": attempt.late_answers,
            "points": attempt.points,
            "of": attempt.most_points,
            "comments": [mark["comment"] for mark in attempt.marks.values() if mark.get("comment")],
        }


def forget(person: Person) -> None:
    """Take the words out that a person typed; points and choices stay, they belong to the course's records."""
    for attempt in Attempt.objects.filter(person=person):
        typed = {
            str(slot.number)
            for slot in slots_of(attempt)
            if slot.question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER)
        }
        attempt.answers = _without(typed, attempt.answers)
        attempt.late_answers = _without(typed, attempt.late_answers)
        # What the words were worth stays, also when the key is corrected later.
        attempt.marks = {
            number: {**{name: word for name, word in mark.items() if name != "comment"}, "by": "teacher"}
            if number in typed and "share" in mark
            else mark
            for number, mark in attempt.marks.items()
        }
        attempt.save(update_fields=["answers", "late_answers", "marks"])


def _without(typed: set[str], answers: dict[str, Any]) -> dict[str, Any]:
    return {number: "…" if number in typed else answer for number, answer in answers.items()}
