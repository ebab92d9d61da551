from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from at_once import at_once
from biosint.evidence import api as evidence
from biosint.exchange.models import Completion
from biosint.people.api import Office, Person
from biosint.recognition.models import FormerDecision, Recognition
from biosint.recognition.operations import decisions as operations
from biosint.recognition.operations.decisions import Ruling
from biosint.recognition.queries import decisions as queries
from biosint.recognition.rules import decisions as rules
from biosint.recognition.states import Decision, Party
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CompletionFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    QualityBoardFactory,
    StudentFactory,
    TeacherFactory,
)
from recognition.test_agreements import sign, stage

pytestmark = pytest.mark.django_db

CREDITS = "exchange.credit_recognised"
OFFICES = {
    Office.STUDENT: StudentFactory,
    Office.TEACHER: TeacherFactory,
    Office.ADMINISTRATOR: AdministratorFactory,
    Office.COORDINATOR: CoordinatorFactory,
    Office.QUALITY_BOARD: QualityBoardFactory,
    Office.DEAN: DeanFactory,
}


def recognise(completion: Completion, by: Person, **given: Any) -> Recognition:
    return operations.recognise(
        completion_id=completion.pk,
        by=by,
        at=NOON,
        **{"decision": Decision.RECOGNISED, "local_name": "Elective", "ects": Decimal(3), **given},
    )


def decided() -> tuple[Recognition, Person]:
    completion = CompletionFactory()
    administrator = AdministratorFactory(at=completion.institution)
    return recognise(completion, administrator), administrator


def agreed() -> tuple[Completion, Person]:
    """A completion for which all three signed before."""
    agreement, cast, administrator = stage()
    sign(agreement, Party.HOST, cast.teacher)
    sign(agreement, Party.LEARNER, agreement.application.learner)
    sign(agreement, Party.HOME, administrator)
    return CompletionFactory(application=agreement.application), administrator


def test_recognised_credits_are_evidence_of_the_home_institution_once() -> None:
    completion = CompletionFactory()
    administrator = AdministratorFactory(at=completion.institution)

    recognise(completion, administrator)
    recognise(completion, administrator)

    assert evidence.total(CREDITS, institution=completion.institution) == 3


def test_a_decision_stands_until_it_is_reopened() -> None:
    recognition, administrator = decided()

    with pytest.raises(Refused, match="has been made"):
        recognise(recognition.completion, administrator, decision=Decision.DECLINED, reason="No.")


def test_another_institution_does_not_recognise() -> None:
    with pytest.raises(Refused, match="can recognise these credits"):
        recognise(CompletionFactory(), AdministratorFactory(at=InstitutionFactory()))


def test_nobody_decides_on_their_own_credits() -> None:
    completion = CompletionFactory()
    learner = completion.application.learner
    learner.offices_held.create(
        institution=completion.institution,
        office=Office.ADMINISTRATOR,
        since_date=NOON.date(),
        granted_by=learner,
    )

    with pytest.raises(Refused, match="a colleague does"):
        recognise(completion, Person.objects.get(pk=learner.pk))


def test_no_more_credits_are_recognised_than_were_given() -> None:
    completion = CompletionFactory()

    with pytest.raises(operations.TooMuch, match="gave 3 ECTS"):
        recognise(completion, AdministratorFactory(at=completion.institution), ects=Decimal(4))


def test_a_decision_rests_on_what_was_agreed() -> None:
    completion, administrator = agreed()

    offered = queries.proposal(completion, queries.agreed_version(completion.application))
    recognition = recognise(completion, administrator, local_name=offered.local_name, ects=offered.ects)

    assert (offered.local_name, offered.local_code, offered.ects) == ("Infectious diseases", "INF-4", 3)
    assert recognition.agreed_version is not None
    assert recognition.agreed_version.agreement.application == completion.application


