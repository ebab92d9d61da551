from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from at_once import at_once
from biosint.exchange import api as exchange
from biosint.exchange.models import Application
from biosint.people.api import Office, Person
from biosint.recognition import content, documents, texts
from biosint.recognition.models import AgreementVersion, LearningAgreement, Signature
from biosint.recognition.operations import agreements as operations
from biosint.recognition.operations import signatures
from biosint.recognition.queries import agreements as queries
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import AgreementState, Party
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from exchange.cast import Cast, a_course
from factories import (
    AdministratorFactory,
    AwardFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    LearningAgreementFactory,
    PersonFactory,
    SignatureFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db

UNIT = {"code": "INF-4", "title": "Infectious diseases", "ects": Decimal(3)}


def settled(cast: Cast, place: Application, *, by: Person) -> LearningAgreement:
    made = operations.make(application_id=place.pk, by=cast.teacher, at=NOON)
    operations.settle_at_home(
        course_id=cast.course.pk, institution_id=cast.partner.pk, **UNIT, by=by, at=NOON
    )
    made.refresh_from_db()
    return made


def stage() -> tuple[LearningAgreement, Cast, Person]:
    """An agreement that can be signed, with its course and an administrator of the sending institution."""
    cast = a_course()
    administrator = AdministratorFactory(at=cast.partner)
    return settled(cast, cast.admitted(cast.partner), by=administrator), cast, administrator


def latest(agreement: LearningAgreement) -> AgreementVersion:
    agreement.refresh_from_db()
    return agreement.versions.get(number=agreement.latest)


def sign(agreement: LearningAgreement, party: Party, by: Person) -> LearningAgreement:
    return signatures.sign(
        agreement_id=agreement.pk, party=party, seen=latest(agreement).fingerprint, by=by, at=NOON
    )


def test_an_agreement_is_made_with_the_place_where_the_course_asks_for_one() -> None:
    cast = a_course()
    AwardFactory(course=cast.course, asks_agreement=True)
    application = cast.applicant(cast.partner)
    cast.course.participations.update(places=5)

    exchange.admit(application_id=application.pk, by=cast.teacher, at=NOON)

    said = latest(LearningAgreement.objects.get(application=application)).content
    assert (said["home"]["name"], said["host"]["name"]) == (cast.partner.name, cast.host.name)
    assert said["course"]["outcomes"] == ["compare guidelines of four countries"]
    assert said["counts_for"]["title"] == ""


@pytest.mark.parametrize("asks", [True, False])
def test_no_agreement_is_made_for_the_hosts_own_students_or_unasked(*, asks: bool) -> None:
    cast = a_course()
    AwardFactory(course=cast.course, asks_agreement=asks)
    cast.course.participations.update(places=5)
    own = cast.applicant(cast.host if asks else cast.partner)

    exchange.admit(application_id=own.pk, by=cast.teacher, at=NOON)

    assert not LearningAgreement.objects.exists()


def test_a_learner_without_an_institution_needs_none() -> None:
    cast = a_course()
    application = cast.admitted(cast.partner)
    Application.objects.filter(pk=application.pk).update(institution=None)

    with pytest.raises(Refused, match="without an institution here needs no agreement"):
        operations.make(application_id=application.pk, by=application.learner, at=NOON)


def test_three_signatures_make_it_agreed_in_any_order() -> None:
    agreement, cast, administrator = stage()

    sign(agreement, Party.HOST, cast.teacher)
    sign(agreement, Party.LEARNER, agreement.application.learner)
    assert LearningAgreement.objects.get().state == AgreementState.OPEN
    sign(agreement, Party.HOME, administrator)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.agreed_at) == (AgreementState.AGREED, NOON)
    given = Signature.objects.get(party=Party.HOME)
    assert given.fingerprint == texts.fingerprint(latest(agreement).text)
    assert given.office == f"administrator, {cast.partner}"
    assert texts.is_sealed(given.seal, *given.facts)


def test_signing_twice_is_one_signature() -> None:
    agreement, cast, _administrator = stage()

    sign(agreement, Party.HOST, cast.teacher)
    sign(agreement, Party.HOST, cast.teacher)

    assert Signature.objects.count() == 1


def test_a_change_needs_three_signatures_again_and_shows_both_sides() -> None:
    agreement, cast, administrator = stage()
    sign(agreement, Party.HOST, cast.teacher)
    before = latest(agreement)

    operations.change(
        agreement_id=agreement.pk,
        seen=before.fingerprint,
        unit=content.CountsFor("Global health", "GH-1", Decimal(2)),
        reason="The elective is full.",
        by=administrator,
        at=NOON,
    )

    after = latest(agreement)
    assert not after.signatures.exists()
    assert before.signatures.count() == 1
    assert [
        (change.path[-1], change.before, change.after)
        for change in texts.changes(before.content, after.content)
    ] == [
        ("code", "INF-4", "GH-1"),
        ("ects", "3", "2"),
        ("title", "Infectious diseases", "Global health"),
    ]


