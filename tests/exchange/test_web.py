from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from biosint.exchange import operations
from biosint.exchange.models import Application, Course, Mark, Post
from biosint.exchange.plans import teams_of
from biosint.exchange.states import ApplicationState, CourseState
from biosint.people.api import Person
from clock import DAY, NOON
from exchange.cast import FREE, Cast, a_course, running
from factories import (
    ActivityFactory,
    CompletionFactory,
    InstitutionFactory,
    PersonFactory,
    PostFactory,
    TeacherFactory,
    TeachingFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

ANSWERS = {
    "profession": "medicine",
    "country": "RS",
    "english_level": "B2",
    "days": ["Mon", "Wed"],
    "free_from": "17",
    "free_until": "20",
    "free_hours": FREE,
    "motivation": "To learn.",
}


def open_now(**fields: Any) -> Cast:
    """A course to which one can apply today, whatever the day."""
    today = timezone.now()
    return a_course(
        **{
            "start_date": (today + 30 * DAY).date(),
            "end_date": (today + 90 * DAY).date(),
            "apply_until_date": (today + 20 * DAY).date(),
            **fields,
        }
    )


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_visitors_find_published_courses_only() -> None:
    a_course(title="Shared wards")
    a_course(title="Not yet", state=CourseState.DRAFT)

    page = page_of(Client().get("/courses/"))

    assert "Shared wards" in page
    assert "Not yet" not in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("q=wards", True),
        ("q=Morava+wards", True),
        ("q=liver", False),
        ("state=open", True),
        ("state=finished", False),
        ("language=en", True),
        ("language=sq", False),
        ("country=BE", True),
        ("country=RO", False),
        ("page=900", True),
        ("state=nonsense", True),
    ],
)
def test_the_catalogue_filters(query: str, seen: bool) -> None:
    a_course(title="Shared wards")

    response = Client().get(f"/courses/?{query}")

    assert response.status_code == 200
    assert ("Shared wards" in page_of(response)) is seen


def test_an_empty_catalogue_says_what_will_be_here() -> None:
    assert "No course is published yet" in page_of(Client().get("/courses/"))


def test_a_course_page_describes_itself_to_search_engines() -> None:
    cast = a_course(title="A & B </script>")

    page = page_of(Client().get(f"/courses/{cast.course.slug}/"))

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    described = json.loads(block)
    assert described["name"] == "A & B </script>"
    assert described["@type"] == "Course"
    assert len(described["provider"]) == 2


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.CANCELLED])
def test_strangers_do_not_find_a_course_that_is_not_public(state: CourseState, client_of: ClientOf) -> None:
    cast = a_course(state=state)

    assert Client().get(f"/courses/{cast.course.slug}/").status_code == 404
    assert client_of(PersonFactory()).get(f"/courses/{cast.course.slug}/").status_code == 404
    assert client_of(cast.colleague).get(f"/courses/{cast.course.slug}/").status_code == 200


@pytest.mark.parametrize("page", ["desk", "edit", "places", "applications", "teams", "marks", "pages/new"])
def test_strangers_and_learners_do_not_find_the_desk(page: str, client_of: ClientOf) -> None:
    cast, learners, _team = running()
    address = f"/courses/{cast.course.slug}/{page}/"

    assert client_of(PersonFactory()).get(address).status_code == 404
    assert client_of(learners[0].learner).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_of(cast.teacher).get(address).status_code == 200


def test_strangers_do_not_find_the_team_room(client_of: ClientOf) -> None:
    cast, learners, team = running()
    other = cast.team(cast.admitted(), number=2)
    address = f"/courses/{cast.course.slug}/teams/{team.number}/"

    assert client_of(PersonFactory()).get(address).status_code == 404
    assert client_of(other.members.get().application.learner).get(address).status_code == 404
    assert client_of(learners[0].learner).get(address).status_code == 200
    assert client_of(cast.colleague).get(address).status_code == 200


