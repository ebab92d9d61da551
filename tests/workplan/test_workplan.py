from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from biosint.evidence import api as evidence
from biosint.people.api import Office, Person
from biosint.shared.verdicts import Refused
from biosint.workplan import operations, queries, readiness, rules
from biosint.workplan.models import Deliverable, WorkPackage
from biosint.workplan.states import MOVES, DeliverableState
from clock import NOON
from factories import (
    CoordinatorFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    QualityBoardFactory,
    StudentFactory,
)
from factories.consortium import ConsortiumFactory
from factories.evidence import ItemFactory
from factories.workplan import DeliverableFactory, MilestoneFactory, WorkPackageFactory

pytestmark = pytest.mark.django_db

TRAININGS = [{"kind": "evidence.training_held", "needed": 20}]


def project_of_two() -> Any:
    return ConsortiumFactory(members=[InstitutionFactory()])


def leader(project: Any) -> Person:
    return CoordinatorFactory(at=project.coordinator)


def other_board(project: Any, package: WorkPackage) -> Person:
    from biosint.consortium import api

    other = api.members_of(project).exclude(pk=package.lead_id)[0]
    return QualityBoardFactory(at=other)


def ready_deliverable() -> Deliverable:
    """A deliverable of the coordinating institution whose evidence is all there."""
    project = project_of_two()
    deliverable = DeliverableFactory(
        work_package=WorkPackageFactory(consortium=project, lead=project.coordinator), requirements=TRAININGS
    )
    ItemFactory(institution=project.coordinator, quantity=25)
    return deliverable


def test_the_supplied_plan_fills_an_empty_plan_and_fits_its_length() -> None:
    project = ConsortiumFactory(months=24)

    packages = operations.take_supplied_plan(project=project, leads={}, by=leader(project), at=NOON)

    assert [package.number for package in packages] == [1, 2, 3, 4, 5]
    assert sum(package.share for package in packages) == 100
    assert max(package.end_month for package in packages) <= 24
    with pytest.raises(operations.PlanExists):
        operations.take_supplied_plan(project=project, leads={}, by=leader(project), at=NOON)


def test_the_supplied_plan_asks_only_for_evidence_that_something_records() -> None:
    known = {kind.code for kind in evidence.kinds()}

    asked = {
        need["kind"]
        for package in queries.supplied_plan()["packages"]
        for deliverable in package["deliverables"]
        for need in deliverable.get("needs", [])
    }

    assert asked - known == set()


def test_only_the_leader_plans() -> None:
    project = project_of_two()

    with pytest.raises(Refused, match="leads"):
        operations.plan_package(
            project=project,
            number=1,
            title="x",
            lead=project.coordinator,
            start_month=1,
            end_month=2,
            by=QualityBoardFactory(at=project.coordinator),
            at=NOON,
        )


@pytest.mark.parametrize(("start", "end"), [(0, 3), (5, 4), (1, 99)])
def test_months_outside_the_project_are_refused(start: int, end: int) -> None:
    project = project_of_two()

    with pytest.raises(operations.OutsideProject):
        operations.plan_package(
            project=project,
            number=1,
            title="x",
            lead=project.coordinator,
            start_month=start,
            end_month=end,
            by=leader(project),
            at=NOON,
        )


def test_a_number_is_used_once() -> None:
    package = WorkPackageFactory()

    with pytest.raises(operations.NumberTaken):
        operations.plan_package(
            project=package.consortium,
            number=package.number,
            title="x",
            lead=package.lead,
            start_month=1,
            end_month=2,
            by=leader(package.consortium),
            at=NOON,
        )


def test_unknown_evidence_is_refused() -> None:
    package = WorkPackageFactory()

    with pytest.raises(operations.UnknownKind):
        operations.plan_deliverable(
            package=package,
            number=1,
            title="x",
            due_month=2,
            requirements=[{"kind": "x.y", "needed": 1}],
            by=leader(package.consortium),
            at=NOON,
        )