def test_an_old_version_is_not_signed() -> None:
    agreement, cast, administrator = stage()
    old = latest(agreement).fingerprint
    operations.change(
        agreement_id=agreement.pk,
        seen=old,
        unit=content.CountsFor("Global health", "", Decimal(2)),
        reason="",
        by=administrator,
        at=NOON,
    )

    with pytest.raises(operations.Outdated, match="changed after you opened it"):
        signatures.sign(agreement_id=agreement.pk, party=Party.HOST, seen=old, by=cast.teacher, at=NOON)

    assert not Signature.objects.exists()


def test_a_made_up_fingerprint_signs_nothing_and_tells_strangers_nothing() -> None:
    agreement, _cast, _administrator = stage()

    with pytest.raises(Refused, match="open to the learner and the two institutions"):
        signatures.sign(
            agreement_id=agreement.pk, party=Party.HOST, seen="0" * 64, by=PersonFactory(), at=NOON
        )


def test_a_refusal_says_why_and_only_a_change_goes_on() -> None:
    agreement, cast, administrator = stage()
    seen = latest(agreement).fingerprint
    refusal = {
        "agreement_id": agreement.pk,
        "party": Party.HOME,
        "seen": seen,
        "by": administrator,
        "at": NOON,
    }

    with pytest.raises(signatures.ReasonMissing):
        signatures.refuse(**refusal, reason="  ")
    signatures.refuse(**refusal, reason="The unit ends this year.")

    with pytest.raises(Refused, match="has to be changed before anybody signs"):
        sign(agreement, Party.HOST, cast.teacher)
    operations.settle_at_home(
        course_id=cast.course.pk,
        institution_id=cast.partner.pk,
        code="",
        title="Global health",
        ects=Decimal(3),
        by=administrator,
        at=NOON,
    )
    assert sign(agreement, Party.HOST, cast.teacher).state == AgreementState.OPEN


def test_nothing_is_signed_before_it_is_said_for_what_it_counts() -> None:
    cast = a_course()
    agreement = operations.make(application_id=cast.admitted(cast.partner).pk, by=None, at=NOON)

    with pytest.raises(Refused, match="has not said yet for which unit"):
        sign(agreement, Party.LEARNER, agreement.application.learner)


def test_nobody_signs_for_two_parties() -> None:
    agreement, cast, _administrator = stage()
    both = AdministratorFactory(at=cast.host)
    both.offices_held.create(
        institution=cast.partner, office=Office.ADMINISTRATOR, since_date=NOON.date(), granted_by=cast.teacher
    )
    sign(agreement, Party.HOST, both)

    with pytest.raises(Refused, match="You have signed for another party"):
        sign(agreement, Party.HOME, Person.objects.get(pk=both.pk))


OFFICES = {
    Office.STUDENT: StudentFactory,
    Office.TEACHER: TeacherFactory,
    Office.ADMINISTRATOR: AdministratorFactory,
    Office.COORDINATOR: CoordinatorFactory,
    Office.DEAN: DeanFactory,
}


@pytest.mark.parametrize("office", OFFICES)
def test_who_signs_for_an_institution_and_who_sees_it(office: Office) -> None:
    agreement, cast, _administrator = stage()
    version = latest(agreement)
    speaks = office in {Office.ADMINISTRATOR, Office.COORDINATOR, Office.DEAN}
    at_home, at_host, elsewhere = (
        OFFICES[office](at=place) for place in (cast.partner, cast.host, InstitutionFactory())
    )

    assert bool(rules.may_sign(at_home, agreement, version, Party.HOME)) is speaks
    assert not rules.may_sign(at_home, agreement, version, Party.HOST)
    assert bool(rules.may_sign(at_host, agreement, version, Party.HOST)) is speaks
    for person in (at_home, at_host, elsewhere, cast.teacher, cast.colleague, agreement.application.learner):
        sees = LearningAgreement.objects.filter(rules.viewable_by(person)).exists()
        assert bool(rules.may_view(person, agreement)) is sees
    assert not rules.may_view(elsewhere, agreement)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_for_one_party_at_once_give_one_signature() -> None:
    agreement, cast, administrator = stage()
    dean = DeanFactory(at=cast.partner)

    outcome = at_once(
        lambda: sign(agreement, Party.HOME, administrator), lambda: sign(agreement, Party.HOME, dean)
    )

    assert Signature.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in outcome) == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_signatures_at_once_make_it_agreed() -> None:
    agreement, cast, administrator = stage()
    sign(agreement, Party.LEARNER, agreement.application.learner)

    at_once(
        lambda: sign(agreement, Party.HOME, administrator), lambda: sign(agreement, Party.HOST, cast.teacher)
    )

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.AGREED


