"""Files that other systems read, held against their published schemas; and files of others, read here."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from biosint.recognition import documents, elmo, elmo_reading, ola, texts
from biosint.recognition.models import AgreementVersion, BroughtRecord, LearningAgreement
from biosint.recognition.operations import agreements, transcripts
from biosint.recognition.queries import agreements as queries
from biosint.recognition.states import Party
from clock import NOON
from factories import (
    AdministratorFactory,
    AwardFactory,
    BroughtRecordFactory,
    CompletionFactory,
    InstitutionFactory,
    PersonFactory,
    StudentFactory,
)
from recognition.test_agreements import latest, sign, stage

pytestmark = pytest.mark.django_db


@lru_cache(maxsize=1)
def elmo_schema(standards: Path) -> Any:
    """The schema names its parts by addresses elsewhere; here they lie beside it."""
    import xmlschema

    return xmlschema.XMLSchema(
        standards / "elmo" / "schema.xsd",
        locations={
            "http://www.w3.org/2000/09/xmldsig#": str(standards / "elmo/references/xmldsig-core-schema.xsd"),
            "http://europass.cedefop.europa.eu/Europass/V2.0": str(
                standards / "elmo/references/EUROPASS_ISOCountries_V1.1.xsd"
            ),
            "https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1": str(
                standards / "ewp/types-address/schema.xsd"
            ),
            "https://github.com/erasmus-without-paper/ewp-specs-architecture/blob/stable-v1/common-types.xsd": str(
                standards / "ewp/architecture/common-types.xsd"
            ),
        },
        use_location_hints=False,
        allow="local",
    )


def completed(**fields: Any) -> Any:
    completion = CompletionFactory(**fields)
    return transcripts.take_transcript(language="en", by=completion.application.learner, at=timezone.now())


def test_a_transcript_is_valid_elmo(shared_data: Path) -> None:
    made = completed(application__learner__name="Ана \x07 & Марија Ђурић")

    written = elmo.document(made, pdf=documents.transcript(made))

    schema = elmo_schema(shared_data / "standards")
    assert [error.reason for error in schema.iter_errors(io.BytesIO(written))] == []
    broken = written.replace(b"<givenNames>", b"<forename>").replace(b"</givenNames>", b"</forename>")
    assert [*schema.iter_errors(io.BytesIO(broken))]


def test_what_is_written_as_elmo_is_read_back() -> None:
    made = completed()

    (report,) = elmo_reading.read(elmo.document(made))

    record = made.content["records"][0]
    assert (report.issuer, report.country) == (
        record["institution"]["name"],
        record["institution"]["country"],
    )
    (course,) = report.courses
    assert (course.title, course.ects, course.grade) == (record["title"], Decimal(3), "80")


def test_the_published_sample_is_read(shared_data: Path) -> None:
    reports = elmo_reading.read((shared_data / "standards/elmo/example.xml").read_bytes())

    assert reports[0].issuer == "University of Warsaw"
    assert ("Compiler construction", Decimal(6), "45.1") in [
        (course.title, course.ects, course.grade) for course in reports[0].courses
    ]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<elmo xmlns="{elmo_reading.NAMESPACE}"><report>&b;</report></elmo>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<elmo/>",
        BOMB.encode(),
        b'<?xml version="1.0" encoding="rot-13"?><elmo/>',
        f'<elmo xmlns="{elmo_reading.NAMESPACE}"/>'.encode(),
        b"x" * (elmo_reading.MOST_BYTES + 1),
    ],
)
def test_what_is_no_elmo_is_refused(content: bytes) -> None:
    with pytest.raises(elmo_reading.NotElmo):
        elmo_reading.read(content)


@pytest.mark.parametrize("value", ["NaN", "-3", "1e99", "", "Infinity", "91"])
def test_impossible_credits_are_left_out(value: str) -> None:
    made = completed()
    changed = elmo.document(made).replace(b"<value>3</value>", f"<value>{value}</value>".encode())

    assert elmo_reading.read(changed)[0].courses == ()


def everybody_signs() -> tuple[LearningAgreement, list[AgreementVersion]]:
    agreement, cast, administrator = stage()
    AwardFactory(course=cast.course, eqf_level=7)
    agreements.take_up_course(
        agreement_id=agreement.pk, seen=latest(agreement).fingerprint, by=administrator, at=NOON
    )
    for party, person in (
        (Party.LEARNER, agreement.application.learner),
        (Party.HOME, administrator),
        (Party.HOST, cast.teacher),
    ):
        sign(agreement, party, person)
    agreement.refresh_from_db()
    return agreement, queries.signed_versions(agreement)


def ewp_schema(standards: Path) -> Any:
    """The published catalogue, with every address of a schema led to the copy beside it."""
    from lxml import etree

    folder = standards / "ewp-registry-schemas"
    places = {
        "academic-term/stable-v1": folder / "ewp-specs-types-academic-term-v1.1.0/schema.xsd",
        "academic-term/stable-v2": folder / "ewp-specs-types-academic-term-v2.0.0/schema.xsd",
        "ewp-specs-architecture": folder / "ewp-specs-architecture-v1.16.0/common-types.xsd",
        "ewp-specs-api-courses": folder / "ewp-specs-api-courses-v0.7.1/response.xsd",
        "ewp-specs-types-phonenumber": folder / "ewp-specs-types-phonenumber-v1.0.1/schema.xsd",
        "xml.xsd": folder / "xml.xsd",
    }

    class Beside(etree.Resolver):
        def resolve(self, url: str, _public_id: str, context: Any) -> Any:
            for word, path in places.items():
                if word in url:
                    return self.resolve_filename(str(path), context)
            return None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside())
    path = folder / "ewp-specs-api-omobility-las-v1.2.0/endpoints/get-response.xsd"
    return etree.XMLSchema(etree.parse(str(path), parser))


def test_a_signed_agreement_is_a_valid_online_learning_agreement(shared_data: Path) -> None:
    from lxml import etree

    agreement, versions = everybody_signs()

    schema = ewp_schema(shared_data / "standards")
    written = etree.fromstring(ola.document(agreement, versions))
    schema.assertValid(written)
    sample = shared_data / "standards/ewp/omobility-las/examples/get-response-example.xml"
    schema.assertValid(etree.parse(str(sample)))
    for found in written.iter("{*}omobility-id"):
        found.getparent().remove(found)
    assert not schema.validate(written)


def test_an_unsigned_agreement_is_not_exported() -> None:
    agreement, _cast, _administrator = stage()

    with pytest.raises(ola.NotExportable):
        ola.document(agreement, queries.signed_versions(agreement))


def test_a_learner_brings_a_file_looks_at_it_and_asks(client_of: Any) -> None:
    home = InstitutionFactory()
    learner = StudentFactory(at=home)
    client = client_of(learner)
    raw = elmo.document(completed())

    page = client.post(
        "/recognition/brought/", {"file": SimpleUploadedFile("r.xml", raw), "institution": home.pk}
    ).content.decode()
    assert not BroughtRecord.objects.exists()
    carried = page.split('name="carried" value="')[1].split('"')[0]
    asked = {"carried": carried, "institution": home.pk, "chosen": ["1"]}
    client.post("/recognition/brought/", asked)
    client.post("/recognition/brought/", asked)

    record = BroughtRecord.objects.get()
    assert (record.learner, record.institution, record.ects) == (learner, home, 3)
    client.post("/recognition/brought/", {**asked, "carried": carried[:-3] + "abc"})
    other = client.post("/recognition/brought/", {**asked, "institution": InstitutionFactory().pk})
    assert other.status_code == 403
    assert BroughtRecord.objects.count() == 1


def test_the_institution_decides_on_what_was_brought(client_of: Any) -> None:
    record = BroughtRecordFactory()
    address = f"/recognition/brought/{record.public_id}/"
    client = client_of(AdministratorFactory(at=record.institution))

    assert client_of(PersonFactory()).get(address).status_code == 404
    assert client.post(address, {"state": "declined", "reason": ""}).status_code == 422
    client.post(address, {"state": "recognised", "local_name": "Elective", "ects": "4"})
    again = client.post(address, {"state": "declined", "reason": "No."})

    record.refresh_from_db()
    assert (record.state, record.local_ects) == ("recognised", 4)
    assert again.status_code == 403


def test_fingerprints_are_made_over_one_spelling() -> None:
    assert texts.written({"b": [1], "a": "ђ"}) == '{"a":"ђ","b":[1]}'
    assert texts.fingerprint(texts.written({"a": 1})) != texts.fingerprint(texts.written({"a": "1"}))
