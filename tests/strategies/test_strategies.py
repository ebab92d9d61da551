from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from biosint.strategies import operations, queries, rules
from biosint.strategies.models import Document, Version
from biosint.strategies.states import MOVES, DocumentState
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    StudentFactory,
)
from factories.strategies import DocumentFactory

pytestmark = pytest.mark.django_db


def write(document: Document, text: str, based_on: int = 1, **fields: Any) -> Version:
    by = fields.pop("by", None) or CoordinatorFactory(at=document.institution)
    return operations.write_version(
        document_id=document.pk, text=text, what_changed="", based_on=based_on, by=by, at=NOON
    )


def adopt(document: Document, **fields: Any) -> None:
    operations.move(
        document_id=document.pk,
        to=DocumentState.REVIEW,
        by=CoordinatorFactory(at=document.institution),
        at=NOON,
    )
    told = {"body": "Council", "reference": "1/26", "decided_date": NOON.date(), "at": NOON} | fields
    operations.adopt(document_id=document.pk, by=DeanFactory(at=document.institution), **told)


def test_a_document_begins_from_a_template_in_each_language() -> None:
    assert queries.supplied_text("iah-strategy", "en").startswith("# 1. Why we do this")
    assert "Зашто" in queries.supplied_text("iah-strategy", "sr")
    assert "Zašto ovo radimo" in queries.supplied_text("iah-strategy", "sr-latn")
    assert "Pse" in queries.supplied_text("iah-strategy", "sq")


def test_two_documents_of_one_title_are_refused() -> None:
    document = DocumentFactory()

    with pytest.raises(operations.TitleTaken, match="already has a document"):
        operations.begin(
            institution=document.institution,
            kind=document.kind,
            title=f" {document.title} ",
            language="en",
            text="",
            by=CoordinatorFactory(at=document.institution),
            at=NOON,
        )


def test_a_text_written_over_a_faster_colleague_is_not_lost_and_not_saved() -> None:
    document = DocumentFactory()
    write(document, "faster")

    with pytest.raises(operations.WrittenMeanwhile, match="saved version 2"):
        write(document, "slower")

    assert document.versions.count() == 2


