from biosint.curriculum.differences import Change, of_outcomes, of_words
from biosint.curriculum.models import Outcome


def outcome(text: str, *dimensions: str) -> Outcome:
    return Outcome(text=text, dimensions=list(dimensions))


def test_texts_differ_word_by_word_and_lose_nothing() -> None:
    before, after = "Students visit a ward.", "Students visit a foreign ward online."

    parts = of_words(before, after)

    assert "".join(part.text for part in parts if part.change is not Change.REMOVED) == after
    assert "".join(part.text for part in parts if part.change is not Change.ADDED) == before


def test_a_reworded_outcome_is_one_outcome() -> None:
    before = [outcome("take a history from a patient"), outcome("name the common microbes")]
    after = [
        outcome("take a history from a patient in English", "languages"),
        outcome("plan care with a team abroad", "teamwork", "digital"),
    ]

    kept, added, removed = of_outcomes(before, after)

    assert (kept.change, kept.gained, kept.is_same) == (Change.KEPT, ("languages",), False)
    assert (added.change, added.gained) == (Change.ADDED, ("teamwork", "digital"))
    assert (removed.change, removed.parts[0].text) == (Change.REMOVED, "name the common microbes")


def test_equal_outcomes_are_the_same() -> None:
    (row,) = of_outcomes([outcome("compare", "systems")], [outcome("compare", "systems")])

    assert row.is_same
