"""Words in several languages, Serbian in two scripts, and the catalogue that follows from another."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from biosint.shared.words import Words, in_language, in_latin


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools" / "catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Његош и њива", "Njegoš i njiva"),
        ("ЉУБАВ", "LJUBAV"),
        ("Љубав", "Ljubav"),
        ("КОЊ, КРАЉ", "KONJ, KRALJ"),
        ("Џејн, џеп, ЏЕП", "Džejn, džep, DŽEP"),
        ("ђак, чаша, ћуп, шума, жир", "đak, čaša, ćup, šuma, žir"),
        ("Plain English 2026", "Plain English 2026"),
        ("", ""),
    ],
)
def test_serbian_is_written_in_latin_letters(cyrillic: str, latin: str) -> None:
    assert in_latin(cyrillic) == latin


def test_every_cyrillic_letter_of_serbian_has_a_latin_one() -> None:
    alphabet = "абвгдђежзијклљмнњопрстћуфхцчџш"

    for letter in (*alphabet, *alphabet.upper()):
        assert in_latin(letter).isascii() or in_latin(letter) in "đžćčšĐŽĆČŠdžDŽDž"
        assert in_latin(letter) != letter


def test_content_comes_in_the_language_of_the_reader() -> None:
    content = {"en": "Course", "sr": "Курс", "sq": "Kurs"}

    assert in_language(content, "sq") == Words("Kurs", "sq")
    assert in_language(content, "sr") == Words("Курс", "sr-Cyrl")
    assert in_language(content, "sr-latn") == Words("Kurs", "sr-Latn")


def test_the_reader_is_who_reads_now() -> None:
    with translation.override("sq"):
        assert str(in_language({"en": "Course", "sq": "Kurs"})) == "Kurs"


def test_a_missing_language_falls_back_to_english_then_to_any_and_says_so() -> None:
    assert in_language({"en": "Course", "sr": "Курс"}, "sq") == Words("Course", "en", is_fallback=True)
    assert in_language({"en": "", "sr": "Курс"}, "sq") == Words("Курс", "sr-Cyrl", is_fallback=True)
    assert in_language({}, "sq") == Words("", "sq")


def test_a_reader_of_a_near_language_gets_words_they_understand() -> None:
    content = {"en": "Course", "sr": "Курс", "bs": "Kurs (bs)"}

    assert in_language(content, "hr") == Words("Kurs (bs)", "bs", is_fallback=True)
    assert in_language(content, "cnr") == Words("Kurs", "sr-Latn", is_fallback=True)
    assert in_language({"en": "Course"}, "bs") == Words("Course", "en", is_fallback=True)


def test_serbian_written_in_latin_letters_is_named_so() -> None:
    assert in_language({"sr": "Kurs"}, "sr") == Words("Kurs", "sr-Latn")


def test_the_catalogue_keeps_what_a_program_reads(catalogues: ModuleType) -> None:
    message = 'Име %(name)s, <a href="/курс/">љубав</a> {count} &nbsp; https://пример.rs ништа@пример.rs 5 %'

    assert catalogues.in_latin_letters(message) == (
        'Ime %(name)s, <a href="/курс/">ljubav</a> {count} &nbsp; https://пример.rs ништа@пример.rs 5 %'
    )


def test_the_latin_catalogue_has_every_message_with_its_plurals_and_context(catalogues: ModuleType) -> None:
    cyrillic = Catalog(locale="sr")
    cyrillic.add("Course", "Курс", context="noun")
    cyrillic.add(("%(n)s team", "%(n)s teams"), ("%(n)s тим", "%(n)s тима", "%(n)s тимова"))

    latin = catalogues.derived(cyrillic)

    assert latin.get("Course", "noun").string == "Kurs"
    assert latin.get("%(n)s team").string == ("%(n)s tim", "%(n)s tima", "%(n)s timova")
    assert latin.num_plurals == cyrillic.num_plurals
    assert latin.plural_expr == cyrillic.plural_expr


def test_respondents_catalogues_take_what_respondents_read_and_nothing_else(catalogues: ModuleType) -> None:
    gathered = Catalog(locale="sr")
    gathered.add("Send answers", locations=[("surveys/templates/surveys/answer.html", 55)])
    gathered.add(
        "optional", locations=[("shared/x.html", 1), ("surveys/templates/surveys/_questions.html", 9)]
    )
    gathered.add("Publish", locations=[("surveys/templates/surveys/detail.html", 7)])

    chosen = catalogues.for_respondents(gathered)

    assert [message.id for message in chosen if message.id] == ["Send answers", "optional"]