def test_the_page_keeps_the_slower_text_and_shows_the_difference(client_of: Any) -> None:
    document = DocumentFactory()
    write(document, "# Why\n\nFor all of us.")
    client = client_of(AdministratorFactory(at=document.institution))

    answer = client.post(
        f"/strategies/{document.public_id}/write/",
        {"text": "# Why\n\nFor everybody.", "based_on": "1", "what_changed": ""},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "For everybody." in page
    assert 'name="based_on" value="2"' in page
    assert (
        client.post(
            f"/strategies/{document.public_id}/write/",
            {"text": "# Why\n\nFor everybody.", "based_on": "2", "what_changed": ""},
        ).status_code
        == 302
    )


def test_an_unchanged_text_is_no_version() -> None:
    with pytest.raises(operations.NothingChanged):
        write(DocumentFactory(first_version="same"), "same")


def test_adopting_makes_it_public_and_is_evidence() -> None:
    document = DocumentFactory()

    adopt(document)

    document.refresh_from_db()
    assert document.state == DocumentState.ADOPTED
    assert rules.may_view(None, document)
    assert evidence.total("strategies.document_adopted", institution=document.institution) == 1
    assert Line.objects.filter(action="strategies.document.adopted").exists()


def test_a_later_draft_does_not_hide_what_was_adopted(client: Client) -> None:
    document = DocumentFactory(first_version="# Decided text")
    adopt(document)
    write(document, "# Secret plans")

    page = client.get(f"/strategies/{document.public_id}/").content.decode()

    assert "Decided text" in page
    assert "Secret plans" not in page
    assert client.get(f"/strategies/{document.public_id}/?version=2").status_code == 404
    assert client.get(f"/strategies/{document.public_id}/version-2.pdf").status_code == 404


def test_a_decision_of_tomorrow_is_refused() -> None:
    with pytest.raises(operations.DecidedInFuture):
        adopt(DocumentFactory(), decided_date=(NOON + DAY).date())


def test_only_the_dean_records_the_decision() -> None:
    document = DocumentFactory(state=DocumentState.REVIEW)

    for person in (CoordinatorFactory(at=document.institution), DeanFactory(at=InstitutionFactory())):
        with pytest.raises(Refused):
            operations.adopt(
                document_id=document.pk, body="x", reference="1", decided_date=NOON.date(), by=person, at=NOON
            )


def test_nothing_is_written_while_the_council_decides() -> None:
    with pytest.raises(Refused, match="lies before the council"):
        write(DocumentFactory(state=DocumentState.REVIEW), "new")


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(DocumentState)


@pytest.mark.parametrize("office", [None, *Office])
@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("here", [True, False])
def test_may_view_equals_viewable_by(
    office: Office | None, state: DocumentState, public: bool, here: bool
) -> None:
    document = DocumentFactory(state=state, public_since=NOON if public else None)
    person = PersonFactory()
    if office:
        OfficeHeldFactory(
            person=person, office=office, institution=document.institution if here else InstitutionFactory()
        )

    listed = queries.documents_for(person).filter(pk=document.pk).exists()

    assert listed == bool(rules.may_view(person, document))


@pytest.mark.parametrize("office", Office)
def test_who_may_begin(office: Office) -> None:
    held = OfficeHeldFactory(office=office)

    assert bool(rules.may_begin(held.person, held.institution)) == (office in rules.WRITERS)


def test_a_stranger_gets_404(client: Client, client_of: Any) -> None:
    document = DocumentFactory()

    for reader in (client, client_of(StudentFactory(at=document.institution)), client_of(PersonFactory())):
        assert reader.get(f"/strategies/{document.public_id}/").status_code == 404
        assert reader.get(f"/strategies/{document.public_id}/version-1.pdf").status_code == 404


def test_differences_show_words() -> None:
    rows = queries.difference(
        "# Why\n\nFor two courses a year.\n\nGone.", "# Why\n\nFor four courses a year.\n\nNew.\n\nMore."
    )

    assert [row.kind for row in rows] == ["kept", "changed", "changed", "added"]
    assert [piece.text for piece in rows[1].pieces if piece.kind != "kept"] == ["two", "four"]


def test_the_pdf_is_tagged_and_says_who_adopted(client: Client) -> None:
    import io

    from pypdf import PdfReader

    document = DocumentFactory(
        first_version="# Why\n\nFor **all** “students” #not-code $x$ <b>.\n\n- one\n- two", title="Стратегија"
    )
    adopt(document, reference="77/26")

    pdf = PdfReader(io.BytesIO(client.get(f"/strategies/{document.public_id}/version-1.pdf").content))

    text = pdf.pages[0].extract_text()
    assert "77/26" in text
    assert "#not-code $x$ <b>" in text
    assert "/MarkInfo" in pdf.trailer["/Root"]


def test_writing_through_the_pages(client_of: Any) -> None:
    institution = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=institution))

    answer = client.post(
        "/strategies/new/",
        {
            "institution": institution.pk,
            "template": "iah-strategy",
            "title": "",
            "language": "sq",
            "kind": "",
        },
    )

    document = Document.objects.get()
    assert answer.status_code == 302
    assert document.title == "Strategjia e ndërkombëtarizimit në shtëpi"
    assert client.get(f"/strategies/{document.public_id}/").status_code == 200


def test_hostile_text_is_harmless(client: Client) -> None:
    document = DocumentFactory(first_version="<script>alert(1)</script> [x](javascript:alert(1))")
    adopt(document)

    page = client.get(f"/strategies/{document.public_id}/").content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries(number: int, client: Client, count_queries: Any) -> None:
    for _index in range(number):
        DocumentFactory(public_since=NOON)

    with count_queries(2):
        client.get("/strategies/")
