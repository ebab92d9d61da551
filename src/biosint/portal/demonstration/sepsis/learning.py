"""What learners have done in four weeks: pages, quizzes, discussions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from biosint.exchange import api as exchange
from biosint.exchange.api import ActivityKind
from biosint.portal.demonstration import course_surveys
from biosint.portal.demonstration.sepsis import content
from biosint.portal.demonstration.sepsis.stage import WEEKS_DONE, Stage
from biosint.portal.demonstration.sepsis.voices import DISCUSSIONS, Talk
from biosint.quizzes import api as quizzes

if TYPE_CHECKING:
    from biosint.exchange.api import Application
    from biosint.quizzes.api import QuestionContent

Answer = str | list[str] | dict[str, str] | None
# Chance of a right answer, by learner in turn: a usual group.
SKILLS = (0.95, 0.75, 0.85, 0.6, 0.9, 0.7, 0.8)
QUIET = 8  # every so manieth learner leaves things out


def learn(stage: Stage) -> None:
    _extend(stage)
    _tick(stage)
    _answer_quiz(stage)
    course_surveys.answered(
        stage.activities["survey_before"], stage.applications, gain=0, by=stage.lead, at=stage.at(1, 2, 11)
    )
    for key, talks in DISCUSSIONS.items():
        _discuss(stage, key, talks)
    _mark_hello(stage)


def _leaves_out(number: int, place: int) -> bool:
    return (number + place) % QUIET == QUIET - 1


def _tick(stage: Stage) -> None:
    read = [
        planned
        for planned in content.activities()
        if planned.kind in exchange.TICKED and planned.week <= WEEKS_DONE
    ]
    for number, application in enumerate(stage.applications):
        for place, planned in enumerate(read):
            if not _leaves_out(number, place):
                exchange.tick(
                    activity_id=stage.activities[planned.key].pk,
                    is_done=True,
                    by=application.learner,
                    at=stage.at(planned.week, planned.day, 9 + number % 10, number),
                )


def _extend(stage: Stage) -> None:
    """One learner was ill in the first week."""
    exchange.extend(
        activity_id=stage.activities["quiz_basics"].pk,
        application_id=stage.of("deva")[2].pk,
        until_at=stage.at(2, 4, 20),
        reason="Ill in the first week; told us on Thursday.",
        by=stage.lead,
        at=stage.at(1, 5, 10),
    )


def _answer_quiz(stage: Stage) -> None:
    ill = stage.of("deva")[2]
    quiz = exchange.quiz_of(stage.activities["quiz_basics"])
    assert quiz is not None  # noqa: S101 -- made while the course was prepared
    for number, application in enumerate(stage.applications):
        if number % QUIET == QUIET - 2:
            continue
        week, day = (2, 3) if application == ill else (1, 6)
        _attempt(stage, quiz.pk, application, skill=SKILLS[number % len(SKILLS)], week=week, day=day, hour=10)
        if number % 5 == 3:
            _attempt(stage, quiz.pk, application, skill=0.95, week=week, day=day, hour=17)


def _attempt(
    stage: Stage, quiz_id: int, application: Application, *, skill: float, week: int, day: int, hour: int
) -> None:
    at = stage.at(week, day, hour, int(stage.rng.random() * 50))
    attempt = quizzes.begin(quiz_id=quiz_id, key=stage.key(), by=application.learner, at=at)
    answers: Mapping[str, Answer] = {
        str(slot.number): _answered(slot.question, is_right=stage.rng.random() < skill)
        for slot in quizzes.slots_of(attempt)
    }
    quizzes.send(
        attempt_id=attempt.pk,
        answers=answers,
        seen_revision=attempt.revision,
        by=application.learner,
        at=at + timedelta(minutes=12),
    )


def _answered(question: QuestionContent, *, is_right: bool) -> Answer:
    match question.kind:
        case quizzes.QuestionKind.CHOICE:
            return next(option.code for option in question.options if (option.share > 0) == is_right)
        case quizzes.QuestionKind.MULTIPLE:
            return [option.code for option in question.options if option.share > 0][0 if is_right else 1 :]
        case quizzes.QuestionKind.ORDER:
            codes = [option.code for option in question.options]
            return codes if is_right else [codes[1], codes[0], *codes[2:]]
        case quizzes.QuestionKind.MATCH:
            codes = [pair.code for pair in question.pairs]
            given = codes if is_right else [codes[1], codes[0], *codes[2:]]
            return dict(zip(codes, given, strict=True))
        case quizzes.QuestionKind.NUMBER:
            return str(question.numbers[0].value if is_right else question.numbers[0].value + 6)
        case quizzes.QuestionKind.TEXT:
            return question.accepted[0].text if is_right else "CRP"


def _discuss(stage: Stage, key: str, talks: tuple[Talk, ...]) -> None:
    activity = stage.activities[key]
    assert activity.kind == ActivityKind.DISCUSSION  # noqa: S101 -- the file says so
    (planned,) = [one for one in content.activities() if one.key == key]
    for number, talk in enumerate(talks):
        who = stage.of(talk.who[0])[talk.who[1]].learner
        begun = stage.at(planned.week, max(1, planned.day - 2), 9 + number, 7 * number)
        thread = exchange.begin_thread(
            activity_id=activity.pk,
            team=None,
            title=talk.title,
            text=talk.text,
            language=talk.language,
            key=stage.key(),
            by=who,
            at=begun,
        )
        for turn, (place, text) in enumerate(talk.answers, start=1):
            exchange.answer(
                thread_id=thread.pk,
                text=text,
                key=stage.key(),
                by=stage.of(place[0])[place[1]].learner,
                at=begun + turn * timedelta(hours=5, minutes=13),
            )


def _mark_hello(stage: Stage) -> None:
    """Teachers mark the first discussion, each the learners of the next faculty, and show the marks."""
    activity = stage.activities["say_hello"]
    spoke = {progress.application_id: progress.done_at is not None for progress in activity.progress.all()}
    for number, application in enumerate(stage.applications):
        if application.pk not in spoke:
            continue
        whole = spoke[application.pk]
        exchange.give_score(
            activity=activity,
            application=application,
            points=Decimal(100 if whole else 60),
            source=exchange.ScoreSource.TEACHER,
            comment="Your word cannot be translated, and still we understood it."
            if whole
            else "A warm beginning. Two answers to others were asked; one more next time.",
            seen_version=0,
            by=stage.world.teacher(("deva", "pogradec", "cacak")[number % 3]),
            at=stage.at(3, 2, 11, number),
        )
    exchange.release(activity_id=activity.pk, by=stage.lead, at=stage.at(3, 2, 15))
