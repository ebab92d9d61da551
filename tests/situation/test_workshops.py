"""SWOT workshops: statements and their figures, votes, options and objectives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.people.api import Office, Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import Ballot, Objective, Statement, Vote, Workshop
from biosint.situation.operations import objectives, votes
from biosint.situation.operations import workshops as operations
from biosint.situation.operations.objectives import Aim
from biosint.situation.providers import workshops as provided
from biosint.situation.queries import objectives as objective_queries
from biosint.situation.queries import workshops as queries
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Pairing, Side, StatementState
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
    consortium_of,
)
from factories.workshops import (
    BallotFactory,
    ObjectiveFactory,
    OptionFactory,
    StatementFactory,
    VoteFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> dict[str, Any]:
    one, other = InstitutionFactory(), InstitutionFactory()
    consortium = consortium_of([one, other])
    office = AdministratorFactory(at=other)
    return {
        "one": one,
        "other": other,
        "consortium": consortium,
        "office": office,
        "teacher": TeacherFactory(at=other),
        "workshop": WorkshopFactory(consortium=consortium, created_by=office),
        "own": WorkshopFactory(consortium=consortium, institution=other, created_by=office),
    }


def kept(workshop: Workshop, *texts: str, side: str = "S") -> list[Statement]:
    return [StatementFactory(workshop=workshop, text=text, side=side) for text in texts]


def cast(vote: Vote, seat: str, dots: dict[Statement, int]) -> Ballot:
    return votes.cast(vote_id=vote.pk, seat=seat, dots={one.pk: count for one, count in dots.items()})


@pytest.mark.parametrize(
    ("office", "at_home", "of_all"),
    [
        (Office.STUDENT, (False, False, False), (False, False, False)),
        (Office.TEACHER, (True, True, False), (True, True, False)),
        (Office.ADMINISTRATOR, (True, True, True), (True, True, True)),
        (Office.DEAN, (True, False, False), (True, False, False)),
    ],
)
def test_each_office_sees_words_and_leads_as_told(
    scene: dict[str, Any], office: Office, at_home: tuple[bool, ...], of_all: tuple[bool, ...]
) -> None:
    person = PersonFactory()
    OfficeHeldFactory(person=person, institution=scene["other"], office=office)

    def judged(workshop: Workshop) -> tuple[bool, ...]:
        return tuple(
            bool(rule(person, workshop)) for rule in (rules.may_view, rules.may_word, rules.may_lead)
        )

    assert judged(scene["own"]) == at_home
    assert judged(scene["workshop"]) == of_all


def test_may_view_and_the_list_say_the_same(scene: dict[str, Any]) -> None:
    people: list[Person] = [
        scene["teacher"],
        TeacherFactory(at=scene["one"]),
        CoordinatorFactory(at=scene["one"]),
        StudentFactory(at=scene["other"]),
        TeacherFactory(at=InstitutionFactory()),
        SiteAdministratorFactory(),
    ]

    for person in people:
        listed = set(queries.workshops_for(person))
        for workshop in (scene["workshop"], scene["own"]):
            assert bool(rules.may_view(person, workshop)) is (workshop in listed), (person, workshop)


def test_an_institution_is_led_by_its_own_keepers_alone(scene: dict[str, Any]) -> None:
    for person in (scene["teacher"], AdministratorFactory(at=scene["one"])):
        with pytest.raises(Refused, match="Only a coordinator, an administrator or the quality board"):
            operations.begin_workshop(
                consortium=scene["consortium"],
                institution=scene["other"],
                title="x",
                language="en",
                by=person,
                at=NOON,
            )


def test_a_statement_is_added_mended_put_aside_and_taken_again(scene: dict[str, Any]) -> None:
    workshop, teacher = scene["own"], scene["teacher"]
    one = operations.add_statement(
        workshop_id=workshop.pk, side=Side.STRENGTH, text=" We can. ", by=teacher, at=NOON
    )
    operations.mend_statement(statement_id=one.pk, side=Side.WEAKNESS, text="We cannot.", by=teacher, at=NOON)
    operations.move_statement(statement_id=one.pk, to=StatementState.DISCARDED, by=teacher, at=NOON)
    one.refresh_from_db()

    assert (one.text, one.side, one.state) == ("We cannot.", "W", "discarded")
    operations.move_statement(statement_id=one.pk, to=StatementState.KEPT, by=teacher, at=NOON)
    assert Line.objects.filter(subject_kind="situation.statement").count() == 4


def test_nobody_changes_words_while_a_vote_runs(scene: dict[str, Any]) -> None:
    one, _two = kept(scene["own"], "A", "B")
    VoteFactory(workshop=scene["own"])

    with pytest.raises(Refused, match="A vote is running"):
        operations.mend_statement(
            statement_id=one.pk, side=Side.STRENGTH, text="C", by=scene["office"], at=NOON
        )


def test_a_vote_needs_two_statements_and_runs_alone(scene: dict[str, Any]) -> None:
    workshop, office = scene["own"], scene["office"]

    def open_one() -> Vote:
        return votes.open_vote(
            workshop_id=workshop.pk, dots=3, most_on_one=5, is_hidden=True, by=office, at=NOON
        )

    with pytest.raises(Refused, match="at least two statements"):
        open_one()
    kept(workshop, "A", "B")
    vote = open_one()
    # Nobody can give one statement more than there is.
    assert vote.most_on_one == 3
    with pytest.raises(Refused, match="running already"):
        open_one()
    with pytest.raises(Refused, match="Close it first"):
        operations.close_workshop(workshop_id=workshop.pk, by=office, at=NOON)


def test_a_device_counts_once_and_may_change_its_mind(scene: dict[str, Any]) -> None:
    one, two = kept(scene["own"], "A", "B")
    vote = VoteFactory(workshop=scene["own"])

    cast(vote, "phone", {one: 2, two: 1})
    cast(vote, "phone", {two: 2})
    cast(vote, "other phone", {two: 1})

    ranked = queries.tally(vote, [one, two]).sides[Side.STRENGTH]
    assert [(r.statement.text, r.dots, r.voters, r.place) for r in ranked] == [("B", 3, 2, 1), ("A", 0, 0, 2)]
    assert Ballot.objects.count() == 2


def test_no_ballot_tells_the_device_and_two_votes_cannot_be_joined(scene: dict[str, Any]) -> None:
    one, _two = kept(scene["own"], "A", "B")
    first = VoteFactory(workshop=scene["own"], closed_by=scene["office"], closed_at=NOON)
    second = VoteFactory(workshop=scene["own"])
    BallotFactory(vote=first, device=votes.fingerprint("phone", first.pk))

    ballot = cast(second, "phone", {one: 1})

    assert "phone" not in ballot.device
    assert not Ballot.objects.filter(vote=first, device=ballot.device).exists()
    assert not Line.objects.filter(subject_kind="situation.ballot").exists()


def test_more_dots_than_there_are_are_refused_for_each_side(scene: dict[str, Any]) -> None:
    one, two = kept(scene["own"], "A", "B")
    threats = kept(scene["own"], "C", "D", side="T")
    vote = VoteFactory(workshop=scene["own"])

    with pytest.raises(votes.TooManyDots, match="you gave 4 dots and have 3"):
        cast(vote, "phone", {one: 2, two: 2})
    with pytest.raises(votes.TooManyDots, match="at most 2"):
        cast(vote, "phone", {one: 3})
    # Each side has its own dots, and what is not to be chosen is no choice.
    aside = StatementFactory(workshop=scene["own"], state="discarded")
    ballot = cast(vote, "phone", {one: 2, two: 1, threats[0]: 2, threats[1]: 1, aside: 9})
    assert ballot.dots == {str(one.pk): 2, str(two.pk): 1, str(threats[0].pk): 2, str(threats[1].pk): 1}


def test_dots_that_come_after_the_end_are_refused(scene: dict[str, Any]) -> None:
    one, _two = kept(scene["own"], "A", "B")
    vote = VoteFactory(workshop=scene["own"])
    votes.close_vote(vote_id=vote.pk, by=scene["office"], at=NOON)

    with pytest.raises(votes.VoteOver):
        cast(vote, "phone", {one: 1})
    with pytest.raises(Refused, match="is closed"):
        votes.close_vote(vote_id=vote.pk, by=scene["office"], at=NOON)


def test_joined_statements_share_their_dots_and_a_device_counts_once(scene: dict[str, Any]) -> None:
    one, two, three = kept(scene["own"], "A", "A again", "B")
    vote = VoteFactory(workshop=scene["own"])
    cast(vote, "phone", {one: 1, two: 2})
    cast(vote, "other", {two: 1})
    votes.close_vote(vote_id=vote.pk, by=scene["office"], at=NOON)

    operations.merge(statement_id=two.pk, into_id=one.pk, by=scene["office"], at=NOON)

    ranked = queries.ranking(scene["own"]).sides[Side.STRENGTH]
    assert [(r.statement.text, r.dots, r.voters) for r in ranked] == [("A", 4, 2), ("B", 0, 0)]
    # What was joined to a joined one goes along.
    operations.merge(statement_id=one.pk, into_id=three.pk, by=scene["office"], at=NOON)
    assert [(r.statement.text, r.dots) for r in queries.ranking(scene["own"]).sides[Side.STRENGTH]] == [
        ("B", 4)
    ]
    operations.part(statement_id=two.pk, by=scene["office"], at=NOON)
    assert [(r.statement.text, r.dots) for r in queries.ranking(scene["own"]).sides[Side.STRENGTH]] == [
        ("A again", 3),
        ("B", 1),
    ]


def test_only_what_says_the_same_on_one_side_is_joined(scene: dict[str, Any]) -> None:
    one, two = kept(scene["own"], "A", "B")
    threat = kept(scene["own"], "C", side="T")[0]

    for other in (one, threat):
        with pytest.raises(operations.CannotMerge):
            operations.merge(statement_id=one.pk, into_id=other.pk, by=scene["office"], at=NOON)
    with pytest.raises(Refused):
        operations.merge(statement_id=one.pk, into_id=two.pk, by=scene["teacher"], at=NOON)


def test_a_closed_workshop_counts_as_evidence_and_never_changes(scene: dict[str, Any]) -> None:
    one = kept(scene["own"], "A")[0]

    operations.close_workshop(workshop_id=scene["own"].pk, by=scene["office"], at=NOON)

    item = evidence.items(kinds=[operations.WORKSHOP_CLOSED]).get()
    assert item.institution == scene["other"]
    with pytest.raises(Refused, match="stays as it is"):
        operations.mend_statement(
            statement_id=one.pk, side=Side.STRENGTH, text="C", by=scene["office"], at=NOON
        )
    with pytest.raises(Refused, match="stays as it is"):
        operations.propose(workshop_id=scene["own"].pk, by=scene["office"], at=NOON)


def pair(scene: dict[str, Any]) -> list[Statement]:
    return [*kept(scene["own"], "We can"), *kept(scene["own"], "They want", side="O")]


def test_an_option_needs_both_sides_of_its_field(scene: dict[str, Any]) -> None:
    strength, chance = pair(scene)

    def add(*statements: Statement) -> Any:
        return objectives.add_option(
            workshop_id=scene["own"].pk,
            pairing=Pairing.SO,
            text="Do it",
            statement_ids=[one.pk for one in statements],
            by=scene["office"],
            at=NOON,
        )

    with pytest.raises(objectives.NotAPair, match="one of “Strengths” and one of “Opportunities”"):
        add(strength)
    option = add(strength, chance)
    assert set(option.statements.all()) == {strength, chance}
    assert (Pairing.WT.inside, Pairing.WT.outside) == (Side.WEAKNESS, Side.THREAT)


AIM = Aim(
    text="Four courses", target=Decimal(4), due_date=date(2028, 1, 1), measure="courses", unit="courses"
)


def test_an_objective_keeps_its_option_and_goes_unless_it_was_taken_up(scene: dict[str, Any]) -> None:
    option = OptionFactory(workshop=scene["own"])
    objective = objectives.add_objective(option_id=option.pk, aim=AIM, by=scene["office"], at=NOON)

    with pytest.raises(Refused, match="An objective came from this option"):
        objectives.remove_option(option_id=option.pk, by=scene["office"], at=NOON)
    use = objective_queries.Use("Strategy", "/strategies/x/", "Faculty", "draft")
    objective_queries.USES.append(lambda keys: {key: [use] for key in keys})
    try:
        with pytest.raises(Refused, match="A strategy has taken this objective up"):
            objectives.remove_objective(objective_id=objective.pk, by=scene["office"], at=NOON)
    finally:
        objective_queries.USES.pop()
    objectives.remove_objective(objective_id=objective.pk, by=scene["office"], at=NOON)
    objectives.remove_option(option_id=option.pk, by=scene["office"], at=NOON)

    assert not Objective.objects.exists()


def test_what_a_live_page_saw_is_known_for_a_second(scene: dict[str, Any], count_queries: Any) -> None:
    one, _two = kept(scene["own"], "A", "B")
    assert queries.live_stamp(scene["own"]) == "0-none-0"
    vote = VoteFactory(workshop=scene["own"])
    queries.forget_live(scene["own"])
    cast(vote, "phone", {one: 1})

    before = queries.live_stamp(scene["own"])
    with count_queries(0):
        assert queries.live_stamp(scene["own"]) == before
    cast(vote, "phone", {one: 2})
    queries.forget_live(scene["own"])

    assert queries.live_stamp(scene["own"]) != before
    assert queries.phase_of(before) == f"{vote.pk}-open"


@pytest.mark.parametrize(
    ("break_it", "constraint"),
    [
        (lambda: VoteFactory(dots=2, most_on_one=3), "vote_dots_make_sense"),
        (lambda: StatementFactory(state="merged"), "statement_merged_into_another"),
        (lambda: ObjectiveFactory(measure=""), "objective_is_measured"),
        (lambda: WorkshopFactory(closed_at=NOON), "workshop_closed_by_and_at_together"),
    ],
)
def test_what_cannot_be_is_not_stored(break_it: Any, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        break_it()


def test_one_vote_is_open_and_a_device_has_one_ballot() -> None:
    vote = VoteFactory()
    ballot = BallotFactory(vote=vote)

    with pytest.raises(IntegrityError), transaction.atomic():
        VoteFactory(workshop=vote.workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotFactory(vote=vote, device=ballot.device)


def test_a_forgotten_vote_waits_for_who_opened_it(scene: dict[str, Any]) -> None:
    vote = VoteFactory(workshop=scene["own"], opened_by=scene["office"], opened_at=NOON - timedelta(days=1))

    assert [one.url for one in provided.waiting(scene["office"])] == [
        f"/situation/workshops/{vote.workshop.public_id}/vote/"
    ]
    assert list(provided.waiting(scene["teacher"])) == []


def test_search_and_own_records(scene: dict[str, Any]) -> None:
    kept(scene["own"], "A")
    OptionFactory(workshop=scene["own"])

    found = list(provided.search(scene["own"].title, person=scene["teacher"], limit=5))
    assert [one.url for one in found] == [scene["own"].get_absolute_url()]
    assert list(provided.search("Where", person=DeanFactory(at=InstitutionFactory()), limit=5)) == []
    assert len(list(provided._begun(scene["office"]))) == 2
    assert [row["statement"] for row in provided._said(scene["office"])] == ["A"]
    assert [row["option"] for row in provided._set(scene["office"])] == [
        "Open our simulation courses to the students of partners."
    ]


def test_a_later_day_changes_nothing_in_a_taken_figure(scene: dict[str, Any]) -> None:
    figure = {"value": "12", "source": "Index", "day": "2026-03-02", "url": "/x/", "number": 12.0}
    one = StatementFactory(workshop=scene["own"], origin="round:1:A1:S", figure=figure)

    operations.propose(workshop_id=scene["own"].pk, by=scene["office"], at=NOON + DAY)

    one.refresh_from_db()
    assert one.figure == figure
