"""Open answers of the study, coded by two people who do not see each other's work."""

from __future__ import annotations

import random

from biosint.portal.demonstration.world import World
from biosint.situation import api as situation

QUESTION = "swot_weaknesses"
# Code -> its name, when it is given, and the beginnings of words by which an invented coder knows it.
CODES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "recognition": (
        "Recognition",
        "Credits: whether, which or how soon they are recognised.",
        ("credit", "recogni", "признав", "бодов", "priznav", "bodov", "kredit", "njoh", "njih", "recuno", "erkenning"),
    ),
    "time": (
        "Time",
        "The timetable or the week leaves no room.",
        ("time", "времена", "vremena", "koh", "timp", "rooster"),
    ),
    "language": (
        "Language",
        "Too little English, or too late.",
        ("english", "енглеск", "englesk", "anglisht", "engl"),
    ),
}  # fmt: skip
SAMPLE = 40


def tell(world: World) -> None:
    """Tell how the students' weaknesses were coded; called by the study."""
    dice = random.Random("coding 2027")
    keeper, second = world.coordinator("cacak"), world.quality("mechelen")
    at = world.month(4, day=2)
    answer_set = world.kept["student_campaign"].answer_set
    answer_set.refresh_from_db()
    codebook = situation.begin_codebook(
        answer_set=answer_set, question=QUESTION, sample_size=SAMPLE, by=keeper, at=at
    )
    codes = {
        word: situation.add_code(
            codebook_id=codebook.pk,
            word=word,
            label=label,
            definition=definition,
            example="",
            by=keeper,
            at=at,
        )
        for word, (label, definition, _signs) in CODES.items()
    }
    for place, person in enumerate((keeper, second), 1):
        situation.name_coder(codebook_id=codebook.pk, person=person, place=place, by=keeper, at=at)
    desk = situation.desk_of(codebook)
    for key in desk.sample:
        given = _given(desk.texts[key][0])
        situation.code_answer(codebook_id=codebook.pk, submission_id=key, codes=given, by=keeper, at=at)
        # The second one overlooks something now and then.
        seen = given if dice.random() < 0.9 else []
        situation.code_answer(codebook_id=codebook.pk, submission_id=key, codes=seen, by=second, at=at)
    for key in situation.desk_of(codebook).differing:
        situation.decide(
            codebook_id=codebook.pk, submission_id=key, codes=_given(desk.texts[key][0]), by=keeper, at=at
        )
    for key in situation.desk_of(codebook).uncoded:
        situation.code_answer(
            codebook_id=codebook.pk, submission_id=key, codes=_given(desk.texts[key][0]), by=keeper, at=at
        )
    situation.close_codebook(codebook_id=codebook.pk, by=keeper, at=at)
    situation.release_quote(
        code_id=codes["recognition"].pk,
        text="Nobody tells us which credits are recognised.",
        language="en",
        by=keeper,
        at=at,
    )


def _given(text: str) -> list[str]:
    words = text.casefold()
    return [
        word for word, (_label, _definition, signs) in CODES.items() if any(sign in words for sign in signs)
    ]
