from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import connection

import iahcalc.teams
from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.exchange import operations, queries
from biosint.exchange.models import Application, Completion, Course, Post, Product
from biosint.exchange.plans import teams_of
from biosint.exchange.states import ApplicationState, CourseState
from biosint.notices.api import Notice
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from exchange.cast import FREE, a_course, running
from factories import (
    CourseFactory,
    GuestFactory,
    InstitutionFactory,
    PersonFactory,
    TeacherFactory,
    TeachingFactory,
)

pytestmark = pytest.mark.django_db


def described(**more: object) -> dict[str, object]:
    return {
        "title": "Antibiotics here and there",
        "summary": "Four health systems, one patient.",
        "start_date": (NOON + 30 * DAY).date(),
        "end_date": (NOON + 90 * DAY).date(),
        "apply_until_date": (NOON + 20 * DAY).date(),
        "outcomes": [{"text": "compare guidelines", "ioc_dimension": "evidence"}],
        **more,
    }


def test_a_teacher_begins_a_course_and_teaches_it() -> None:
    teacher = TeacherFactory(at=InstitutionFactory())
    host = teacher.offices_held.get().institution

    course = operations.create_course(host=host, by=teacher, at=NOON, **described())

    assert course.slug == "antibiotics-here-and-there"
    assert course.state == CourseState.DRAFT
    assert [(one.person, one.accepted_at) for one in course.teachings.all()] == [(teacher, NOON)]
    assert [part.institution for part in course.participations.all()] == [host]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("New", "new-course"),
        ("Здравље без граница", "zdravlje-bez-granica"),
        ("…", "course"),
        ("Shared wards", "shared-wards-2"),
    ],
)
def test_the_address_of_a_course_is_always_its_own(title: str, slug: str) -> None:
    CourseFactory(slug="shared-wards")
    teacher = TeacherFactory(at=InstitutionFactory())

    course = operations.create_course(
        host=teacher.offices_held.get().institution, by=teacher, at=NOON, **described(title=title)
    )

    assert course.slug == slug


def test_a_course_needs_a_teacher_of_a_second_institution_to_be_published() -> None:
    teaching = TeachingFactory()

    with pytest.raises(Refused, match="A second teacher, from another institution"):
        operations.publish(course_id=teaching.course.pk, by=teaching.person, at=NOON)


def test_a_course_needs_two_countries_to_be_published() -> None:
    course = CourseFactory(host=InstitutionFactory(country="RS"))
    teaching = TeachingFactory(course=course)
    TeachingFactory(course=course, institution=InstitutionFactory(country="RS"))

    with pytest.raises(Refused, match="one country only"):
        operations.publish(course_id=course.pk, by=teaching.person, at=NOON)


def test_an_invitation_that_is_not_accepted_does_not_count() -> None:
    cast = a_course(state=CourseState.DRAFT)
    cast.course.teachings.filter(person=cast.colleague).update(accepted_at=None)

    with pytest.raises(Refused, match="must accept first"):
        operations.publish(course_id=cast.course.pk, by=cast.teacher, at=NOON)