def test_many_are_signed_at_once_each_by_itself() -> None:
    agreement, cast, administrator = stage()
    other = operations.make(application_id=cast.admitted(cast.partner).pk, by=None, at=NOON)
    stale = operations.make(application_id=cast.admitted(cast.partner, name="Ana Ilić").pk, by=None, at=NOON)

    done = signatures.sign_many(
        seen=[
            (agreement.pk, Party.HOME, latest(agreement).fingerprint),
            (stale.pk, Party.HOME, "0" * 64),
            (other.pk, Party.HOME, latest(other).fingerprint),
        ],
        by=administrator,
        at=NOON,
    )

    assert done.count == 2
    assert [learner for learner, _why in done.left] == [str(stale.application.learner)]
    assert len(set(Signature.objects.values_list("seal", flat=True))) == 2


def test_what_is_agreed_stays_when_the_unit_is_settled_anew() -> None:
    agreement, cast, administrator = stage()
    sign(agreement, Party.HOST, cast.teacher)
    sign(agreement, Party.LEARNER, agreement.application.learner)
    sign(agreement, Party.HOME, administrator)

    renewed = operations.settle_at_home(
        course_id=cast.course.pk,
        institution_id=cast.partner.pk,
        code="",
        title="Another",
        ects=Decimal(1),
        by=administrator,
        at=NOON,
    )

    assert renewed == 0
    assert latest(agreement).content["counts_for"]["title"] == "Infectious diseases"


def test_a_course_that_changes_is_taken_up_only_when_somebody_says_so() -> None:
    agreement, cast, _administrator = stage()
    cast.course.end_date += timedelta(days=7)
    cast.course.save()
    learner = agreement.application.learner

    operations.take_up_course(
        agreement_id=agreement.pk, seen=latest(agreement).fingerprint, by=learner, at=NOON
    )

    said = latest(agreement).content
    assert said["course"]["last_day"] == cast.course.end_date.isoformat()
    assert said["counts_for"]["title"] == "Infectious diseases"


def test_leaving_the_course_ends_the_agreement_and_coming_back_makes_a_new_version() -> None:
    agreement, cast, _administrator = stage()
    learner = agreement.application.learner

    exchange.withdraw(application_id=agreement.application.pk, by=learner, at=NOON)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED
    with pytest.raises(Refused, match="has left the course"):
        sign(agreement, Party.HOST, cast.teacher)
    back = operations.make(application_id=agreement.application.pk, by=cast.teacher, at=NOON + DAY)
    assert (back.pk, back.state, back.latest) == (agreement.pk, AgreementState.OPEN, 3)


def test_a_reminder_goes_out_once_to_those_who_have_not_signed() -> None:
    from biosint.notices.models import Notice

    agreement, cast, administrator = stage()
    sign(agreement, Party.LEARNER, agreement.application.learner)
    coordinator = CoordinatorFactory(at=cast.host)
    Notice.objects.all().delete()

    assert operations.remind(agreement_id=agreement.pk, at=NOON) is True
    assert operations.remind(agreement_id=agreement.pk, at=NOON) is False

    assert {notice.person for notice in Notice.objects.all()} == {administrator, coordinator}


def test_a_signature_changed_in_the_database_is_seen() -> None:
    signature = SignatureFactory()
    Signature.objects.filter(pk=signature.pk).update(name="Somebody Else")
    signature.refresh_from_db()

    assert not texts.is_sealed(signature.seal, *signature.facts)


def test_the_agreement_as_a_paper_names_all_three_and_the_fingerprint() -> None:
    from pypdf import PdfReader

    agreement, cast, _administrator = stage()
    sign(agreement, Party.HOST, cast.teacher)

    pdf = documents.agreement(queries.whole().get(), latest(agreement), result=[])

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert str(cast.teacher) in text
    assert "not signed yet" in text
    assert latest(agreement).fingerprint in text.replace("\n", "")


def test_a_signature_names_the_hour_with_its_own_zone() -> None:
    signature = SignatureFactory()

    for zone, written in (("Europe/Belgrade", "13:00 CET"), ("UTC", "12:00 UTC")):
        with timezone.override(zone):
            assert documents.signature_rows([signature])[0][3].endswith(written)


def test_closing_the_account_erases_what_was_never_agreed() -> None:
    unfinished = LearningAgreementFactory()
    person: Any = unfinished.application.learner

    operations.forget(person)

    assert not LearningAgreement.objects.exists()
