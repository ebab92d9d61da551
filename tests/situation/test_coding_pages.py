"""Pages of the coding desk."""

from __future__ import annotations

from typing import Any

import pytest

from biosint.situation.models import Codebook, Coder, Coding, FinalCoding, Quote
from clock import DAY
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    TeacherFactory,
)
from factories.coding import CodebookFactory, CodeFactory, CoderFactory, CodingFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client_of: Any) -> dict[str, Any]:
    home = InstitutionFactory()
    answer_set = AnswerSetFactory(owner=home, asked=[home])
    keys = [
        SubmissionFactory(answer_set=answer_set, institution=home, answers={"wish": f"Wish {number}"}).pk
        for number in range(3)
    ]
    codebook = CodebookFactory(answer_set=answer_set)
    CodeFactory(codebook=codebook, word="money")
    first = CoderFactory(codebook=codebook, person=TeacherFactory(at=home))
    second = CoderFactory(codebook=codebook, person=TeacherFactory(at=home), place=Coder.SECOND)
    return {
        "home": home,
        "set": answer_set,
        "keys": keys,
        "codebook": codebook,
        "keeper": client_of(AdministratorFactory(at=home)),
        "first": client_of(first.person),
        "second": client_of(second.person),
        "coders": (first, second),
    }


def at(scene: dict[str, Any], more: str = "") -> str:
    return f"{scene['codebook'].get_absolute_url()}{more}"


def test_only_keepers_and_coders_see_open_answers(scene: dict[str, Any], client_of: Any) -> None:
    home = scene["home"]
    for person in (
        DeanFactory(at=home),
        TeacherFactory(at=home),
        CoordinatorFactory(at=InstitutionFactory()),
    ):
        visitor = client_of(person)
        for more in (
            "",
            "read/",
            "compare/",
            "suggestions/",
            f"codes/{scene['codebook'].codes.get().pk}/quotes/",
        ):
            assert visitor.get(at(scene, more)).status_code == 404, more
    # A coder sees what to code, and neither quotes nor other pages with answers.
    page = scene["first"].get(at(scene))
    assert page.status_code == 200
    assert f"/situation/answers/{scene['set'].pk}/" not in page.content.decode()
    assert (
        scene["first"].get(at(scene, f"codes/{scene['codebook'].codes.get().pk}/quotes/")).status_code == 403
    )
    assert scene["first"].get(f"/situation/answers/{scene['set'].pk}/texts/wish/").status_code == 404
    # A keeper who does not code has nothing to read.
    assert scene["keeper"].get(at(scene, "read/")).status_code == 404


def test_a_codebook_begins_where_the_answers_stand(client_of: Any) -> None:
    answer_set = AnswerSetFactory()
    answer_set.opens_at -= 900 * DAY
    answer_set.closes_at -= 900 * DAY
    answer_set.save()
    SubmissionFactory(answer_set=answer_set, answers={"wish": "More courses"})
    keeper = client_of(AdministratorFactory(at=answer_set.owner))
    listed = keeper.get(f"/situation/answers/{answer_set.pk}/texts/wish/").content.decode()
    address = f"/situation/answers/{answer_set.pk}/texts/wish/coding/"
    assert address in listed
    assert "One person wrote an answer." in keeper.get(address).content.decode()

    page = keeper.post(address, {"sample_size": ""})

    codebook = Codebook.objects.get()
    assert page["Location"] == codebook.get_absolute_url()
    assert "No code yet" in keeper.get(page["Location"]).content.decode()
    assert keeper.get(address)["Location"] == codebook.get_absolute_url()
    assert keeper.get(f"/situation/answers/{answer_set.pk}/texts/age/coding/").status_code == 404


def test_codes_and_coders_are_added_by_keepers(scene: dict[str, Any]) -> None:
    keeper = scene["keeper"]
    keeper.post(at(scene, "codes/"), {"label": "Недостатак времена", "definition": "Time is named."})
    keeper.post(at(scene, "codes/"), {"label": "Money", "definition": "Again."})
    page = keeper.post(at(scene, "coders/"), {"address": "nobody@example.org", "place": "1"}, follow=True)

    assert [code.word for code in scene["codebook"].codes.all()] == ["money", "code-2"]
    assert "Nobody here has this address" in page.content.decode()