def test_publishing_twice_is_once() -> None:
    cast = a_course(state=CourseState.DRAFT)

    operations.publish(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    operations.publish(course_id=cast.course.pk, by=cast.colleague, at=NOON)

    assert Line.objects.filter(action="exchange.course.published").count() == 1


def test_the_invited_teacher_accepts_and_the_institution_takes_part() -> None:
    cast = a_course()
    third = InstitutionFactory(country="AL")
    invited = TeacherFactory(at=third)

    teaching = operations.invite_teacher(
        course_id=cast.course.pk, person=invited, institution=third, by=cast.teacher, at=NOON
    )
    operations.accept_invitation(teaching_id=teaching.pk, by=invited, at=NOON + DAY)

    assert cast.course.participations.filter(institution=third).exists()
    assert (
        Notice.objects.get(person=invited).title == f"{cast.teacher} invites you to teach a course together"
    )


def test_only_the_invited_person_answers() -> None:
    cast = a_course()
    teaching = TeachingFactory(course=cast.course, institution=InstitutionFactory(), accepted_at=None)

    with pytest.raises(Refused, match="Only the invited teacher"):
        operations.accept_invitation(teaching_id=teaching.pk, by=cast.teacher, at=NOON)


def test_a_declined_invitation_can_be_repeated() -> None:
    cast = a_course()
    third = InstitutionFactory(country="AL")
    invited = TeacherFactory(at=third)
    asked = {
        "course_id": cast.course.pk,
        "person": invited,
        "institution": third,
        "by": cast.teacher,
        "at": NOON,
    }
    teaching = operations.invite_teacher(**asked)

    operations.decline_invitation(teaching_id=teaching.pk, by=invited, at=NOON)
    again = operations.invite_teacher(**asked)

    assert again.accepted_at is None


def test_nobody_is_invited_twice() -> None:
    cast = a_course()

    with pytest.raises(operations.InvitedAlready):
        operations.invite_teacher(
            course_id=cast.course.pk,
            person=cast.colleague,
            institution=cast.partner,
            by=cast.teacher,
            at=NOON,
        )


def test_who_does_not_teach_there_cannot_be_invited() -> None:
    cast = a_course()

    with pytest.raises(operations.NotATeacher):
        operations.invite_teacher(
            course_id=cast.course.pk,
            person=PersonFactory(),
            institution=cast.partner,
            by=cast.teacher,
            at=NOON,
        )


def test_applying_keeps_the_answers_in_the_profile_and_finds_the_institution() -> None:
    cast = a_course()
    student = cast.student(cast.partner, profession="")

    application = operations.apply(
        course_id=cast.course.pk,
        by=student,
        at=NOON,
        motivation="I want to.",
        profession="nursing",
        free_hours=FREE,
    )

    student.refresh_from_db()
    assert student.profession == "nursing"
    assert application.institution == cast.partner
    assert application.state == ApplicationState.SUBMITTED


def test_applying_twice_is_once() -> None:
    cast = a_course()
    student = cast.student()

    for _again in range(2):
        operations.apply(course_id=cast.course.pk, by=student, at=NOON)

    assert Application.objects.count() == 1
    assert Line.objects.filter(action="exchange.application.submitted").count() == 1


def test_after_withdrawing_one_may_apply_again() -> None:
    cast = a_course()
    application = cast.applicant()

    operations.withdraw(application_id=application.pk, by=application.learner, at=NOON)
    operations.apply(course_id=cast.course.pk, by=application.learner, at=NOON + DAY)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.submitted_at == NOON + DAY


def test_when_the_time_is_over_nobody_applies() -> None:
    cast = a_course()

    with pytest.raises(Refused, match="The time to apply is over"):
        operations.apply(course_id=cast.course.pk, by=cast.student(), at=NOON + 21 * DAY)


def test_places_are_kept_per_institution() -> None:
    cast = a_course()
    cast.course.participations.filter(institution=cast.host).update(places=1)
    cast.admitted(cast.host)
    late, other = cast.applicant(cast.host), cast.applicant(cast.partner)

    operations.admit(application_id=other.pk, by=cast.teacher, at=NOON)
    with pytest.raises(operations.CourseFull, match=r"No place is left for students of .* \(limit: 1\)"):
        operations.admit(application_id=late.pk, by=cast.teacher, at=NOON)

    late.refresh_from_db()
    assert late.state == ApplicationState.SUBMITTED


def test_people_from_elsewhere_share_the_outsiders_places() -> None:
    cast = a_course(outsider_places=1)
    first, second = cast.applicant(InstitutionFactory()), cast.applicant(InstitutionFactory())

    operations.admit(application_id=first.pk, by=cast.teacher, at=NOON)
    with pytest.raises(operations.CourseFull, match="people from other institutions"):
        operations.admit(application_id=second.pk, by=cast.teacher, at=NOON)


def test_a_free_place_goes_to_the_waiting_list() -> None:
    cast = a_course()
    cast.course.participations.filter(institution=cast.host).update(places=1)
    leaving, waiting = cast.admitted(), cast.applicant()
    operations.put_on_waiting_list(application_id=waiting.pk, by=cast.teacher, at=NOON)

    operations.withdraw(application_id=leaving.pk, by=leaving.learner, at=NOON)
    operations.admit(application_id=waiting.pk, by=cast.teacher, at=NOON)

    waiting.refresh_from_db()
    assert waiting.state == ApplicationState.ADMITTED


def test_admitting_twice_tells_the_learner_once() -> None:
    cast = a_course()
    application = cast.applicant()

    operations.admit(application_id=application.pk, by=cast.teacher, at=NOON)
    operations.admit(application_id=application.pk, by=cast.colleague, at=NOON)

    assert [notice.title for notice in Notice.objects.filter(person=application.learner)] == [
        f"You have a place in “{cast.course.title}”"
    ]


def test_the_news_speaks_the_learners_language() -> None:
    cast = a_course()
    application = cast.applicant(language="sq")

    operations.decline(application_id=application.pk, by=cast.teacher, at=NOON)

    assert cast.course.title in Notice.objects.get(person=application.learner).title


def test_a_guest_whose_address_is_not_proven_gets_no_place() -> None:
    cast = a_course(outsider_places=3)
    guest = GuestFactory()
    application = operations.apply(course_id=cast.course.pk, by=guest, at=NOON)

    with pytest.raises(Refused, match="has not opened the link"):
        operations.admit(application_id=application.pk, by=cast.teacher, at=NOON)

    guest.last_login = NOON
    guest.save()
    assert operations.admit(application_id=application.pk, by=cast.teacher, at=NOON).state == "admitted"


def test_teams_hold_every_admitted_learner_once_and_say_why() -> None:
    cast = a_course()
    learners = [cast.admitted(place) for place in [cast.host, cast.partner] * 5]

    teams = operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(5, common_hours=2), by=cast.teacher, at=NOON
    )

    placed = sorted(member.application_id for team in teams for member in team.members.all())
    assert placed == sorted(application.pk for application in learners)
    assert [team.members.count() for team in teams] == [5, 5]
    assert all(len(team.common_slots) == 24 for team in teams)
    assert {"people", "different", "common_hours", "nobody_alone"} <= {
        reason["code"] for reason in teams[0].reasons
    }


