"""Supplied questionnaires, drafts, versions that never change, and who may do what with them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from biosint.shared.verdicts import Refused
from biosint.surveys import operations, queries, rules
from biosint.surveys.definitions import DefinitionFault, parse
from biosint.surveys.models import Questionnaire, Version
from biosint.surveys.states import LANGUAGES
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    QualityBoardFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.surveys import SMALL, QuestionnaireFactory, VersionFactory

EVERYBODY = [
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    QualityBoardFactory,
    StudentFactory,
    TeacherFactory,
]


def texts(raw: Any) -> list[dict[str, str]]:
    if isinstance(raw, dict):
        if "en" in raw:
            return [raw]
        return [found for part in raw.values() for found in texts(part)]
    return [found for part in raw for found in texts(part)] if isinstance(raw, list) else []


@pytest.mark.parametrize("template", ["students_2026", "teachers_2026", "event_evaluation"])
def test_a_supplied_questionnaire_is_whole_in_every_language(template: str) -> None:
    content = queries.supplied_templates()[template]

    parse(content)

    for words in texts(content):
        assert set(words) >= {"en", "sr", "sq"}
        assert set(words) <= set(LANGUAGES)
        assert any("а" <= letter <= "я" or "А" <= letter <= "Я" for letter in words["sr"])


def test_the_students_questionnaire_asks_what_the_analysis_needs() -> None:
    definition = parse(queries.supplied_templates()["students_2026"])

    scale = next(question for question in definition.questions if question.code == "digital")
    assert len(scale.items) == 6
    assert [item.code for item in scale.items if item.reversed] == ["digital_lost"]
    assert {"mobility", "english", "support"} <= {column.code for column in definition.columns()}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content["sections"][0]["questions"].pop(0), "ask for consent"),
        (lambda content: content["sections"][0]["questions"][1].update(code="Größe"), "cannot be the code"),
        (
            lambda content: content["sections"][0]["questions"][1].update(code="institution"),
            "cannot be the code",
        ),
        (lambda content: content["sections"][0]["questions"][1].update(code="age"), "used twice"),
        (lambda content: content["sections"][0]["questions"][1].update(kind="essay"), "does not exist"),
        (lambda content: content["sections"][0]["questions"][1].update(options=[]), "different answers"),
        (lambda content: content["sections"][0]["questions"][3].update(items=[]), "needs statements"),
        (lambda content: content["sections"][0]["questions"][4].update(least=200), "below the largest"),
        (lambda content: content.update(sections=[]), "nothing in it"),
        (lambda content: content.update(title={"de": "Titel"}), "is written in"),
        (lambda content: content.update(title={}), "no text in any language"),
    ],
)
def test_a_questionnaire_that_cannot_be_used_says_why(change: Any, words: str) -> None:
    content = copy.deepcopy(SMALL)
    change(content)

    with pytest.raises(DefinitionFault, match=words):
        parse(content)


@pytest.mark.django_db
def test_a_published_version_never_changes() -> None:
    institution = InstitutionFactory()
    coordinator = CoordinatorFactory(at=institution)
    questionnaire = operations.adopt_template(
        template="event_evaluation", institution=institution, by=coordinator, at=NOON
    )
    draft = questionnaire.versions.get()
    operations.change_draft(version_id=draft.pk, content=SMALL, by=coordinator, at=NOON)
    operations.publish(version_id=draft.pk, by=coordinator, at=NOON)

    with pytest.raises(Refused, match="stays as it is"):
        operations.change_draft(version_id=draft.pk, content=SMALL, by=coordinator, at=NOON)
    second = operations.revise(questionnaire_id=questionnaire.pk, by=coordinator, at=NOON)

    assert second.number == 2
    with pytest.raises(operations.DraftExists, match="is a draft"):
        operations.revise(questionnaire_id=questionnaire.pk, by=coordinator, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("office", EVERYBODY)
@pytest.mark.parametrize("published", [True, False])
def test_who_views_a_questionnaire_is_the_same_for_one_and_for_lists(office: Any, published: bool) -> None:
    questionnaire = QuestionnaireFactory()
    VersionFactory(
        questionnaire=questionnaire, **({} if published else {"published_by": None, "published_at": None})
    )
    for person in (office(at=questionnaire.institution), office()):
        listed = Questionnaire.objects.filter(rules.viewable_by(person)).exists()

        assert listed == bool(rules.may_view(person, questionnaire))


@pytest.mark.django_db
@pytest.mark.parametrize("office", EVERYBODY)
def test_keepers_take_questionnaires_others_do_not(office: Any) -> None:
    institution = InstitutionFactory()
    person = office(at=institution)

    assert bool(rules.may_keep(person, institution)) == person.holds(*rules.KEEPERS)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client_of: Any, count_queries: Any, number: int
) -> None:
    home = InstitutionFactory()
    for _place in range(number):
        VersionFactory(questionnaire=QuestionnaireFactory(institution=home))
    client = client_of(CoordinatorFactory(at=home))
    client.get("/surveys/")

    with count_queries(5):
        response = client.get("/surveys/")

    assert response.status_code == 200


@pytest.mark.django_db
def test_a_coordinator_takes_changes_and_publishes_on_the_pages(client_of: Any) -> None:
    home = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=home))
    client.post("/surveys/adopt/event_evaluation/", {"institution": home.pk})
    version = Version.objects.get()
    edit = f"/surveys/versions/{version.pk}/"

    question = client.post(
        f"{edit}questions/new/single/",
        {
            "text_en": "Will you come again?",
            "text_sr": "Да ли ћете доћи опет?",
            "text_sq": "",
            "lines_en": "Yes\nNo",
            "lines_sr": "Да\nНе",
            "lines_sq": "",
        },
    )
    uneven = client.post(
        f"{edit}questions/new/single/",
        {"text_en": "Why?", "lines_en": "This\nThat", "lines_sr": "Ово"},
    )
    client.post(f"{edit}move/", {"up": "will_you_come_again"})
    client.post(f"{edit}move/", {"out": "apply"})
    head = client.post(
        f"{edit}edit/",
        {"title_en": "Our evening", "introduction_en": "Short.", "title_sr": "", "title_sq": ""},
    )
    pages = [
        client.get(path).status_code
        for path in (f"{edit}edit/", edit, f"{edit}questions/quality/", "/surveys/supplied/students_2026/")
    ]
    client.post(f"{edit}publish/")

    version = Version.objects.get()
    codes = [entry.code for entry in version.definition.questions]
    assert (question.status_code, uneven.status_code, head.status_code) == (302, 422, 302)
    assert "Give each line its twin" in uneven.content.decode()
    assert codes[-2:] == ["will_you_come_again", "better"]
    assert "apply" not in codes
    assert version.definition.title["en"] == "Our evening"
    assert version.is_published
    assert pages == [200, 200, 200, 200]
    assert client.get(f"{edit}edit/").status_code == 403
