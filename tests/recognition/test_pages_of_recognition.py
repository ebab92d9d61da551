from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.recognition.models import LearningAgreement, Recognition, Signature
from biosint.recognition.operations import agreements as agreement_operations
from biosint.recognition.operations import transcripts
from biosint.recognition.states import AgreementState
from clock import NOON
from factories import (
    AdministratorFactory,
    CompletionFactory,
    CourseFactory,
    InstitutionFactory,
    PersonFactory,
    TeacherFactory,
)
from recognition.test_agreements import latest, stage
from recognition.test_decisions import agreed

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_learner_signs_with_one_click(client_of: ClientOf) -> None:
    agreement, _cast, _administrator = stage()
    client = client_of(agreement.application.learner)

    page = page_of(client.get(agreement.get_absolute_url()))
    fingerprint = latest(agreement).fingerprint
    answer = client.post(
        f"{agreement.get_absolute_url()}sign/", {"party": "learner", "seen": fingerprint}, follow=True
    )

    assert "Your signature: learner" in page
    assert f'value="{fingerprint}"' in page
    assert "Your signature is recorded." in page_of(answer)
    assert Signature.objects.get().person == agreement.application.learner


@pytest.mark.parametrize("party", ["home", "host"])
def test_a_learner_cannot_sign_for_an_institution(client_of: ClientOf, party: str) -> None:
    agreement, _cast, _administrator = stage()

    answer = client_of(agreement.application.learner).post(
        f"{agreement.get_absolute_url()}sign/", {"party": party, "seen": latest(agreement).fingerprint}
    )

    assert answer.status_code == 403
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "tail", ["", "sign/", "refuse/", "change/", "renew/", "agreement.pdf", "agreement.xml"]
)
def test_strangers_find_no_agreement(client_of: ClientOf, tail: str) -> None:
    agreement, _cast, _administrator = stage()
    address = f"{agreement.get_absolute_url()}{tail}"

    for stranger in (PersonFactory(), TeacherFactory(at=InstitutionFactory())):
        client = client_of(stranger)
        answer = client.post(address) if tail in {"sign/", "refuse/", "renew/"} else client.get(address)
        assert answer.status_code == 404


def test_the_desk_signs_many_after_a_look(client_of: ClientOf) -> None:
    _agreement, cast, administrator = stage()
    agreement_operations.make(application_id=cast.admitted(cast.partner).pk, by=None, at=NOON)
    client = client_of(administrator)

    page = page_of(client.get("/recognition/agreements/?state=open"))
    choices = [part.split('"')[0] for part in page.split('name="chosen" value="')[1:]]
    answer = client.post("/recognition/agreements/sign/", {"chosen": choices}, follow=True)

    assert len(choices) == 2
    assert "2 agreements are signed." in page_of(answer)
    assert Signature.objects.filter(person=administrator, party="home").count() == 2


def test_the_desk_signs_nothing_of_other_institutions(client_of: ClientOf) -> None:
    agreement, _cast, _administrator = stage()
    choice = f"{agreement.pk}:home:{latest(agreement).fingerprint}"

    client_of(AdministratorFactory(at=InstitutionFactory())).post(
        "/recognition/agreements/sign/", {"chosen": [choice, "x", "²:home:", f"{agreement.pk}:learner:y"]}
    )

    assert not Signature.objects.exists()


def test_an_administrator_settles_once_for_what_a_course_counts(client_of: ClientOf) -> None:
    _agreement, cast, administrator = stage()
    cast.admitted(cast.partner)
    client = client_of(administrator)
    address = f"/recognition/agreements/courses/{cast.course.slug}/{cast.partner.pk}/"

    assert address in page_of(client.get("/recognition/agreements/"))
    answer = client.post(address, {"title": "Global health", "code": "GH", "ects": "2"}, follow=True)

    assert "New agreements: 1." in page_of(answer)
    assert {latest(one).content["counts_for"]["title"] for one in LearningAgreement.objects.all()} == {
        "Global health"
    }
    other = client_of(AdministratorFactory(at=cast.host)).get(address)
    assert other.status_code == 403


def test_an_administrator_recognises_credits_as_agreed(client_of: ClientOf) -> None:
    completion, administrator = agreed()
    client = client_of(administrator)
    address = f"/recognition/decisions/{completion.public_id}/"

    assert address in page_of(client.get("/recognition/decisions/"))
    page = page_of(client.get(address))
    client.post("/recognition/decisions/as-agreed/", {"chosen": [completion.pk]})

    assert 'value="Infectious diseases"' in page
    assert Recognition.objects.get().local_code == "INF-4"
    assert "Reopen the decision" in page_of(client.get(address))
    assert "Reopen the decision" not in page_of(client_of(completion.application.learner).get(address))


def test_a_decision_is_recorded_and_reopened(client_of: ClientOf) -> None:
    completion = CompletionFactory()
    client = client_of(AdministratorFactory(at=completion.institution))
    address = f"/recognition/decisions/{completion.public_id}/"
    full = {"decision": "recognised", "local_name": "Elective", "ects": "3", "reason": "", "local_grade": "9"}

    bad = client.post(address, {"decision": "recognised", "local_name": "", "ects": ""})
    partly = client.post(address, {**full, "ects": "1"})
    good = client.post(address, full, follow=True)
    unexplained = client.post(
        address, {**full, "ects": "2", "reason": "Part", "seen_version": "1", "why": ""}
    )
    client.post(address, {**full, "ects": "2", "reason": "Part", "seen_version": "1", "why": "An appeal."})

    assert (bad.status_code, partly.status_code, unexplained.status_code) == (422, 422, 422)
    assert "Write why only a part of the credits counts." in page_of(partly)
    assert "The decision is recorded" in page_of(good)
    shown = page_of(client_of(completion.application.learner).get(address))
    assert "Reopened: An appeal." in shown
    assert "in part" in shown
    assert Recognition.objects.get().version == 2


