"""The page of a questionnaire speaks every language in which its questionnaire is complete."""

from __future__ import annotations

import gettext
import re
import runpy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import trans_real

from biosint.shared.languages import OWN_NAMES, TAGS, page_tag
from biosint.surveys.models import AnswerSet, Submission
from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import complete_languages, page_languages, texts_of
from biosint.surveys.web.answering import _hand_out
from factories.institutions import InstitutionFactory
from factories.surveys import SMALL, AnswerSetFactory, VersionFactory

pytestmark = pytest.mark.django_db


def spoken(raw: Any, languages: tuple[str, ...]) -> Any:
    """The small questionnaire with every text in each language: “Abroad? (ro)”."""
    if isinstance(raw, dict):
        if "en" in raw:
            return {code: f"{'Реч' if code == 'sr' else raw['en']} ({code})" for code in languages}
        return {name: spoken(part, languages) for name, part in raw.items()}
    return [spoken(part, languages) for part in raw] if isinstance(raw, list) else raw


def opened(languages: tuple[str, ...] = LANGUAGES, **more: Any) -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(
        version=VersionFactory(content=spoken(SMALL, languages)),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        **more,
    )


def page_of(answer_set: AnswerSet, query: str = "", **headers: str) -> str:
    response = Client().get(f"/surveys/a/{answer_set.token}/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def languages_on(page: str) -> list[str]:
    return re.findall(r'href="\?lang=([a-z-]+)"', page)


@pytest.fixture
def unknown_words(request: pytest.FixtureRequest) -> Iterator[set[str]]:
    """Collects the messages that a page asks a catalogue for and that it does not have."""
    asked: set[str] = set()

    class Listener(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return message

        def pgettext(self, context: str, message: str) -> str:
            del context
            return self.gettext(message)

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return self.gettext(msgid1 if n == 1 else msgid2)

    code = request.node.callspec.params["code"]
    with translation.override(code):
        catalogue = trans_real.catalog()
        before = catalogue._fallback
        catalogue._fallback = Listener()
        try:
            yield asked
        finally:
            catalogue._fallback = before


def demanded(unknown: set[str]) -> set[str]:
    """Messages that a translator is still told to write; gathering them takes seconds, so only when needed."""
    if not unknown:
        return set()
    path = Path(__file__).resolve().parents[2] / "tools" / "catalogues.py"
    tool = runpy.run_path(str(path))
    return {
        form
        for message in tool["for_respondents"](tool["template"]())
        for form in ([message.id] if isinstance(message.id, str) else message.id)
    }


def test_every_text_has_one_address_that_does_not_hang_on_its_place() -> None:
    addresses = [text.address for text in texts_of(SMALL)]

    assert len(set(addresses)) == len(addresses)
    assert addresses[:4] == ["title", "introduction", "sections/1/title", "consent/text"]
    assert "mobility/options/yes/label" in addresses
    assert "digital/items/digital_b/text" in addresses


def test_a_language_counts_as_complete_only_without_any_gap() -> None:
    whole = spoken(SMALL, ("en", "hr"))
    gap = spoken(SMALL, ("en", "hr"))
    gap["sections"][0]["questions"][1]["options"][1]["label"]["hr"] = " "

    assert complete_languages(whole) == ["en", "hr"]
    assert complete_languages(gap) == ["en"]


def test_serbian_is_offered_in_the_scripts_it_can_be_shown_in() -> None:
    assert page_languages({"title": {"sr": "Упитник"}}) == ["sr-latn", "sr"]
    assert page_languages({"title": {"sr": "Upitnik"}}) == ["sr-latn"]


def test_the_page_offers_the_languages_in_which_the_questionnaire_is_complete() -> None:
    assert languages_on(page_of(opened())) == list(OWN_NAMES)
    assert languages_on(page_of(opened(("en", "ro")))) == ["en", "ro"]


@pytest.mark.parametrize("code", OWN_NAMES)
def test_the_page_is_read_in_each_language_to_its_last_word(code: str, unknown_words: set[str]) -> None:
    answer_set = opened(asked=[InstitutionFactory(), InstitutionFactory()])
    content = code.partition("-")[0]

    page = page_of(answer_set, f"?lang={code}")
    wrong = Client().post(
        f"/surveys/a/{answer_set.token}/?lang={code}",
        {"key": _hand_out(answer_set, timezone.now()), "age": "x"},
    )
    thanks = Client().get(f"/surveys/a/{answer_set.token}/thanks/?lang={code}")

    assert f'<html lang="{page_tag(code)}"' in page
    assert f"({content})" in page
    assert "fallback-mark" not in page
    assert wrong.status_code == 422
    assert thanks.status_code == 200
    if code != "en":
        shown = page + wrong.content.decode() + thanks.content.decode()
        # Reading a questionnaire prepares words for its faults, which nobody sees here.
        seen = {words for words in unknown_words if escape(words) in shown}
        assert seen <= demanded(seen)
        for english in ("Send answers", "(optional)", "Please answer this question", "Thank you"):
            assert english not in shown


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        ("cnr,en;q=0.5", "cnr"),
        ("sr-Latn-RS,en;q=0.5", "sr-latn"),
        ("sr-RS,en;q=0.5", "sr"),
        ("ro-MD,ru;q=0.9", "ro"),
        ("ja", "en"),
    ],
)
def test_the_browser_chooses_among_what_is_offered(wish: str, code: str) -> None:
    page = page_of(opened(), **{"accept-language": wish})

    assert f'<html lang="{page_tag(code)}"' in page


def test_a_browser_in_a_language_that_is_not_complete_gets_one_that_is() -> None:
    page = page_of(opened(("en", "hr")), **{"accept-language": "sq,hr;q=0.5"})

    assert '<html lang="hr"' in page


def test_an_answer_knows_the_language_it_was_given_in() -> None:
    answer_set = opened()

    Client().post(
        f"/surveys/a/{answer_set.token}/?lang=cnr",
        {"key": _hand_out(answer_set, timezone.now()), "consent": "yes", "mobility": "no"},
    )

    assert Submission.objects.get().language == "cnr"


def test_a_missing_text_shows_in_a_near_language_and_says_so() -> None:
    answer_set = opened(("en", "sr"))

    page = page_of(answer_set, "?lang=hr")

    assert '<span class="fallback"><span lang="sr-Latn">Reč (sr)</span>' in page


@pytest.mark.parametrize(("code", "number"), [("cnr", "0,5"), ("nl", "0,5"), ("ro", "0,5"), ("en", "0.5")])
def test_numbers_are_written_as_the_language_writes_them(code: str, number: str) -> None:
    content = spoken(SMALL, LANGUAGES)
    content["sections"][0]["questions"][4]["least"] = 0.5
    now = timezone.now()
    answer_set = AnswerSetFactory(
        version=VersionFactory(content=content),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )

    assert number in page_of(answer_set, f"?lang={code}")


def test_every_language_of_pages_has_a_name_and_a_tag() -> None:
    assert set(OWN_NAMES) == set(TAGS)
    assert {code.partition("-")[0] for code in OWN_NAMES} == set(LANGUAGES)
