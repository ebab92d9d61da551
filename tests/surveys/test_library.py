"""The library of instruments: supplied ones, own ones with versions, and taking one into a questionnaire."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from biosint.shared.verdicts import Refused
from biosint.surveys import operations, queries
from biosint.surveys.definitions import DefinitionFault, parse
from biosint.surveys.library import followed, inserted, key_of, read_entry, taken_out
from biosint.surveys.models import KeptInstrument
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, DeanFactory, StudentFactory, TeacherFactory
from factories.surveys import SMALL, KeptInstrumentFactory, QuestionnaireFactory, VersionFactory

SUPPLIED = ["digital_readiness", "home_interest", "institutional_support", "intercultural_confidence"]


def draft(content: dict[str, Any] = SMALL) -> Any:
    return VersionFactory(content=content, published_by=None, published_at=None)


def question_of(content: dict[str, Any], code: str) -> dict[str, Any]:
    return next(
        question
        for section in content["sections"]
        for question in section["questions"]
        if question["code"] == code
    )


def test_the_supplied_instruments_are_those_we_wrote() -> None:
    assert sorted(queries.supplied_instruments()) == SUPPLIED


@pytest.mark.parametrize("code", SUPPLIED)
def test_a_supplied_instrument_is_whole_in_three_languages_and_fits_a_questionnaire(code: str) -> None:
    entry = queries.supplied_instruments()[code]

    content = inserted(SMALL, entry)
    definition = parse(content)

    for words in (
        entry.about,
        entry.instrument.title,
        entry.question.text,
        *(item.text for item in entry.question.items),
        *(part.title for part in entry.instrument.subscales),
        *entry.question.point_labels.values(),
    ):
        assert set(words) == {"en", "sr", "sq"}
        assert any("а" <= letter <= "я" for letter in words["sr"].lower())
    assert entry.instrument.reverse
    assert "own wording" in entry.instrument.licence.lower()
    assert definition.instruments == (entry.instrument,)
    assert SMALL["sections"][-1]["questions"][-1]["code"] == "wish", "the content it came from is left alone"


def test_published_instruments_are_named_with_licence_and_source_but_without_their_statements() -> None:
    for reference in queries.published_instruments():
        assert set(reference) == {"name", "items", "measures", "licence", "source"}
        assert "(" in reference["source"]


def test_an_instrument_cannot_be_taken_twice() -> None:
    entry = queries.supplied_instruments()["home_interest"]
    content = inserted(SMALL, entry)

    with pytest.raises(DefinitionFault, match="already"):
        inserted(content, entry)


def test_what_is_taken_out_of_a_questionnaire_is_what_was_put_in() -> None:
    entry = queries.supplied_instruments()["digital_readiness"]
    content = inserted(SMALL, entry)

    found = read_entry(taken_out(content, question_of(content, "digital_readiness"), about=entry.about))

    assert (found.instrument, found.question, found.about) == (entry.instrument, entry.question, entry.about)


def test_a_changed_statement_makes_the_instrument_an_adapted_one() -> None:
    content = inserted(SMALL, queries.supplied_instruments()["digital_readiness"])
    before = question_of(content, "digital_readiness")
    after = copy.deepcopy(before)
    after["items"] = after["items"][1:]
    after["items"][1]["text"]["en"] = "New programmes bore me."
    content["sections"][-1]["questions"][-1] = after

    changed = followed(content, before, after)
    definition = parse(changed)

    key = definition.instruments[0]
    assert key.version == "2026, adapted"
    assert "digital_readiness_1" not in key.items
    assert key.subscales[0].items == ("digital_readiness_2", "digital_readiness_3")
    assert key.subscales[0].least_answered == 2
    again = followed(changed, after, after)
    assert key_of(again, "digital_readiness") == key_of(changed, "digital_readiness")


@pytest.mark.django_db
def test_a_supplied_instrument_is_taken_into_a_draft() -> None:
    version = draft()
    person = CoordinatorFactory(at=version.questionnaire.institution)

    operations.insert_instrument(
        version_id=version.pk,
        entry=queries.supplied_instruments()["intercultural_confidence"],
        by=person,
        at=NOON,
    )

    version.refresh_from_db()
    assert [instrument.code for instrument in version.definition.instruments] == ["intercultural_confidence"]
    assert version.definition.questions[-1].code == "intercultural_confidence"


@pytest.mark.django_db
def test_a_published_version_takes_no_instrument() -> None:
    version = VersionFactory()
    person = CoordinatorFactory(at=version.questionnaire.institution)

    with pytest.raises(Refused, match="stays as it is"):
        operations.insert_instrument(
            version_id=version.pk, entry=queries.supplied_instruments()["home_interest"], by=person, at=NOON
        )


@pytest.mark.django_db
def test_an_institution_keeps_versions_of_its_own_instruments() -> None:
    home = InstitutionFactory()
    person = CoordinatorFactory(at=home)
    entry = queries.supplied_instruments()["home_interest"]
    version = VersionFactory(
        questionnaire=QuestionnaireFactory(institution=home), content=inserted(SMALL, entry)
    )

    def keep(about: str) -> KeptInstrument:
        return operations.keep_instrument(
            version_id=version.pk, code="home_interest", about={"en": about}, by=person, at=NOON
        )

    first, same, second = keep("Ours"), keep("Ours"), keep("Ours, again")

    assert (first.number, same.pk, second.number) == (1, first.pk, 2)
    assert read_entry(second.content).instrument == entry.instrument
    with pytest.raises(Refused):
        operations.keep_instrument(
            version_id=version.pk, code="home_interest", about={}, by=DeanFactory(at=home), at=NOON
        )
    with pytest.raises(operations.NotScored):
        operations.keep_instrument(version_id=version.pk, code="none", about={}, by=person, at=NOON)
    with pytest.raises(DefinitionFault, match="how “digital” is scored"):
        operations.keep_instrument(version_id=version.pk, code="digital", about={}, by=person, at=NOON)


@pytest.mark.django_db
def test_own_instruments_are_seen_by_colleagues_alone() -> None:
    kept = KeptInstrumentFactory()

    def seen_by(person: Any) -> int:
        return queries.kept_instruments_for(person).count()

    assert seen_by(TeacherFactory(at=kept.institution)) == 1
    assert seen_by(TeacherFactory()) == 0
    assert seen_by(StudentFactory(at=kept.institution)) == 0
    assert read_entry(kept.content).instrument.items == ("curiosity_1", "curiosity_2")