def test_a_refusal_needs_a_reason(client_of: ClientOf) -> None:
    completion = CompletionFactory()
    client = client_of(AdministratorFactory(at=completion.institution))
    address = f"/recognition/decisions/{completion.public_id}/"

    assert client.post(address, {"decision": "declined", "reason": ""}).status_code == 422
    client.post(address, {"decision": "declined", "reason": "It stands in your programme already."})

    assert Recognition.objects.get().ects == 0


def test_former_addresses_lead_here(client_of: ClientOf) -> None:
    completion = CompletionFactory()
    client = client_of(AdministratorFactory(at=completion.institution))

    assert client.get("/courses/recognition/").headers["Location"] == "/recognition/decisions/"
    former = client.get(f"/courses/recognition/{completion.public_id}/")
    assert former.headers["Location"] == f"/recognition/decisions/{completion.public_id}/"


def test_strangers_do_not_find_a_completion(client_of: ClientOf) -> None:
    completion = CompletionFactory()

    assert (
        client_of(PersonFactory()).get(f"/recognition/decisions/{completion.public_id}/").status_code == 404
    )
    assert client_of(PersonFactory()).get("/recognition/decisions/").status_code == 403
    assert client_of(PersonFactory()).get("/recognition/agreements/").status_code == 403


def test_a_proof_that_does_not_open_says_who_can_open_it(client_of: ClientOf) -> None:
    completion = CompletionFactory()

    refusal = client_of(AdministratorFactory(at=InstitutionFactory())).get(
        f"/recognition/decisions/{completion.public_id}/"
    )

    assert refusal.status_code == 403
    assert f"open to the learner and to {completion.institution}" in page_of(refusal)
    assert completion.application.learner.name not in page_of(refusal)


def test_completions_of_outsiders_are_not_decided_by_the_host(client_of: ClientOf) -> None:
    course = CourseFactory()
    completion = CompletionFactory(application__institution=None, application__course=course)

    page = page_of(
        client_of(AdministratorFactory(at=course.host)).get(f"/recognition/decisions/{completion.public_id}/")
    )

    assert "their own university decides" in page


def test_a_learner_takes_a_transcript_and_a_stranger_checks_it(client_of: ClientOf) -> None:
    completion = CompletionFactory(application__learner__name="Ana <b>Ilić</b>")
    learner = completion.application.learner
    client = client_of(learner)

    client.post("/recognition/transcript/")
    client.post("/recognition/transcript/")
    made = transcripts.Transcript.objects.get()
    check = page_of(Client().get(made.check_path))

    assert "This transcript is genuine" in check
    assert "Ana &lt;b&gt;Ilić&lt;/b&gt;" in check
    assert client.get(f"/recognition/transcript/{made.public_id}.pdf").content.startswith(b"%PDF")
    for tail in ("pdf", "xml"):
        assert (
            client_of(PersonFactory()).get(f"/recognition/transcript/{made.public_id}.{tail}").status_code
            == 404
        )


@pytest.mark.parametrize("change", ["text", "fingerprint", "seal", "holder"])
def test_a_transcript_that_was_touched_is_not_genuine(change: str) -> None:
    learner = CompletionFactory().application.learner
    made = transcripts.take_transcript(language="en", by=learner, at=timezone.now())
    path = made.check_path
    changed = {
        "text": {"text": made.text.replace('"grade":"C"', '"grade":"A"')},
        "fingerprint": {"fingerprint": "0" * 64},
        "seal": {"seal": "0" * 64},
        "holder": {"learner": PersonFactory()},
    }[change]
    assert Client().get(path).status_code == 200

    transcripts.Transcript.objects.update(**changed)

    assert Client().get(path).status_code == 404


def test_a_transcript_needs_the_right_checksum() -> None:
    made = transcripts.take_transcript(
        language="en", by=CompletionFactory().application.learner, at=timezone.now()
    )

    answer = Client().get(made.check_path.replace(made.fingerprint, "a" * 64))

    assert answer.status_code == 404
    assert made.learner.name not in page_of(answer)


def test_without_completions_there_is_nothing_to_take(client_of: ClientOf) -> None:
    answer = client_of(PersonFactory()).post("/recognition/transcript/", follow=True)

    assert "You have not completed a course yet" in page_of(answer)


@pytest.mark.parametrize("number", [3, 30])
def test_lists_cost_the_same_with_few_and_many_rows(
    number: int, client_of: ClientOf, count_queries: Any
) -> None:
    agreement, cast, administrator = stage()
    learner = agreement.application.learner
    for _one in range(number):
        agreement_operations.make(application_id=cast.admitted(cast.partner).pk, by=None, at=NOON)
        CompletionFactory(application__institution=cast.partner, application__learner=learner)
    desk, own = client_of(administrator), client_of(learner)
    desk.get("/courses/")
    own.get("/courses/")

    for client, address, cost in (
        (desk, "/recognition/agreements/", 9),
        (desk, "/recognition/decisions/", 7),
        (own, "/recognition/", 11),
        (own, agreement.get_absolute_url(), 10),
    ):
        with count_queries(cost):
            assert client.get(address).status_code == 200, address


def test_agreed_is_said_on_the_page(client_of: ClientOf) -> None:
    completion, _administrator = agreed()
    agreement = LearningAgreement.objects.get(application=completion.application)

    page = page_of(client_of(completion.application.learner).get(agreement.get_absolute_url()))

    assert agreement.state == AgreementState.AGREED
    assert "Signed by all three" in page
    assert "Change what counts at home" in page
