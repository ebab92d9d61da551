"""A draft is written on pages: questions of every kind, sections, conditions, scoring, trial; nothing running changes."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.surveys import editing, operations
from biosint.surveys.definitions import parse
from biosint.surveys.library import inserted, key_of
from biosint.surveys.models import KeptInstrument, Submission, Version
from biosint.surveys.queries import supplied_instruments
from biosint.surveys.web.answering import _hand_out
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, TeacherFactory
from factories.surveys import EVERY_KIND, SMALL, AnswerSetFactory, QuestionnaireFactory, VersionFactory

Desk = tuple[Client, Version]


def codes(content: dict[str, Any]) -> list[list[str]]:
    return [[question["code"] for question in section["questions"]] for section in content["sections"]]


@pytest.fixture
def desk(client_of: Any, db: None) -> Desk:
    """A coordinator signed in, and a draft with every kind of question."""
    home = InstitutionFactory()
    version = VersionFactory(
        questionnaire=QuestionnaireFactory(institution=home),
        content=EVERY_KIND,
        published_by=None,
        published_at=None,
    )
    return client_of(CoordinatorFactory(at=home)), version


def now(version: Version) -> dict[str, Any]:
    content: dict[str, Any] = Version.objects.get(pk=version.pk).content
    return content


def posted(client: Client, version: Version, path: str, /, **fields: Any) -> Any:
    return client.post(f"/surveys/versions/{version.pk}/{path}", fields)


def test_questions_move_over_the_borders_of_sections_and_consent_stays_first() -> None:
    start = copy.deepcopy(EVERY_KIND)

    assert codes(editing.moved(start, "since", up=True))[1][:3] == ["abroad", "since", "where"]
    assert codes(editing.moved(start, "abroad", up=True))[0] == ["consent", "abroad"]
    assert codes(editing.moved(start, "spoken", up=False))[2][0] == "spoken"
    assert editing.moved(start, "consent", up=False) == start
    assert editing.moved(editing.moved(start, "abroad", up=True), "abroad", up=True) == editing.moved(
        start, "abroad", up=True
    )
    assert start == EVERY_KIND


def test_the_language_with_the_most_texts_is_the_one_to_translate_from() -> None:
    serbian = {
        **SMALL,
        "sections": [
            {
                "title": {"sr": "Све"},
                "questions": [
                    {"code": "consent", "kind": "consent", "text": {"sr": "Слажем се."}},
                    *({"code": f"q{number}", "kind": "text", "text": {"sr": "Шта?"}} for number in range(40)),
                ],
            }
        ],
    }

    assert editing.languages_of(SMALL) == ("en", "sr")
    assert editing.languages_of(inserted(serbian, supplied_instruments()["home_interest"])) == (
        "sr",
        "en",
        "sq",
    )


def test_a_section_begins_with_a_question_and_is_joined_again() -> None:
    divided = editing.divided(EVERY_KIND, "hours", title={"en": "Time"})

    assert codes(divided)[1:3] == [["abroad", "where", "since"], ["hours", "spoken"]]
    assert codes(editing.joined_above(divided, 2)) == codes(EVERY_KIND)
    assert codes(editing.divided(EVERY_KIND, "abroad", title={"en": "Time"})) == codes(EVERY_KIND)
    with pytest.raises(editing.NoSuchQuestion):
        editing.joined_above(EVERY_KIND, 0)


def test_a_copy_has_codes_and_a_scoring_key_of_its_own() -> None:
    content = inserted(SMALL, supplied_instruments()["digital_readiness"])

    definition = parse(editing.doubled(content, "digital_readiness"))

    first, second = definition.instruments
    assert first.code != second.code
    assert not set(first.items) & set(second.items)
    assert len(second.reverse) == len(first.reverse)
    assert [len(part.items) for part in second.subscales] == [3, 3, 3]


def test_a_question_that_is_taken_away_takes_its_key_along() -> None:
    content = inserted(SMALL, supplied_instruments()["home_interest"])

    assert parse(editing.taken_away(content, "home_interest")).instruments == ()


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "rank",
            {"lines_en": "Money\nTime\nNone", "most": "2", "random_order": "on", "stay_last": "1"},
            {
                "options": [
                    {"code": "money", "label": {"en": "Money"}},
                    {"code": "time", "label": {"en": "Time"}},
                    {"code": "none", "label": {"en": "None"}},
                ],
                "most": 2,
                "random_order": True,
                "stay_last": ["none"],
            },
        ),
        (
            "matrix",
            {"lines_en": "Papers\nNetwork", "columns_en": "Poor\nGood"},
            {
                "items": [
                    {"code": "new_one_1", "text": {"en": "Papers"}},
                    {"code": "new_one_2", "text": {"en": "Network"}},
                ],
                "options": [
                    {"code": "poor", "label": {"en": "Poor"}},
                    {"code": "good", "label": {"en": "Good"}},
                ],
            },
        ),
        (
            "scale",
            {
                "lines_en": "I can.\nI cannot.",
                "reversed": "2",
                "least": "0",
                "most": "2",
                "low_label_en": "never",
                "points_en": "Never\n–\nAlways",
            },
            {
                "items": [
                    {"code": "new_one_1", "text": {"en": "I can."}, "reversed": False},
                    {"code": "new_one_2", "text": {"en": "I cannot."}, "reversed": True},
                ],
                "least": 0,
                "most": 2,
                "low_label": {"en": "never"},
                "point_labels": {"0": {"en": "Never"}, "2": {"en": "Always"}},
            },
        ),
        (
            "number",
            {"least": "0.5", "most": "60", "unit_en": "hours"},
            {"least": 0.5, "most": 60.0, "unit": {"en": "hours"}},
        ),
        ("date", {"earliest": "2020-01-01", "latest": ""}, {"earliest": "2020-01-01"}),
        ("languages", {"most": "3"}, {"most": 3}),
        ("country", {"required": "on", "help_en": "Where you live"}, {"help": {"en": "Where you live"}}),
        ("text", {"short": "on"}, {"short": True}),
        (
            "single",
            {"lines_en": "Yes\nNo"},
            {"options": [{"code": "yes", "label": {"en": "Yes"}}, {"code": "no", "label": {"en": "No"}}]},
        ),
    ],
)
def test_a_question_of_every_kind_is_added_where_it_belongs(
    kind: str, fields: dict[str, str], expected: dict[str, Any], desk: Desk
) -> None:
    client, version = desk

    chosen = client.get(
        f"/surveys/versions/{version.pk}/questions/new/", {"kind": kind, "after": "abroad"}, follow=True
    )
    response = posted(client, version, f"questions/new/{kind}/?after=abroad", text_en="New one", **fields)

    assert chosen.status_code == 200
    assert response.status_code == 302, response.content.decode()
    assert codes(now(version))[1][:2] == ["abroad", "new_one"]
    made = editing.question_of(now(version), "new_one")
    assert {name: made.get(name) for name in expected} == expected


@pytest.mark.parametrize("code", [question.code for question in parse(EVERY_KIND).questions])
def test_saving_a_question_as_it_stands_changes_nothing(code: str, desk: Desk) -> None:
    client, version = desk
    page = client.get(f"/surveys/versions/{version.pk}/questions/{code}/")
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}

    response = posted(
        client,
        version,
        f"questions/{code}/",
        **{name: value for name, value in shown.items() if value is not None and value is not False},
    )

    assert response.status_code == 302, response.content.decode()
    assert parse(now(version)) == parse(EVERY_KIND)


def test_an_answer_put_between_others_takes_no_code_away_from_them(desk: Desk) -> None:
    client, version = desk

    posted(
        client,
        version,
        "questions/wishes/",
        text_en="What matters most?",
        lines_en="Honour\nMoney\nTime\nFriends",
    )
    put_between = editing.question_of(now(version), "wishes")["options"]
    posted(
        client,
        version,
        "questions/wishes/",
        text_en="What matters most?",
        lines_en="Honour\nPay\nTime\nFriends",
    )
    reworded = editing.question_of(now(version), "wishes")["options"]

    assert [option["code"] for option in put_between] == ["honour", "money", "time", "friends"]
    assert [option["code"] for option in reworded] == ["honour", "money", "time", "friends"]


def test_a_question_that_others_hang_on_cannot_go(desk: Desk) -> None:
    client, version = desk

    response = client.post(f"/surveys/versions/{version.pk}/move/", {"out": "abroad"}, follow=True)

    assert "depends on “abroad”" in response.content.decode()
    assert codes(now(version)) == codes(EVERY_KIND)


def test_steps_on_the_page(desk: Desk) -> None:
    client, version = desk

    for step in ({"double": "hours"}, {"divide": "spoken"}, {"out": "word"}, {"down": "hours"}):
        posted(client, version, "move/", **step)
    posted(client, version, "sections/3/", title_en="Tongues", introduction_en="Short.", random_order="on")
    joined = codes(now(version))
    posted(client, version, "move/", join="2")

    assert joined[1:3] == [["abroad", "where", "since", "hours_2", "hours"], ["spoken"]]
    assert codes(now(version))[1][-1] == "spoken"
    assert "word" not in str(codes(now(version)))
    for wrong in ({"out": "nothing"}, {"join": "9"}, {}):
        assert posted(client, version, "move/", **wrong).status_code == 404


def test_a_condition_is_chosen_on_a_page(desk: Desk) -> None:
    client, version = desk

    response = posted(
        client,
        version,
        "questions/why/condition/",
        joint="all",
        what_0="abroad|is|yes",
        what_1="abroad|is|no",
        what_2="hours|at_least|",
        value_2="2,5",
        what_3="where|is_not|",
        value_3="serbia",
    )
    missing = posted(client, version, "questions/why/condition/", joint="all", what_0="hours|at_most|")
    page = client.get(f"/surveys/versions/{version.pk}/questions/why/condition/").content.decode()

    assert response.status_code == 302, response.content.decode()
    assert editing.question_of(now(version), "why")["shown_if"] == {
        "all": [
            {"question": "abroad", "is": ["yes", "no"]},
            {"question": "hours", "at_least": 2.5},
            {"question": "where", "is_not": "RS"},
        ]
    }
    assert missing.status_code == 422
    assert 'value="abroad|is|no" selected' in page
    posted(client, version, "questions/why/condition/", joint="all")
    assert "shown_if" not in editing.question_of(now(version), "why")


def test_a_section_has_a_condition_on_earlier_sections_alone(desk: Desk) -> None:
    client, version = desk

    offered = client.get(f"/surveys/versions/{version.pk}/sections/3/condition/").content.decode()
    response = posted(client, version, "sections/3/condition/", joint="any", what_0="abroad|is|yes")

    assert "abroad|is|yes" in offered
    assert "support_net" not in offered
    assert response.status_code == 302
    assert now(version)["sections"][2]["shown_if"] == {"any": [{"question": "abroad", "is": "yes"}]}
    assert client.get(f"/surveys/versions/{version.pk}/sections/1/condition/").status_code == 404


def test_a_scale_is_scored_kept_and_taken_into_another_draft(desk: Desk) -> None:
    client, version = desk
    scoring = {
        "title_en": "Confidence",
        "scoring": "mean",
        "total": "on",
        "least_answered": "2",
        "subscales": "Speaking: 1, 2",
        "cutoffs": "3,5: high",
        "version": "1",
        "licence": "CC0",
        "source": "Us",
    }

    wrong = posted(client, version, "questions/confidence/scoring/", **{**scoring, "subscales": "All: 1, 9"})
    right = posted(client, version, "questions/confidence/scoring/", **scoring)
    key = key_of(now(version), "confidence")
    again = client.get(f"/surveys/versions/{version.pk}/questions/confidence/scoring/").content.decode()
    posted(client, version, "questions/confidence/keep/")
    kept = KeptInstrument.objects.get()
    other = VersionFactory(
        questionnaire=QuestionnaireFactory(institution=version.questionnaire.institution),
        published_by=None,
        published_at=None,
    )
    taken = posted(client, other, "instruments/", kept=kept.pk)

    assert (wrong.status_code, right.status_code, taken.status_code) == (422, 302, 302)
    assert key is not None
    assert key["reverse"] == ["confidence_b"]
    assert key["subscales"][0]["items"] == ["confidence_a", "confidence_b"]
    assert key["cutoffs"] == [{"score": "total", "at_least": 3.5, "label": {"en": "high"}}]
    assert "Speaking: 1, 2" in again
    assert [one.code for one in Version.objects.get(pk=other.pk).definition.instruments] == ["confidence"]
    posted(client, version, "questions/confidence/scoring/", without="1")
    assert key_of(now(version), "confidence") is None


def test_the_library_shows_what_may_be_taken(desk: Desk) -> None:
    client, version = desk

    pages = [
        client.get(path).content.decode()
        for path in (
            f"/surveys/instruments/?draft={version.pk}",
            f"/surveys/instruments/home_interest/?draft={version.pk}",
            "/surveys/instruments/intercultural_confidence/",
        )
    ]
    taken = posted(client, version, "instruments/", supplied="home_interest")
    twice = client.post(
        f"/surveys/versions/{version.pk}/instruments/", {"supplied": "home_interest"}, follow=True
    )

    assert "Cultural Intelligence Scale" in pages[0]
    assert "Take it into the draft" in pages[1]
    assert "Take it into the draft" not in pages[2]
    assert taken.status_code == 302
    assert "already" in twice.content.decode()
    assert posted(client, version, "instruments/", supplied="nothing").status_code == 404


def test_a_trial_shows_what_would_be_kept_and_keeps_nothing(desk: Desk) -> None:
    client, version = desk
    operations.insert_instrument(
        version_id=version.pk,
        entry=supplied_instruments()["home_interest"],
        by=version.questionnaire.created_by
        if version.questionnaire.created_by.is_staff
        else CoordinatorFactory(at=version.questionnaire.institution),
        at=NOON,
    )

    wrong = posted(client, version, "", consent="yes")
    right = posted(
        client,
        version,
        "",
        consent="yes",
        abroad="yes",
        where="AL",
        **{f"home_interest_{number}": "5" for number in range(1, 7)},
    ).content.decode()

    assert wrong.status_code == 422
    assert "Albania" in right
    # Four statements at 5 and two turned round to 1: (4 x 5 + 2 x 1) / 6.
    assert "3.67" in right
    assert not Submission.objects.exists()


def test_strangers_see_nothing_and_published_versions_are_not_written(desk: Desk, client_of: Any) -> None:
    _client, version = desk
    stranger = client_of(TeacherFactory())
    published = VersionFactory(questionnaire=QuestionnaireFactory(institution=InstitutionFactory()))
    keeper = client_of(CoordinatorFactory(at=published.questionnaire.institution))

    paths = [
        "edit/",
        "questions/abroad/",
        "questions/abroad/condition/",
        "questions/confidence/scoring/",
        "questions/new/text/",
        "sections/2/",
        "sections/2/condition/",
    ]

    assert {stranger.get(f"/surveys/versions/{version.pk}/{path}").status_code for path in paths} == {404}
    assert keeper.get(f"/surveys/versions/{published.pk}/edit/").status_code == 403
    assert posted(keeper, published, "instruments/", supplied="home_interest").status_code == 403


@pytest.mark.django_db
def test_an_empty_questionnaire_begins_with_consent(client_of: Any) -> None:
    home = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=home))
    fields = {"title": "Our question", "introduction": "One question.", "audience": "staff"}

    missing = client.post("/surveys/new/", {**fields, "title": "", "institution": home.pk})
    begun = client.post("/surveys/new/", {**fields, "institution": home.pk}, follow=True)
    elsewhere = client.post("/surveys/new/", {**fields, "institution": InstitutionFactory().pk})

    version = Version.objects.get()
    assert (missing.status_code, begun.status_code, elsewhere.status_code) == (422, 200, 422)
    assert [question.code for question in version.definition.questions] == ["consent"]
    assert version.definition.title == {"en": "Our question"}
    assert version.questionnaire.audience == "staff"
    assert editing.languages_of(version.content)[0] == "en"
    assert client_of(TeacherFactory(at=home)).get("/surveys/new/").status_code == 404


@pytest.mark.django_db
def test_a_running_campaign_keeps_the_version_it_began_with() -> None:
    at = timezone.now()
    answer_set = AnswerSetFactory(opens_at=at - timedelta(days=1), closes_at=at + timedelta(days=1))
    questionnaire = answer_set.version.questionnaire
    keeper = CoordinatorFactory(at=questionnaire.institution)
    before = Client().get(f"/surveys/a/{answer_set.token}/").content.decode()

    second = operations.revise(questionnaire_id=questionnaire.pk, by=keeper, at=at)
    content = editing.taken_away(SMALL, "age")
    content["sections"][0]["questions"][1]["text"]["en"] = "Away?"
    operations.change_draft(version_id=second.pk, content=content, by=keeper, at=at)
    operations.publish(version_id=second.pk, by=keeper, at=at)
    after = Client().get(f"/surveys/a/{answer_set.token}/").content.decode()
    answered = Client().post(
        f"/surveys/a/{answer_set.token}/",
        {"key": _hand_out(answer_set, at), "consent": "yes", "mobility": "yes", "age": "21"},
    )

    assert "Abroad?" in before
    assert "Abroad?" in after
    assert "Away?" not in after
    assert answered.status_code == 303
    assert Submission.objects.get().answers == {"mobility": "yes", "age": 21}
