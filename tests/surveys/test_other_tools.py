"""Pages on which questionnaires come from other tools and go to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from biosint.shared.verdicts import Refused
from biosint.surveys import operations
from biosint.surveys.definitions import parse
from biosint.surveys.formats.limesurvey import write_survey
from biosint.surveys.models import Questionnaire, Version
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, TeacherFactory
from factories.surveys import SMALL, VersionFactory

pytestmark = pytest.mark.django_db

SignedInClient = Callable[[Any], Client]


def lss() -> SimpleUploadedFile:
    return SimpleUploadedFile("small.lss", write_survey(SMALL, sid=123456)[0])


def test_a_questionnaire_of_limesurvey_is_shown_before_it_is_kept(client_of: SignedInClient) -> None:
    home = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=home))

    shown = client.post("/surveys/bring/", {"file": lss(), "institution": home.pk})
    kept_before = Questionnaire.objects.count()
    client.post("/surveys/bring/take/", {"sealed": shown.context["sealed"]})

    assert "Everything was carried" in shown.content.decode()
    assert kept_before == 0
    version = Version.objects.get()
    assert parse(version.content) == parse(SMALL)
    assert not version.is_published
    assert version.questionnaire.institution == home


def test_nobody_brings_a_questionnaire_into_a_strangers_institution(client_of: SignedInClient) -> None:
    home, other = InstitutionFactory(), InstitutionFactory()

    shown = client_of(CoordinatorFactory(at=home)).post(
        "/surveys/bring/", {"file": lss(), "institution": other.pk}
    )
    with pytest.raises(Refused):
        operations.bring_in(content=SMALL, institution=other, by=TeacherFactory(at=home), at=NOON)

    assert shown.status_code == 422
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<document/>", "no questionnaire of LimeSurvey"), (b"PK\x03\x04", "not really"), (b"<a", "not whole")],
)
def test_a_file_that_is_none_says_so(client_of: SignedInClient, body: bytes, words: str) -> None:
    home = InstitutionFactory()

    response = client_of(CoordinatorFactory(at=home)).post(
        "/surveys/bring/", {"file": SimpleUploadedFile("x.lss", body), "institution": home.pk}
    )

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_version_leaves_for_limesurvey_and_as_a_code_book(client_of: SignedInClient) -> None:
    version = VersionFactory()
    client = client_of(CoordinatorFactory(at=version.questionnaire.institution))

    page = client.get(f"/surveys/versions/{version.pk}/files/")
    survey = client.get(f"/surveys/versions/{version.pk}/files/limesurvey/")
    book = client.get(f"/surveys/versions/{version.pk}/files/codebook/")

    assert "worded against the others" in page.content.decode()
    assert fromstring(survey.content).tag == "document"
    assert survey.headers["Content-Disposition"].endswith('.lss"')
    assert fromstring(book.content).tag == "{ddi:codebook:2_5}codeBook"