def test_what_somebody_wrote_about_their_gender_is_never_told() -> None:
    cast = a_course()
    for gender in ("woman", "man", "other", "woman"):
        cast.admitted(gender=gender)

    teams = operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(2, common_hours=0), by=cast.teacher, at=NOON
    )

    assert "gender" not in str([team.reasons for team in teams])


@pytest.mark.parametrize(
    ("learners", "size", "sizes"), [(2, 5, [2]), (3, 2, [3]), (9, 5, [5, 4]), (4, 12, [4])]
)
def test_nobody_is_a_team_alone(learners: int, size: int, sizes: list[int]) -> None:
    cast = a_course()
    for _one in range(learners):
        cast.admitted()

    teams = operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(size, common_hours=0), by=cast.teacher, at=NOON
    )

    assert sorted((team.members.count() for team in teams), reverse=True) == sizes


def test_forming_again_replaces_the_teams() -> None:
    cast = a_course()
    for _one in range(4):
        cast.admitted()
    asked = {"course_id": cast.course.pk, "by": cast.teacher, "at": NOON}

    operations.form_teams(plan=teams_of(4), **asked)
    operations.form_teams(plan=teams_of(2), **asked)

    assert [team.number for team in cast.course.teams.all()] == [1, 2]


def test_hours_that_cannot_be_read_limit_nobody_and_are_told() -> None:
    cast = a_course()
    cast.admitted(free_hours="in the evening")
    cast.admitted()

    (team,) = operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(5, common_hours=2), by=cast.teacher, at=NOON
    )

    assert "hours_unknown" in {reason["code"] for reason in team.reasons}


def test_names_do_not_stand_in_the_stored_reasons() -> None:
    cast = a_course()
    for hours in ("in the evening", FREE):
        cast.admitted(name="Ana Ilić", free_hours=hours)

    (team,) = operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(5, common_hours=2), by=cast.teacher, at=NOON
    )

    assert "Ana" not in str(team.reasons)


def test_teams_of_people_who_changed_meanwhile_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = a_course()
    for _one in range(3):
        leaving = cast.admitted()
    search = iahcalc.teams.form_teams

    def slowly(*args: Any, **kwargs: Any) -> Any:
        operations.withdraw(application_id=leaving.pk, by=leaving.learner, at=NOON)
        return search(*args, **kwargs)

    monkeypatch.setattr(iahcalc.teams, "form_teams", slowly)
    with pytest.raises(operations.AdmittedMeanwhile, match="Form them again"):
        operations.form_teams(
            course_id=cast.course.pk, plan=teams_of(3, common_hours=0), by=cast.teacher, at=NOON
        )

    assert not cast.course.teams.exists()


