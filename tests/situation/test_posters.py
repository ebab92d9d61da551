"""Posters and squares: what is hung up leads where it says."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from biosint.situation import letters, posters
from factories.people import CoordinatorFactory
from factories.situation_campaigns import CampaignFactory
from factories.surveys import SMALL, AnswerSetFactory, AskedGroupFactory, VersionFactory

pytestmark = pytest.mark.django_db


def text_of(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


@pytest.mark.parametrize(
    "languages",
    [
        ["en"],
        ["en", "sr"],
        ["en", "sr", "sq", "nl"],
        ["en", "sr-latn", "sr", "bs", "cnr", "hr", "sq", "ro", "nl"],
    ],
)
def test_a_poster_is_one_page_in_any_number_of_languages(languages: list[str]) -> None:
    title = {code: f"Internationalisation at home, as students see it ({code})" for code in languages}
    version = VersionFactory(content={**SMALL, "title": title})
    campaign = CampaignFactory(answer_set=AnswerSetFactory(token="abcdefgh", version=version))

    paper = posters.poster(campaign, languages=languages, whom="Second year")

    assert len(pypdf.PdfReader(io.BytesIO(paper)).pages) == 1
    words = text_of(paper)
    assert "/a/abcdefgh" in words
    assert "Second year" in words
    assert all(f"({code})" in words for code in languages)


def test_a_square_leads_to_one_group_in_one_language(client_of: Any) -> None:
    group = AskedGroupFactory(asked__answer_set=AnswerSetFactory(token="abcdefgh"), code="second")
    campaign = CampaignFactory(answer_set=group.asked.answer_set)
    keeper = client_of(CoordinatorFactory(at=campaign.answer_set.owner))
    place = group.asked.institution.slug
    path = f"/situation/campaigns/{campaign.pk}/"

    page = keeper.get(f"{path}posters/?lang=en&for={place}/second").content.decode()
    png = keeper.get(f"{path}qr.png?lang=en&for={place}/second")
    unknown = [
        keeper.get(f"{path}{address}").status_code
        for address in ("qr.gif", "qr.svg?lang=xx", "poster.pdf?for=nowhere")
    ]

    assert letters.answer_url(campaign, language="en", at=place, group="second").replace("&", "&amp;") in page
    assert png.content.startswith(b"\x89PNG")
    assert unknown == [404, 404, 404]


def test_the_short_address_keeps_what_stands_behind_it(client: Any) -> None:
    response = client.get("/a/abcdefgh?lang=sq&at=med")

    assert response.headers["Location"] == "/surveys/a/abcdefgh/?lang=sq&at=med"