def test_a_deliverable_without_its_evidence_is_not_handed_in() -> None:
    deliverable = ready_deliverable()
    deliverable.requirements = [{"kind": "evidence.training_held", "needed": 26}]
    deliverable.save()

    with pytest.raises(Refused, match="Evidence is still missing"):
        operations.submit(
            deliverable_id=deliverable.pk, by=leader(deliverable.work_package.consortium), at=NOON
        )


def test_evidence_of_strangers_does_not_count() -> None:
    deliverable = ready_deliverable()
    ItemFactory(quantity=1000)

    counted = queries.counted_for(deliverable.work_package.consortium)

    assert counted.amounts["evidence.training_held"] == Decimal(25)


def test_the_figure_of_a_need_opens_exactly_what_it_counted(client: Client) -> None:
    deliverable = ready_deliverable()
    ItemFactory(title="A stranger’s training")

    page = client.get(
        queries.counted_for(deliverable.work_package.consortium).url("evidence.training_held")
    ).content.decode()

    assert "A stranger’s training" not in page
    assert "25" in page


def test_a_deliverable_goes_from_evidence_through_review_to_approved() -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)

    operations.review(
        deliverable_id=deliverable.pk,
        approved=True,
        words="Lists seen.",
        by=other_board(project, deliverable.work_package),
        at=NOON,
    )

    deliverable.refresh_from_db()
    assert deliverable.state == DeliverableState.APPROVED
    assert evidence.total("workplan.deliverable_approved", institution=project.coordinator) == 1
    assert queries.plan_of(project)[0].complete


def test_nobody_reviews_their_own_work() -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)

    for person in (
        QualityBoardFactory(at=project.coordinator),
        QualityBoardFactory(at=InstitutionFactory()),
        leader(project),
    ):
        with pytest.raises(Refused):
            operations.review(deliverable_id=deliverable.pk, approved=True, words="Fine.", by=person, at=NOON)


def test_given_back_it_can_be_handed_in_again_and_keeps_the_review() -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)
    operations.review(
        deliverable_id=deliverable.pk,
        approved=False,
        words="Two lists lack signatures.",
        by=other_board(project, deliverable.work_package),
        at=NOON,
    )

    again = operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)

    assert again.state == DeliverableState.SUBMITTED
    assert again.review == "Two lists lack signatures."


def test_a_review_without_words_is_refused() -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)

    with pytest.raises(operations.ReviewMissing):
        operations.review(
            deliverable_id=deliverable.pk,
            approved=True,
            words=" ",
            by=other_board(project, deliverable.work_package),
            at=NOON,
        )


def test_two_reviewers_at_once_decide_once() -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    operations.submit(deliverable_id=deliverable.pk, by=leader(project), at=NOON)
    board = other_board(project, deliverable.work_package)
    operations.review(deliverable_id=deliverable.pk, approved=True, words="Fine.", by=board, at=NOON)

    with pytest.raises(Refused):
        operations.review(deliverable_id=deliverable.pk, approved=False, words="Not fine.", by=board, at=NOON)


def test_a_milestone_is_reached_once() -> None:
    milestone = MilestoneFactory()
    project = milestone.work_package.consortium
    for _time in range(2):
        operations.reach(milestone_id=milestone.pk, by=leader(project), at=NOON)

    assert evidence.total("workplan.milestone_reached") == 1


def test_readiness_is_what_the_page_says() -> None:
    half = [readiness.Need("x", Decimal(4), Decimal(2))]

    assert readiness.of_deliverable("planned", half) == pytest.approx(0.45)
    assert readiness.of_deliverable("approved", half) == 1
    assert readiness.of_deliverable("planned", []) == 0
    assert readiness.of_deliverable("submitted", []) == pytest.approx(0.9)
    assert readiness.of_package([1.0, 0.45], 1, 2) == pytest.approx(0.6125)
    assert readiness.of_package([], 0, 0) == 0
    assert readiness.Need("x", Decimal(2), Decimal(9)).share == 1


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(DeliverableState)


