"""Surveys before and after a course, of its learners and of a group that did not take it."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from biosint.exchange import api as exchange
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.exchange.api import Activity, Application
    from biosint.people.api import Person

INSTRUMENT = "intercultural_confidence"
# Every so manieth learner does not answer.
SILENT = 9
OTHERS = 18
LOWEST, HIGHEST = 1, 5


def settings_for(moment: str) -> dict[str, object]:
    return {"instrument": INSTRUMENT, "moment": moment, "paired": True}


def answered(
    activity: Activity, applications: Sequence[Application], *, gain: float, by: Person, at: datetime
) -> None:
    """Let most learners and a comparison group answer; ``gain`` is how much learners have risen, in points."""
    moment = str(activity.settings["moment"])
    items = random.Random(f"{activity.course_id}{moment}")
    for number, application in enumerate(applications):
        if number % SILENT == SILENT - 1:
            continue
        answers, _code = exchange.take_survey_ticket(activity_id=activity.pk, by=application.learner, at=at)
        ticket = surveys.Ticket.objects.select_related("asked__institution").get(
            asked__answer_set=answers, spent=False
        )
        surveys.take_answer(
            answer_set=answers,
            institution=ticket.asked.institution,
            language="en",
            answers=_points(items, _usual(number) + gain),
            key=uuid.UUID(int=items.getrandbits(128), version=4),
            begun_at=at,
            at=at,
            ticket=ticket,
            pairing=_code_of(activity.course_id, number),
        )
        exchange.note_survey_answered(activity=activity, application=application, at=at)
    others = exchange.open_comparison(activity_id=activity.pk, by=by, at=at)
    surveys.add_rows(
        answer_set=others,
        rows=[
            surveys.Row(
                None,
                "en",
                _points(items, _usual(number) + gain / 8),
                (at + timedelta(days=1)).date(),
                _code_of(activity.course_id, 500 + number),
            )
            for number in range(OTHERS)
        ],
    )


def _usual(number: int) -> float:
    """How sure one person feels at the beginning: the same person is the same both times."""
    return random.Random(number).gauss(3.1, 0.45)


def _code_of(course_id: int, number: int) -> str:
    return f"{course_id * 1000 + number:064x}"


def _points(items: random.Random, level: float) -> dict[str, object]:
    instrument = surveys.supplied_instruments()[INSTRUMENT].instrument
    found: dict[str, object] = {"consent": True}
    for item in instrument.items:
        point = min(max(round(items.gauss(level, 0.6)), LOWEST), HIGHEST)
        found[item] = LOWEST + HIGHEST - point if item in instrument.reverse else point
    return found