def test_publishing_teams_tells_everybody_and_counts_each_team() -> None:
    cast = a_course()
    cast.team(cast.admitted(), cast.admitted(cast.partner))

    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    assert evidence.total("exchange.team_formed", institution=cast.host) == 1
    assert Notice.objects.filter(title=f"Your team in “{cast.course.title}” is ready").count() == 2


def test_teams_that_leave_somebody_out_are_not_published() -> None:
    cast = a_course()
    cast.team(cast.admitted(), cast.admitted())
    cast.admitted()

    with pytest.raises(Refused, match="have no team"):
        operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)


def test_who_gives_the_place_back_leaves_the_others_together_and_is_named() -> None:
    cast = a_course()
    leaving, staying = cast.admitted(), cast.admitted()
    team = cast.team(leaving, staying)

    operations.withdraw(application_id=leaving.pk, by=leaving.learner, at=NOON)

    assert [member.application for member in team.members.all()] == [staying]
    assert queries.who_left(queries.team_plan_of(cast.course)) == [leaving]


def test_a_course_starts_with_published_teams_only() -> None:
    cast = a_course()

    with pytest.raises(Refused, match="Form teams and publish them first"):
        operations.start(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    cast.publish_teams()
    assert operations.start(course_id=cast.course.pk, by=cast.teacher, at=NOON).state == CourseState.RUNNING


def test_the_same_post_sent_twice_is_one() -> None:
    _cast, learners, team = running()
    key = uuid4()

    for _again in range(2):
        operations.post(team_id=team.pk, text="Hello", key=key, by=learners[0].learner, at=NOON)

    assert Post.objects.count() == 1


def test_a_stranger_writes_to_no_team() -> None:
    _cast, _learners, team = running()

    with pytest.raises(Refused):
        operations.post(team_id=team.pk, text="Hello", key=uuid4(), by=PersonFactory(), at=NOON)


def test_versions_of_the_product_are_kept_and_double_sending_is_one_version() -> None:
    _cast, learners, team = running()
    key = uuid4()

    for key_of_form in (key, key, uuid4()):
        operations.hand_in(
            team_id=team.pk, text="Plan", link="", key=key_of_form, by=learners[1].learner, at=NOON
        )

    assert [product.number for product in team.products.all()] == [2, 1]


def test_a_file_is_handed_in_and_read_by_the_team_only() -> None:
    from biosint.files import api as files

    cast, learners, team = running()

    product = operations.hand_in(
        team_id=team.pk,
        text="",
        link="",
        upload=ContentFile(b"Our common plan", name="plan.txt"),
        key=uuid4(),
        by=learners[0].learner,
        at=NOON,
    )

    stored = product.files.get()
    assert files.may_read(learners[3].learner, stored)
    assert files.may_read(cast.colleague, stored)
    assert not files.may_read(PersonFactory(), stored)
    assert not files.may_read(None, stored)


def test_nothing_cannot_be_handed_in() -> None:
    _cast, learners, team = running()

    with pytest.raises(operations.NothingHandedIn):
        operations.hand_in(team_id=team.pk, text="  ", link="", key=uuid4(), by=learners[0].learner, at=NOON)

    assert not Product.objects.exists()


def test_a_teacher_does_not_hand_in_for_a_team() -> None:
    cast, _learners, team = running()

    with pytest.raises(Refused, match="Only a member of the team"):
        operations.hand_in(team_id=team.pk, text="x", link="", key=uuid4(), by=cast.teacher, at=NOON)


def marked(application: Application, points: int, *, by: Person, seen: int = 0) -> None:
    operations.give_mark(
        application_id=application.pk, points=points, comment="", seen_version=seen, by=by, at=NOON
    )


def test_a_colleagues_mark_is_not_overwritten_unseen() -> None:
    cast, learners, _team = running()
    marked(learners[0], 70, by=cast.teacher)

    with pytest.raises(operations.MarkedMeanwhile, match="70 points meanwhile"):
        marked(learners[0], 90, by=cast.colleague)

    marked(learners[0], 90, by=cast.colleague, seen=1)
    learners[0].mark.refresh_from_db()
    assert (learners[0].mark.points, learners[0].mark.version) == (90, 2)


def test_the_same_mark_given_twice_is_one() -> None:
    cast, learners, _team = running()

    marked(learners[0], 70, by=cast.teacher)
    marked(learners[0], 70, by=cast.colleague)

    assert Line.objects.filter(action="exchange.mark.given").count() == 1


def test_finishing_needs_a_mark_for_everybody() -> None:
    cast, _learners, _team = running()

    with pytest.raises(Refused, match="Some learners have no mark yet"):
        operations.finish(course_id=cast.course.pk, by=cast.teacher, at=NOON)


def test_finishing_completes_who_passed_and_records_the_evidence() -> None:
    cast, learners, _team = running()
    outsider = cast.admitted()
    Application.objects.filter(pk=outsider.pk).update(institution=None)
    for application, points in zip([*learners, outsider], (95, 51, 50, 73, 60), strict=True):
        marked(application, points, by=cast.teacher)

    for _again in range(2):
        operations.finish(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    assert sorted(Completion.objects.values_list("points", "grade")) == [
        (51, "E"),
        (60, "E"),
        (73, "C"),
        (95, "A"),
    ]
    # The outsider counts at the host.
    assert evidence.total("exchange.learner_completed", institution=cast.host) == 3
    assert evidence.total("exchange.learner_completed", institution=cast.partner) == 1
    assert evidence.total("exchange.course_run", institution=cast.host) == 1
    assert evidence.total("exchange.course_run", institution=cast.partner) == 1


def test_who_completes_gets_a_credential_in_the_language_of_the_course() -> None:
    cast, learners, _team = running()
    for application in learners:
        marked(application, 80, by=cast.teacher)

    operations.finish(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    credential = Completion.objects.get(application=learners[2]).credential
    assert credential is not None
    assert (credential.holder, credential.issuer) == (learners[2].learner, cast.host)
    assert credential.details["grade"] == "C (80/100)"


def at_once(*deeds: Callable[[], object]) -> list[BaseException | None]:
    """Do several things at the same moment, each with a database connection of its own."""
    outcome: list[BaseException | None] = [None] * len(deeds)
    together = threading.Barrier(len(deeds))

    def run(number: int, deed: Callable[[], object]) -> None:
        try:
            together.wait(timeout=20)
            deed()
        except Exception as fault:  # noqa: BLE001 -- handed to the test
            outcome[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcome


@pytest.mark.django_db(transaction=True)
def test_two_teachers_give_the_last_place_only_once() -> None:
    cast = a_course()
    cast.course.participations.filter(institution=cast.host).update(places=1)
    one, other = cast.applicant(), cast.applicant()

    outcome = at_once(
        lambda: operations.admit(application_id=one.pk, by=cast.teacher, at=NOON),
        lambda: operations.admit(application_id=other.pk, by=cast.colleague, at=NOON),
    )

    assert sorted(type(fault).__name__ for fault in outcome) == ["CourseFull", "NoneType"]
    assert cast.course.applications.filter(state=ApplicationState.ADMITTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_teachers_who_mark_at_once_the_second_is_told() -> None:
    cast, learners, _team = running()

    outcome = at_once(
        lambda: marked(learners[0], 60, by=cast.teacher),
        lambda: marked(learners[0], 80, by=cast.colleague),
    )

    assert sorted(type(fault).__name__ for fault in outcome) == ["MarkedMeanwhile", "NoneType"]


@pytest.mark.django_db(transaction=True)
def test_finishing_at_once_completes_everybody_once() -> None:
    cast, learners, _team = running()
    for application in learners:
        marked(application, 80, by=cast.teacher)

    outcome = at_once(
        *(
            lambda by=person: operations.finish(course_id=cast.course.pk, by=by, at=NOON)
            for person in (cast.teacher, cast.colleague)
        )
    )

    assert outcome == [None, None]
    assert Completion.objects.count() == len(learners)


def test_a_cancelled_course_stays_for_its_teachers() -> None:
    cast = a_course()

    operations.cancel(course_id=cast.course.pk, by=cast.teacher, at=NOON + timedelta(days=1))

    assert Course.objects.get(pk=cast.course.pk).state == CourseState.CANCELLED
    with pytest.raises(Refused, match="was cancelled"):
        operations.edit_course(course_id=cast.course.pk, by=cast.teacher, at=NOON, title="Again")