def test_strangers_do_not_find_pages_of_a_course(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    activity = ActivityFactory(course=cast.course)
    address = f"/courses/{cast.course.slug}/pages/{activity.pk}/"

    assert client_of(PersonFactory()).get(address).status_code == 404
    assert client_of(cast.applicant().learner).get(address).status_code == 404
    assert "<strong>this</strong>" in page_of(client_of(learners[0].learner).get(address))


def test_a_teacher_begins_a_course_by_form(client_of: ClientOf) -> None:
    teacher = TeacherFactory(at=InstitutionFactory())
    client = client_of(teacher)
    host = teacher.offices_held.get().institution

    response = client.post(
        "/courses/new/",
        {
            "title": "Wounds and borders",
            "host": host.pk,
            "summary": "What heals where.",
            "language": "en",
            "level": "B1",
            "ects": "3",
            "workload_hours": "80",
            "apply_until_date": "2026-04-01",
            "start_date": "2026-04-10",
            "end_date": "2026-06-10",
            "pass_mark": "51",
            "outcome_1": "compare wound care",
            "dimension_1": "systems",
        },
    )

    assert response.status_code == 302, page_of(response)
    course = Course.objects.get()
    assert course.outcomes == [{"text": "compare wound care", "ioc_dimension": "systems"}]
    assert "Invite" in page_of(client.get(response["Location"]))


def test_bad_dates_are_explained_beside_the_field(client_of: ClientOf) -> None:
    cast = a_course()

    response = client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/edit/",
        {"title": "Changed", "start_date": "2026-04-10", "end_date": "2026-04-01"},
    )

    assert response.status_code == 422
    assert "The last day is before the first day." in page_of(response)
    cast.course.refresh_from_db()
    assert cast.course.title != "Changed"


def test_who_does_not_teach_is_told_why_they_cannot_begin_a_course(client_of: ClientOf) -> None:
    response = client_of(PersonFactory()).get("/courses/new/")

    assert response.status_code == 403
    assert "Only a teacher can start a course." in page_of(response)


def test_an_invited_teacher_answers_on_the_course_page(client_of: ClientOf) -> None:
    cast = a_course(state=CourseState.DRAFT)
    third = InstitutionFactory(country="AL")
    invited = TeacherFactory(at=third)
    held = invited.offices_held.get()

    inviting, desk = client_of(cast.teacher), f"/courses/{cast.course.slug}/desk/"
    assert f'value="{held.pk}"' not in page_of(inviting.get(desk))
    assert f'value="{held.pk}"' in page_of(inviting.get(f"{desk}?who={third.short_name}"))
    assert "No teacher fits" in page_of(inviting.get(f"{desk}?who=nobody+at+all"))
    inviting.post(f"/courses/{cast.course.slug}/invite/", {"teacher": held.pk})
    again = inviting.post(f"/courses/{cast.course.slug}/invite/", {"teacher": held.pk}, follow=True)
    assert "has been invited already." in page_of(again)
    assert inviting.post(f"/courses/{cast.course.slug}/invite/", {"teacher": "x"}).status_code == 404
    client = client_of(invited)
    assert "You are invited to teach this course" in page_of(client.get(f"/courses/{cast.course.slug}/"))
    response = client.post(f"/courses/{cast.course.slug}/invitation/", {"answer": "yes"}, follow=True)

    assert "You teach this course now." in page_of(response)


def test_declining_leads_away_from_the_draft(client_of: ClientOf) -> None:
    cast = a_course(state=CourseState.DRAFT)
    teaching = TeachingFactory(course=cast.course, institution=InstitutionFactory(), accepted_at=None)

    response = client_of(teaching.person).post(
        f"/courses/{cast.course.slug}/invitation/", {"answer": "no"}, follow=True
    )

    assert "You have declined the invitation." in page_of(response)
    assert not cast.course.teachings.filter(person=teaching.person).exists()


def test_places_and_a_new_institution_are_set_in_one_form(client_of: ClientOf) -> None:
    cast = a_course()
    third = InstitutionFactory()

    client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/places/",
        {
            f"places_{cast.host.pk}": 4,
            f"places_{cast.partner.pk}": 5,
            "outsiders": 2,
            "added": third.pk,
            "moves_up": "on",
            "answer_days": 2,
            "added_places": 3,
        },
    )

    cast.course.refresh_from_db()
    assert dict(cast.course.participations.values_list("institution", "places")) == {
        cast.host.pk: 4,
        cast.partner.pk: 5,
        third.pk: 3,
    }
    assert cast.course.outsider_places == 2
    assert (cast.course.moves_up, cast.course.answer_days) == (True, 2)