def test_reopening_keeps_the_former_decision_and_renews_the_evidence() -> None:
    recognition, administrator = decided()
    completion = recognition.completion

    operations.decide_anew(
        completion_id=completion.pk,
        seen_version=1,
        ruling=Ruling(Decision.RECOGNISED, Decimal("1.5"), "Elective", reason="Half was known."),
        why="The learner appealed.",
        by=administrator,
        at=NOON + DAY,
    )

    recognition.refresh_from_db()
    former = FormerDecision.objects.get()
    assert (recognition.version, recognition.ects, recognition.is_partial) == (2, Decimal("1.5"), True)
    assert (former.version, former.ects, former.why_reopened) == (1, 3, "The learner appealed.")
    assert evidence.total(CREDITS, institution=completion.institution) == Decimal("1.5")


def test_a_decision_turned_into_a_refusal_counts_nothing() -> None:
    recognition, administrator = decided()

    operations.decide_anew(
        completion_id=recognition.completion.pk,
        seen_version=1,
        ruling=Ruling(Decision.DECLINED, Decimal(3), "Elective", reason="It stands in the programme."),
        why="It was an error.",
        by=administrator,
        at=NOON,
    )

    recognition.refresh_from_db()
    assert (recognition.ects, recognition.local_name) == (0, "")
    assert evidence.total(CREDITS) == 0


def test_reopening_needs_a_reason_and_the_decision_one_has_seen() -> None:
    recognition, administrator = decided()
    anew = {
        "completion_id": recognition.completion.pk,
        "ruling": Ruling(Decision.RECOGNISED, Decimal(2), "Elective"),
        "by": administrator,
        "at": NOON,
    }

    with pytest.raises(operations.ReasonMissing):
        operations.decide_anew(**anew, seen_version=1, why=" ")
    operations.decide_anew(**anew, seen_version=1, why="A mistake.")
    with pytest.raises(operations.DecidedMeanwhile):
        operations.decide_anew(**anew, seen_version=1, why="Another.")

    assert FormerDecision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_make_one_decision() -> None:
    completion = CompletionFactory()
    people = [AdministratorFactory(at=completion.institution) for _one in range(2)]

    outcome = at_once(
        lambda: recognise(completion, people[0], local_name="Elective"),
        lambda: recognise(completion, people[1], local_name="Another elective"),
    )

    assert Recognition.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in outcome) == 1


def test_many_are_recognised_as_agreed_and_the_others_are_named() -> None:
    completion, administrator = agreed()
    unagreed = CompletionFactory(
        application__institution=completion.institution, application__learner__name="Ana Ilić"
    )

    done = operations.recognise_as_agreed(
        completion_ids=[completion.pk, unagreed.pk], by=administrator, at=NOON
    )

    assert done.count == 1
    assert [learner for learner, _why in done.left] == ["Ana Ilić"]
    assert Recognition.objects.get().completion == completion


def test_rates_count_decisions_and_days() -> None:
    home = InstitutionFactory()
    administrator = AdministratorFactory(at=home)
    full, part, _open = (
        CompletionFactory(application__institution=home, completed_at=NOON - days * DAY)
        for days in (10, 20, 5)
    )
    recognise(full, administrator)
    recognise(part, administrator, ects=Decimal(1), reason="The rest was known.")

    (rate,) = queries.rates([home.pk])

    assert (rate.completed, rate.decided, rate.recognised, rate.in_full) == (3, 2, 2, 1)
    assert (rate.share, rate.days) == (1, 15)


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("is_home", [True, False])
def test_the_home_institution_recognises(office: Office, *, is_home: bool) -> None:
    completion = CompletionFactory()
    person = OFFICES[office](at=completion.institution if is_home else InstitutionFactory())
    expected = is_home and office in {Office.ADMINISTRATOR, Office.COORDINATOR}

    assert bool(rules.may_recognise(person, completion)) is expected
    assert bool(rules.may_view_completion(person, completion)) is expected
    assert Completion.objects.filter(rules.completions_viewable_by(person)).exists() is expected


def test_learners_see_their_own_completion_and_decide_nothing() -> None:
    completion = CompletionFactory()
    learner = completion.application.learner

    assert rules.may_view_completion(learner, completion)
    assert Completion.objects.filter(rules.completions_viewable_by(learner)).exists()
    assert not rules.may_recognise(learner, completion)