def test_from_reading_to_a_finished_coding(scene: dict[str, Any]) -> None:
    for which in ("first", "second"):
        for _answer in scene["keys"]:
            page = scene[which].get(at(scene, "read/"))
            key = page.context["key"]
            words = ["money"] if which == "first" or key == scene["keys"][0] else []
            scene[which].post(at(scene, "read/"), {"answer": key, "code": words})
        assert scene[which].get(at(scene, "read/"))["Location"] == at(scene)
    assert Coding.objects.count() == 6
    shown = scene["keeper"].get(at(scene)).content.decode()
    assert "How far the two coders agree" in shown

    compared = scene["keeper"].get(at(scene, "compare/")).content.decode()
    assert "Still to be settled: 2 of 2." in compared
    for key in scene["keys"][1:]:
        scene["first"].post(at(scene, "decide/?page=1"), {"answer": key, "code": ["money"]})
    assert FinalCoding.objects.count() == 2
    scene["keeper"].post(at(scene, "close/"))

    scene["codebook"].refresh_from_db()
    assert scene["codebook"].is_closed
    shown = scene["keeper"].get(at(scene, "?by=institution")).content.decode()
    assert "Small numbers are hidden" in shown


def test_a_coder_goes_back_and_mends_while_the_other_still_reads(scene: dict[str, Any]) -> None:
    page = scene["first"].get(at(scene, "read/?number=1"))
    key = page.context["key"]
    scene["first"].post(at(scene, "read/"), {"answer": key, "code": ["money"]})
    assert "read already" in scene["first"].get(at(scene, "read/?number=1")).content.decode()
    scene["first"].post(at(scene, "read/"), {"answer": key})

    assert Coding.objects.get().codes == []
    assert scene["first"].get(at(scene, "read/?number=9")).status_code == 404


def test_suggestions_teach_where_there_is_too_little(scene: dict[str, Any]) -> None:
    assert "Too few answers" in scene["first"].get(at(scene, "suggestions/")).content.decode()
    for number in range(10):
        SubmissionFactory(answer_set=scene["set"], answers={"wish": f"More money for books {number}"})

    assert "money" in scene["first"].get(at(scene, "suggestions/")).content.decode()


def test_a_coder_never_sees_what_the_other_gave(scene: dict[str, Any]) -> None:
    CodingFactory(coder=scene["coders"][0], submission_id=scene["keys"][0], codes=["money"])

    assert "Both coders finish first" in scene["second"].get(at(scene, "compare/")).content.decode()
    for number in (1, 2, 3):
        assert b"checked" not in scene["second"].get(at(scene, f"read/?number={number}")).content


def test_a_quote_is_made_unrecognisable_and_released(scene: dict[str, Any]) -> None:
    for coder in scene["coders"]:
        for key in scene["keys"]:
            CodingFactory(coder=coder, submission_id=key, codes=["money"])
    code = scene["codebook"].codes.get()
    address = at(scene, f"codes/{code.pk}/quotes/")

    shown = scene["keeper"].get(f"{address}?answer={scene['keys'][0]}").content.decode()
    assert "Wish 0</textarea>" in shown
    refused = scene["keeper"].post(f"{address}?answer={scene['keys'][0]}", {"text": "A wish"})
    assert refused.status_code == 422
    scene["keeper"].post(f"{address}?answer={scene['keys'][0]}", {"text": "A wish", "is_safe": "on"})

    quote = Quote.objects.get()
    assert (quote.text, quote.language) == ("A wish", "en")
    scene["keeper"].post(at(scene, f"quotes/{quote.pk}/"))
    assert not Quote.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_codebook_asks_as_often_for_one_code_as_for_three(
    scene: dict[str, Any], count_queries: Any, rows: int
) -> None:
    CodeFactory.create_batch(rows - 1, codebook=scene["codebook"])

    with count_queries(10):
        scene["keeper"].get(at(scene))