def test_the_publish_button_tells_what_is_missing(client_of: ClientOf) -> None:
    teaching = TeachingFactory()

    page = page_of(client_of(teaching.person).get(f"/courses/{teaching.course.slug}/desk/"))

    assert "A second teacher, from another institution, must accept first." in page


@pytest.mark.parametrize(
    ("before", "to", "after"),
    [
        (CourseState.DRAFT, "publish", CourseState.OPEN),
        (CourseState.OPEN, "start", CourseState.RUNNING),
        (CourseState.RUNNING, "finish", CourseState.FINISHED),
        (CourseState.RUNNING, "cancel", CourseState.CANCELLED),
    ],
)
def test_buttons_move_a_course(before: CourseState, to: str, after: CourseState, client_of: ClientOf) -> None:
    cast = a_course(state=before)
    cast.publish_teams()

    client_of(cast.teacher).post(f"/courses/{cast.course.slug}/{to}/")

    cast.course.refresh_from_db()
    assert cast.course.state == after


def test_a_learner_applies_by_form_and_the_profile_remembers(client_of: ClientOf) -> None:
    cast = open_now()
    student = cast.student(english_level="", free_hours="")
    client = client_of(student)

    response = client.post(f"/courses/{cast.course.slug}/apply/", ANSWERS, follow=True)

    assert "You have applied" in page_of(response)
    student.refresh_from_db()
    assert (student.english_level, student.free_hours) == ("B2", FREE)
    assert 'value="Mon 17:00-20:00; Wed 17:00-20:00"' in page_of(
        client.get(f"/courses/{open_now(slug='another').course.slug}/apply/")
    )


def test_applying_again_says_so_and_changes_nothing(client_of: ClientOf) -> None:
    cast = open_now()
    client = client_of(cast.student())

    client.post(f"/courses/{cast.course.slug}/apply/", ANSWERS)
    response = client.post(f"/courses/{cast.course.slug}/apply/", ANSWERS, follow=True)

    assert "You have applied already." in page_of(response)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("hours", ["evenings", "Mon 25:00-26:00", ";"])
def test_free_hours_that_cannot_be_read_are_explained(hours: str, client_of: ClientOf) -> None:
    cast = open_now()

    response = client_of(cast.student()).post(
        f"/courses/{cast.course.slug}/apply/", {**ANSWERS, "free_hours": hours}
    )

    assert response.status_code == 422
    assert "Write days and hours like this" in page_of(response)
    assert hours in page_of(response)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"days": []}, "Choose at least one day"),
        ({"free_from": "20"}, "Choose a later hour"),
        ({"days": ["Someday"]}, "Someday"),
    ],
)
def test_days_and_hours_that_do_not_fit_are_explained(
    wrong: dict[str, object], sentence: str, client_of: ClientOf
) -> None:
    cast = open_now()

    response = client_of(cast.student(free_hours="")).post(
        f"/courses/{cast.course.slug}/apply/", {**ANSWERS, **wrong}
    )

    assert response.status_code == 422
    assert sentence in page_of(response)


def test_a_learner_withdraws(client_of: ClientOf) -> None:
    cast = open_now()
    application = cast.applicant()

    client_of(application.learner).post(f"/courses/{cast.course.slug}/withdraw/")

    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_a_teacher_decides_and_is_told_when_the_course_is_full(client_of: ClientOf) -> None:
    cast = a_course()
    cast.course.participations.filter(institution=cast.host).update(places=1)
    first, second = cast.applicant(), cast.applicant()
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/applications/"

    client.post(f"{address}{first.pk}/admit/")
    full = page_of(client.post(f"{address}{second.pk}/admit/", follow=True))
    waiting = page_of(client.post(f"{address}{second.pk}/wait/", follow=True))

    assert "No place is left for students" in full
    assert "is on the waiting list" in waiting
    assert client.post(f"{address}{second.pk}/expel/").status_code == 404


