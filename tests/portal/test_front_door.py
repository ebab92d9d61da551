from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from factories import CoordinatorFactory, InstitutionFactory, PersonFactory, SiteAdministratorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/search/", "/about/", "/accessibility/", "/privacy/", "/robots.txt"])
def test_the_front_door_is_open_to_all(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("code", ["en", "sr", "sr-latn", "sq"])
def test_every_language_says_so_on_the_page(client: Client, code: str) -> None:
    client.cookies["biosint_language"] = code

    page = client.get("/").content.decode()

    assert f'lang="{ {"en": "en", "sr": "sr-Cyrl", "sr-latn": "sr-Latn", "sq": "sq"}[code] }"' in page


def test_a_stranger_finds_no_area(client: Client, client_of: Any) -> None:
    assert client.get("/my/learn/").status_code == 302
    assert client_of(PersonFactory()).get("/my/administration/").status_code == 404
    assert client_of(PersonFactory()).get("/my/nonsense/").status_code == 404


def test_home_greets_and_shows_the_menu(client_of: Any) -> None:
    page = client_of(CoordinatorFactory(at=InstitutionFactory(), name="Ana Ilić")).get("/").content.decode()

    assert "Good to see you, Ana Ilić" in page
    assert "/my/project/" in page


def test_an_empty_platform_guides_its_administrator(client_of: Any) -> None:
    page = client_of(SiteAdministratorFactory()).get("/").content.decode()

    assert "Your first hour" in page


def test_the_palette_gets_the_list_alone(client_of: Any) -> None:
    answer = client_of(CoordinatorFactory(at=InstitutionFactory())).get(
        "/search/?q=evid", HTTP_HX_REQUEST="true"
    )

    page = answer.content.decode()
    assert "<html" not in page
    assert "/evidence/" in page


def test_searching_nothing_finds_nothing(client: Client) -> None:
    assert "Nothing was found for “zzzz”" in client.get("/search/?q=zzzz").content.decode()


def test_the_security_policy_allows_no_inline_script(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