@pytest.mark.parametrize("office", [None, *Office])
@pytest.mark.parametrize("where", ["coordinator", "member", "stranger"])
def test_may_see_equals_seen_by(office: Office | None, where: str) -> None:
    project = project_of_two()
    from biosint.consortium import api

    member = api.members_of(project).exclude(pk=project.coordinator_id)[0]
    person = PersonFactory()
    if office:
        place = {"coordinator": project.coordinator, "member": member, "stranger": InstitutionFactory()}[
            where
        ]
        OfficeHeldFactory(person=person, office=office, institution=place)

    assert queries.projects_for(person).filter(pk=project.pk).exists() == bool(rules.may_see(person, project))


def test_students_of_a_member_do_not_see_the_plan() -> None:
    project = project_of_two()

    assert not rules.may_see(StudentFactory(at=project.coordinator), project)


def test_strangers_get_404(client_of: Any) -> None:
    deliverable = ready_deliverable()
    stranger = client_of(StudentFactory(at=InstitutionFactory()))

    assert stranger.get(deliverable.get_absolute_url()).status_code == 404
    assert stranger.get(deliverable.work_package.get_absolute_url()).status_code == 404
    assert stranger.get(f"/project/{deliverable.work_package.consortium.slug}/").status_code == 404


def test_the_pages_of_the_plan(client_of: Any) -> None:
    deliverable = ready_deliverable()
    project = deliverable.work_package.consortium
    client = client_of(leader(project))

    assert client.get("/project/").status_code == 302
    assert "Overdue" in client.get(f"/project/{project.slug}/").content.decode()
    assert client.get(deliverable.work_package.get_absolute_url()).status_code == 200
    assert client.post(f"{deliverable.get_absolute_url()}submit/").status_code == 302
    reviewer = client_of(other_board(project, deliverable.work_package))
    assert "Your review" in reviewer.get(deliverable.get_absolute_url()).content.decode()
    assert reviewer.post(f"{deliverable.get_absolute_url()}review/", {"words": ""}).status_code == 422
    assert (
        reviewer.post(
            f"{deliverable.get_absolute_url()}review/", {"words": "Fine.", "decision": "approved"}
        ).status_code
        == 302
    )


def test_a_plan_is_made_through_the_pages(client_of: Any) -> None:
    project = project_of_two()
    client = client_of(leader(project))

    assert "The plan is empty" in client.get(f"/project/{project.slug}/").content.decode()
    told = {
        "number": 1,
        "title": "Lead",
        "aim": "",
        "lead": project.coordinator_id,
        "start_month": 1,
        "end_month": 50,
        "share": 10,
    }
    answer = client.post(f"/project/{project.slug}/packages/new/", told)
    assert answer.status_code == 422
    assert "Month 50 is outside the project" in answer.content.decode()
    assert client.post(f"/project/{project.slug}/packages/new/", told | {"end_month": 36}).status_code == 302
    assert (
        client.post(
            f"/project/{project.slug}/WP1/deliverables/new/",
            {
                "number": 1,
                "title": "Plan",
                "due_month": 3,
                "level": "public",
                "kind": "evidence.training_held",
                "needed": 4,
            },
        ).status_code
        == 302
    )
    assert (
        client.post(
            f"/project/{project.slug}/WP1/milestones/new/",
            {"number": 1, "title": "Kick-off", "due_month": 1, "means": "Minutes"},
        ).status_code
        == 302
    )
    assert Deliverable.objects.get().requirements == [{"kind": "evidence.training_held", "needed": 4.0}]


@pytest.mark.parametrize("number", [1, 3])
def test_the_plan_takes_the_same_queries(number: int, client_of: Any, count_queries: Any) -> None:
    project = project_of_two()
    for _index in range(number):
        package = WorkPackageFactory(consortium=project)
        for _each in range(number):
            DeliverableFactory(work_package=package, requirements=TRAININGS)
            MilestoneFactory(work_package=package)
    client = client_of(leader(project))

    with count_queries(9):
        client.get(f"/project/{project.slug}/")