def test_teams_are_formed_and_published_on_one_page(client_of: ClientOf) -> None:
    cast = a_course()
    for place in (cast.host, cast.host, cast.partner, cast.partner):
        cast.admitted(place)
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/teams/"

    asked = {"size_low": 4, "size_high": 4, "common_hours": 2, "weight_country": 3, "kind_country": "mix"}
    formed = page_of(client.post(f"{address}form/", asked, follow=True))
    published = page_of(client.post(f"{address}publish/", {"version": 1}, follow=True))

    assert "2 countries: " in formed
    assert "Common free hours a week: 6" in formed
    assert "Mon 17:00" in formed
    assert "The team rooms are open." in published


def test_learners_see_their_team_and_why(client_of: ClientOf) -> None:
    cast = a_course()
    for place in (cast.host, cast.host, cast.partner, cast.partner):
        application = cast.admitted(place)
    operations.form_teams(
        course_id=cast.course.pk, plan=teams_of(4, common_hours=2), by=cast.teacher, at=NOON
    )
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    client = client_of(application.learner)
    address = f"/courses/{cast.course.slug}/teams/1/"

    page = page_of(client.get(f"{address}about/"))

    assert "2 countries: " in page
    assert "Mon 17:00–20:00" in page
    assert address in page_of(client.get("/courses/mine/"))
    assert address in page_of(client.get(f"/courses/{cast.course.slug}/"))


def test_before_teams_are_published_members_do_not_find_them(client_of: ClientOf) -> None:
    cast = a_course()
    application = cast.admitted()
    cast.team(application)

    assert client_of(application.learner).get(f"/courses/{cast.course.slug}/teams/1/").status_code == 404


