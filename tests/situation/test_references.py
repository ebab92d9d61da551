"""References from files, and back into lists: pure, so without a database."""

from __future__ import annotations

import pytest

from biosint.situation import references
from biosint.situation.references import BadDoi, Reference, doi_in, language_in, title_key, written

BIB = r"""
A remark that nobody asked for.
@string{journal = "Journal of Ward Rounds"}
@comment{never mind}
@article{key2015,
  title = {Seen {From} Home: {\v S}tudents \& their {\"U}bung},
  author = {Visser, Anna and Jan {De Smet} and {Council of Examples} and others},
  year = 2015, journal = journal # ", vol. 1",
  doi = {https://doi.org/10.1234/ABC.5}, langid = {english}}
@misc(page, title = "A page", url = {https://example.org/a_b}, date = {2021-05-04})
@techreport{broken, title = {It never closes
@book{last, title = {The Last One}, doi = {no doi}, year = {n.d.}}
"""
RIS = """TY  - JOUR
AU  - Visser, Anna
AU  - De Smet, Jan
TI  - Internationalisation at
  home
PY  - 2003/01/02/
DO  - 10.1234/abc.5
UR  - javascript:alert(1)
ER  -\x20

TY  - STAT
LA  - French
T1  - Law on higher education
"""


def test_bibtex_is_read_with_its_accents_short_words_and_offices() -> None:
    article, page, broken, last = references.read(BIB)

    assert article == Reference(
        title="Seen From Home: Študents & their Übung",
        kind="article",
        authors="Visser, Anna; De Smet, Jan; Council of Examples",
        year=2015,
        published_in="Journal of Ward Rounds, vol. 1",
        doi="10.1234/abc.5",
        language="en",
        place=5,
    )
    assert (page.kind, page.title, page.url, page.year) == ("web", "A page", "https://example.org/a_b", 2021)
    assert (broken.title, broken.faults) == ("", ("no_end", "no_title"))
    assert (last.title, last.doi, last.faults) == ("The Last One", "", ("bad_doi", "bad_year"))


def test_ris_is_read_with_folded_lines_and_without_dangerous_addresses() -> None:
    article, law = references.read(RIS)

    assert article == Reference(
        title="Internationalisation at home",
        kind="article",
        authors="Visser, Anna; De Smet, Jan",
        year=2003,
        doi="10.1234/abc.5",
        place=1,
        faults=("bad_url",),
    )
    assert (law.kind, law.title, law.language, law.faults) == (
        "law",
        "Law on higher education",
        "fr",
        ("no_end",),
    )


def test_what_is_neither_gives_nothing() -> None:
    assert references.read("Dear colleagues, see below.") == []


def test_what_was_written_as_ris_is_read_back_the_same() -> None:
    one = Reference(
        title="Seen from home",
        kind="report",
        authors="Visser, Anna; De Smet, Jan",
        year=2024,
        published_in="Ward Press",
        doi="10.1234/abc",
        url="https://example.org/",
        language="en",
        place=1,
    )

    assert references.read(references.as_ris([one])) == [one]


def test_endless_words_and_far_years_are_cut_and_told() -> None:
    found = references.read(f"TY  - JOUR\nTI  - {'a' * 600}\nPY  - 9999\nER  - ")[0]

    assert (len(found.title), found.year, found.faults) == (500, None, ("cut", "bad_year"))


@pytest.mark.parametrize(
    ("given", "doi"),
    [
        ("", ""),
        ("10.1007/BF02310555", "10.1007/bf02310555"),
        ("doi: 10.1000.10/123456.", "10.1000.10/123456"),
        ("http://dx.doi.org/10.1038/nphys1170", "10.1038/nphys1170"),
    ],
)
def test_a_doi_is_known_in_every_usual_writing(given: str, doi: str) -> None:
    assert doi_in(given) == doi


@pytest.mark.parametrize("given", ["10.12/x", "11.1234/x", "10.1234/", "10.1234/a b", "https://example.org/"])
def test_what_has_not_the_form_of_a_doi_is_refused(given: str) -> None:
    with pytest.raises(BadDoi):
        doi_in(given)


def test_one_title_in_two_scripts_and_with_other_signs_has_one_key() -> None:
    assert title_key("Интернационализација код куће!") == title_key("Internacionalizacija: kod kuce")
    assert title_key("Part 1") != title_key("Part 2")


def test_a_language_is_known_by_code_and_by_name() -> None:
    assert [language_in(word) for word in ("EN", "sr-Latn", "Dutch", "??", "")] == ["en", "sr", "nl", "", ""]


def test_a_reference_reads_as_a_line_of_a_list() -> None:
    one = Reference(
        title="Seen from home.", authors="Visser, Anna Maria; Council", year=2024, doi="10.1234/abc"
    )

    assert written(one) == "Visser A. M., Council (2024). Seen from home. https://doi.org/10.1234/abc"
    assert written(Reference(title="Law", year=2005, published_in="Gazette")) == "2005. Law. Gazette."


def test_a_file_whose_entries_never_close_is_given_up_after_some() -> None:
    found = references.from_bibtex("@a{" * 100_000)

    assert len(found) == 50
    assert {one.faults for one in found} == {("no_end", "no_title")}


def test_short_words_of_short_words_do_not_grow_without_end() -> None:
    bomb = '@string{a = "' + "x" * 100 + '"}' + "@string{a = a # a}" * 60

    found = references.from_bibtex(bomb + "@article{k, title = a # a, author = {A" + " " * 300_000 + "B}}")

    assert [(len(one.title), len(one.authors) < 10) for one in found] == [(20_000, True)]
