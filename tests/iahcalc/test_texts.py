from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.faults import TooFewAnswers
from iahcalc.texts import LANGUAGES, clusters, fold, guess_language, keywords, stems_of

LANGUAGE_LESSONS = [
    "Више наставе на енглеском језику",
    "Nastava na engleskom jeziku",
    "Engleski jezik u nastavi",
    "Настава на страном језику, молим",
    "Strani jezici u nastavi",
]
VISITS = [
    "Gostujući predavači iz inostranstva",
    "Гостујући предавач из иностранства",
    "Predavanja gostujućih predavača",
    "Više gostujućih predavača",
]
STIPENDS = [
    "Novac za stipendije",
    "Стипендија и новац",
    "Stipendije za putovanja",
    "Novac za putovanja, stipendije",
]


def test_both_scripts_and_missing_signs_are_one_word() -> None:
    assert fold("Џеп и Ђак") == fold("džep i đak") == "dzep i djak"
    assert fold("ČĆŠŽ ëç") == "ccsz ec"
    stems = {stems_of(word, language="sr")[0][0] for word in ("сарадња", "Saradnju", "saradnje", "сарадњи")}
    assert stems == {"saradnj"}


@pytest.mark.parametrize(
    ("language", "words", "stem"),
    [
        ("en", ["exchange", "exchanges", "exchanged", "exchanging"], "exchang"),
        ("en", ["study", "studies"], "study"),
        ("sr", ["student", "studenti", "studenata", "studentima"], "student"),
        ("sq", ["student", "studenti", "studentit", "studentet"], "student"),
    ],
)
def test_endings_are_taken_off_lightly(language: str, words: list[str], stem: str) -> None:
    found = [stems_of(word, language=language)[0][0] for word in words]

    assert found.count(stem) >= len(words) - 1


def test_words_that_say_nothing_are_left_out() -> None:
    assert stems_of("It was not there, and I don't think so", language="en") == []
    assert stems_of("Није било ничега", language="sr")[-1][1] == "ничега"
    assert [stem for stem, _ in stems_of("or 12 ab", language="xx")] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There should be more of it"),
        ("sr", "Требало би да буде више тога"),
        ("sr", "Trebalo bi da bude više toga"),
        ("sq", "Duhet të ketë më shumë nga kjo"),
        ("ro", "Ar trebui să fie mai multe din acestea"),
        ("nl", "Er moet meer van zijn"),
        ("", "xyz"),
    ],
)
def test_a_language_is_known_by_its_small_words(language: str, text: str) -> None:
    assert guess_language([text]) == language
    assert language in {*LANGUAGES, ""}


def test_keywords_carry_their_spellings_and_counts() -> None:
    found = keywords([*LANGUAGE_LESSONS, ""], language="sr")

    first = {keyword.word: keyword for keyword in found}
    assert found[0].texts == 5
    assert found[0].share == 1
    assert "nastavi" in first or "настава" in first or "nastava" in first
    assert found[0].score >= found[1].score


def test_keywords_of_a_contrast_are_those_more_frequent_here() -> None:
    found = keywords(VISITS, language="sr", others=LANGUAGE_LESSONS)

    assert found[0].texts == 4
    # Dunning: 4 of 4 against 0 of 5.
    assert found[0].score == pytest.approx(2 * (4 * math.log(9 / 4) + 5 * math.log(9 / 5)))
    assert not {"nastava", "jezik"} & {keyword.word for keyword in found}


def test_answers_on_one_subject_come_together() -> None:
    texts = [*LANGUAGE_LESSONS, "", *VISITS, "xyzzy", *STIPENDS]

    found = clusters(texts, count=3)

    assert {group.members for group in found.clusters} == {(0, 1, 2, 3, 4), (6, 7, 8, 9), (11, 12, 13, 14)}
    assert (found.empty, found.alone, found.language) == ((5,), (10,), "sr")
    assert sum(group.share for group in found.clusters) == pytest.approx(13 / 14)
    for group in found.clusters:
        assert group.example in group.members
        assert 0 < group.cohesion <= 1
        assert group.words


def test_the_number_of_groups_is_found_where_they_are_clear() -> None:
    subjects = [
        ["laboratory", "equipment", "modern", "room", "microscope", "computer"],
        ["exchange", "abroad", "semester", "host", "partner", "faculty"],
        ["language", "english", "course", "teacher", "lesson", "grammar"],
        ["money", "stipend", "travel", "cost", "ticket", "insurance"],
    ]
    dice = np.random.default_rng(2)
    texts = [" ".join(dice.permutation(subject)[:4]) for subject in subjects for _ in range(20)]

    found = clusters(texts)

    assert len(found.clusters) == 4
    assert [len(group.members) for group in found.clusters] == [20] * 4
    assert found.separation > 0.3


def test_one_seed_gives_one_grouping() -> None:
    texts = [*LANGUAGE_LESSONS, *VISITS, *STIPENDS]

    assert clusters(texts, seed=5) == clusters(texts, seed=5)


def test_too_little_to_group_is_said() -> None:
    with pytest.raises(TooFewAnswers):
        clusters(["one", "two words", ""])
    with pytest.raises(ValueError, match="at least 2"):
        clusters(LANGUAGE_LESSONS, count=1)
    assert keywords([]) == ()


@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.lists(st.sampled_from(["lab", "food", "visa", "čaj", "чај", "exchange", "!"]), max_size=4).map(
            " ".join
        ),
        min_size=6,
        max_size=20,
    ),
    count=st.integers(2, 4),
)
def test_every_answer_ends_in_one_place(texts: list[str], count: int) -> None:
    try:
        found = clusters(texts, count=count, language="en")
    except TooFewAnswers:
        return

    placed = [member for group in found.clusters for member in group.members]
    assert sorted([*placed, *found.alone, *found.empty]) == list(range(len(texts)))
    assert [len(group.members) for group in found.clusters] == sorted(
        (len(group.members) for group in found.clusters), reverse=True
    )