def test_writing_works_without_script_and_with(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    address = f"/courses/{cast.course.slug}/teams/1/posts/"

    plain = client.post(address, {"text": "Hello from Užice", "key": uuid4()}, follow=True)
    piece = client.post(address, {"text": "And again", "key": uuid4()}, headers={"hx-request": "true"})

    assert "Hello from Užice" in page_of(plain)
    assert "<html" not in page_of(piece)
    assert "Hello from Užice" in page_of(piece)
    assert "And again" in page_of(piece)


def test_an_empty_post_keeps_the_page_and_says_what_is_missing(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    address = f"/courses/{cast.course.slug}/teams/1/posts/"

    assert client.post(address, {"text": " ", "key": uuid4()}).status_code == 422
    assert (
        client.post(address, {"text": " ", "key": uuid4()}, headers={"hx-request": "true"}).status_code == 422
    )
    assert not Post.objects.exists()


def test_posts_cannot_smuggle_scripts(client_of: ClientOf) -> None:
    cast, learners, team = running()
    PostFactory(team=team, text="<script>alert(1)</script>[x](javascript:alert(2))")

    page = page_of(client_of(learners[0].learner).get(f"/courses/{cast.course.slug}/teams/1/"))

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_team_hands_in_and_nothing_is_refused_with_a_sentence(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    address = f"/courses/{cast.course.slug}/teams/1/product/"

    empty = client.post(address, {"text": "", "link": "", "key": uuid4()})
    done = client.post(address, {"text": "Our plan", "link": "", "key": uuid4()}, follow=True)

    assert empty.status_code == 422
    assert "then hand it in." in page_of(empty)
    assert "Version 1 is handed in." in page_of(done)


def test_an_unfit_file_is_refused_with_a_sentence(client_of: ClientOf) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    cast, learners, _team = running()

    response = client_of(learners[0].learner).post(
        f"/courses/{cast.course.slug}/teams/1/product/",
        {"text": "kept words", "key": uuid4(), "file": SimpleUploadedFile("virus.exe", b"MZ")},
    )

    assert response.status_code == 422
    assert "cannot be used here" in page_of(response)
    assert "kept words" in page_of(response)


def rows(*given: tuple[Application, object, int]) -> dict[str, object]:
    written: dict[str, object] = {}
    for application, points, version in given:
        written |= {
            f"mark-{application.pk}-points": points,
            f"mark-{application.pk}-comment": "",
            f"mark-{application.pk}-version": version,
        }
    return written


def test_marks_are_given_in_one_table(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    first, second, third, fourth = learners
    address = f"/courses/{cast.course.slug}/marks/"

    client_of(cast.teacher).post(
        address, rows((first, 80, 0), (second, "", 0), (third, 100, 0), (fourth, 0, 0))
    )

    assert sorted(Mark.objects.values_list("points", flat=True)) == [0, 80, 100]


def test_rows_with_faults_are_told_and_the_others_saved(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    first, second, third, fourth = learners
    address = f"/courses/{cast.course.slug}/marks/"
    operations.give_mark(
        application_id=first.pk, points=55, comment="", seen_version=0, by=cast.colleague, at=NOON
    )

    response = client_of(cast.teacher).post(
        address, rows((first, 90, 0), (second, 101, 0), (third, "many", 0), (fourth, 70, 0))
    )

    page = page_of(response)
    assert response.status_code == 422
    assert "55 points meanwhile" in page
    assert "Write a whole number from 0 to 100." in page
    assert 'value="101"' in page
    assert sorted(Mark.objects.values_list("points", flat=True)) == [55, 70]


def test_after_the_finish_learners_see_points_and_certificate(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    for application in learners:
        operations.give_mark(
            application_id=application.pk,
            points=80,
            comment="Well done",
            seen_version=0,
            by=cast.teacher,
            at=NOON,
        )
    client_of(cast.teacher).post(f"/courses/{cast.course.slug}/finish/")
    client = client_of(learners[0].learner)

    assert "Open my certificate" in page_of(client.get(f"/courses/{cast.course.slug}/"))
    assert "Well done" in page_of(client.get(f"/courses/{cast.course.slug}/teams/1/"))
    assert "completed" in page_of(client.get("/courses/mine/"))
    assert "80" in page_of(client_of(cast.teacher).get(f"/courses/{cast.course.slug}/marks/"))


@pytest.mark.parametrize("how_many", [1, 3])
def test_lists_cost_the_same_with_one_and_three_rows(
    how_many: int, client_of: ClientOf, count_queries: Any
) -> None:
    cast, learners, team = running()
    for number in range(how_many):
        other = a_course()
        TeachingFactory(course=other.course, person=cast.teacher, institution=cast.host)
        ActivityFactory(course=cast.course)
        PostFactory(team=team)
        cast.applicant()
        cast.team(cast.admitted(cast.partner), number=number + 2)
        completion = CompletionFactory(application__institution=cast.host)
        Application.objects.filter(pk=completion.application.pk).update(learner=learners[0].learner)
    teacher, learner = client_of(cast.teacher), client_of(learners[0].learner)
    desk = f"/courses/{cast.course.slug}"

    # Warm what is read once for every page: sessions and content types.
    for client in (teacher, learner):
        client.get("/courses/")
    # A first visit to the room is noted, later ones within the hour are not.
    learner.get(f"{desk}/teams/1/")
    for client, address, cost in QUERIES(teacher, learner, desk):
        with count_queries(cost):
            assert client.get(address).status_code == 200, address


def QUERIES(  # noqa: N802 -- a table
    teacher: Client, learner: Client, desk: str
) -> list[tuple[Client, str, int]]:
    return [
        (Client(), "/courses/", 7),
        (Client(), f"{desk}/", 4),
        (teacher, "/courses/teaching/", 7),
        (teacher, f"{desk}/desk/", 10),
        (teacher, f"{desk}/applications/", 10),
        (teacher, f"{desk}/teams/", 12),
        (teacher, f"{desk}/marks/", 6),
        (learner, "/courses/mine/", 3),
        (learner, f"{desk}/", 8),
        (learner, f"{desk}/teams/1/", 8),
    ]


def test_a_course_page_costs_the_same_with_fifty_activities(count_queries: Any) -> None:
    cast = a_course()
    for _one in range(50):
        ActivityFactory(course=cast.course)

    with count_queries(5):
        Client().get(f"/courses/{cast.course.slug}/")
