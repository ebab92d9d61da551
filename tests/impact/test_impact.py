from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from biosint.evidence import api as evidence
from biosint.exchange.api import Course, CourseState
from biosint.impact import operations, queries, rules, sentences
from biosint.impact.calculation import Group, figures_of
from biosint.impact.models import Comparison, Version
from biosint.institutions.api import Institution
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    AdmittedFactory,
    CompletionFactory,
    CoordinatorFactory,
    CourseFactory,
    DeanFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    ParticipationFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.impact import GROUPS, ComparisonFactory, ComparisonVersionFactory, inputs

pytestmark = pytest.mark.django_db


def completed(course: Course, institution: Institution, people: int) -> None:
    for _person in range(people):
        CompletionFactory(application=AdmittedFactory(course=course, institution=institution))


def finished_course() -> Course:
    """Held by a faculty in Kraljevo with one in Leuven: two learners there, three at home."""
    host = InstitutionFactory(name="Host", short_name="Host", latitude=41.33, longitude=19.82)
    partner = InstitutionFactory(name="Partner", short_name="Partner", latitude=50.88, longitude=4.70)
    course = CourseFactory(host=host, state=CourseState.FINISHED)
    for place in (host, partner):
        ParticipationFactory(course=course, institution=place)
    completed(course, host, 3)
    completed(course, partner, 2)
    return course


def test_the_figures_are_those_of_pencil_and_paper() -> None:
    found = figures_of(inputs(), GROUPS, course_ects=3)

    # 40 hours shared by two runs, 60 in the run, 2 for each of 20 learners; 6 to arrange each stay.
    assert found["hours"]["home"][1] == pytest.approx(120)
    assert found["hours"]["mobility"][1] == pytest.approx(120)
    assert found["money"]["faculty"]["home"][1] == pytest.approx(120 * 15 + 200)
    assert found["money"]["society"]["mobility"][1] == pytest.approx(120 * 15 + 20 * 4024 + 20 * 400)
    # Ten fly 1,571 km and back, ten go 300 km and back by coach.
    flown, driven = 10 * 2 * 1571 * 0.14825, 10 * 2 * 300 * 0.02776
    assert found["co2"]["mobility"][1] == pytest.approx(flown + driven)
    assert found["co2"]["home"][1] == pytest.approx(20 * 20 * 0.0447)
    assert found["money"]["society"]["less"] == "home"
    assert found["hours"]["less"] == "depends"
    assert found["mean_km"] == pytest.approx(935.5)


def test_every_factor_comes_with_year_and_source() -> None:
    factors = figures_of(inputs(hotel_nights=5), GROUPS, course_ects=3)["factors"]

    assert {factor["code"] for factor in factors} == {
        "virtual_exchange_ceiling",
        "student_mobility_grant",
        "short_haul_flight",
        "coach",
        "hotel_night",
        "video_hour",
        "earth_radius",
    }
    assert all(factor["year"] and factor["source"] and factor["unit"] for factor in factors)
    assert {factor["code"] for factor in factors} <= set(sentences.FACTORS)


def test_a_grant_that_is_typed_replaces_the_average() -> None:
    found = figures_of(inputs(grant=1000), GROUPS, course_ects=3)

    assert found["money"]["funder"]["mobility"] == [20_000, 20_000, 20_000]
    assert "student_mobility_grant" not in {factor["code"] for factor in found["factors"]}


def test_far_away_learners_fly_long_distance() -> None:
    found = figures_of(inputs(), [Group("Far", 2, 9000)], course_ects=3)

    assert found["groups"][0]["transport"] == "long_haul_flight"


def test_distances_and_learners_are_counted_by_the_platform() -> None:
    groups = queries.groups_of(finished_course())

    assert [(group.name, group.learners, round(group.km)) for group in groups] == [
        ("Host", 3, 1571),
        ("Partner", 2, 1571),
    ]


def test_publishing_counts_once_and_a_new_version_stands_beside_the_old() -> None:
    course = finished_course()
    officer = CoordinatorFactory(at=course.host)
    first = operations.write(course_id=course.pk, inputs=inputs(), by=officer, at=NOON)
    operations.publish(version_id=first.pk, by=officer, at=NOON)
    kept = Version.objects.get(pk=first.pk).figures

    second = operations.write(course_id=course.pk, inputs=inputs(teacher_hours=400), by=officer, at=NOON)
    operations.publish(version_id=second.pk, by=officer, at=NOON)

    assert second.number == 2
    assert Version.objects.get(pk=first.pk).figures == kept
    assert evidence.total("impact.comparison_published", institution=course.host) == 1


def test_a_draft_is_written_over_and_not_multiplied() -> None:
    course = finished_course()
    officer = DeanFactory(at=course.host)
    operations.write(course_id=course.pk, inputs=inputs(), by=officer, at=NOON)

    operations.write(course_id=course.pk, inputs=inputs(runs=5), by=officer, at=NOON)

    assert Version.objects.get().inputs["runs"] == 5


def test_what_is_kept_is_plain_and_reads_back() -> None:
    course = finished_course()
    version = operations.write(
        course_id=course.pk, inputs=inputs(), by=CoordinatorFactory(at=course.host), at=NOON
    )
    read = Version.objects.get(pk=version.pk)

    assert json.loads(json.dumps(read.figures)) == read.figures
    assert read.inputs == asdict(inputs())


def test_a_published_version_is_not_published_again() -> None:
    version = ComparisonVersionFactory(published=True)

    with pytest.raises(Refused, match="published already"):
        operations.publish(
            version_id=version.pk, by=CoordinatorFactory(at=version.comparison.institution), at=NOON
        )


def test_a_course_nobody_completed_is_not_compared() -> None:
    course = CourseFactory(state=CourseState.FINISHED)

    with pytest.raises(operations.NobodyCompleted):
        operations.write(course_id=course.pk, inputs=inputs(), by=CoordinatorFactory(at=course.host), at=NOON)


@pytest.mark.parametrize("office", list(Office))
@pytest.mark.parametrize("state", list(CourseState))
def test_officers_of_the_host_compare_finished_courses(office: Office, state: CourseState) -> None:
    course = CourseFactory(state=state)
    person = OfficeHeldFactory(office=office, institution=course.host).person

    allowed = office in rules.COMPARERS and state == CourseState.FINISHED

    assert bool(rules.may_compare(person, course)) == allowed
    assert not rules.may_compare(OfficeHeldFactory(office=office).person, course)


def test_may_view_equals_viewable_by() -> None:
    draft, public = ComparisonFactory(), ComparisonVersionFactory(published=True).comparison
    people = [
        None,
        SiteAdministratorFactory(),
        *[OfficeHeldFactory(office=office, institution=draft.institution).person for office in Office],
    ]

    for person in people:
        seen = set(Comparison.objects.filter(rules.viewable_by(person)))
        assert seen == {each for each in (draft, public) if rules.may_view(person, each)}


def test_the_database_keeps_one_draft_at_a_time() -> None:
    version = ComparisonVersionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ComparisonVersionFactory(comparison=version.comparison, number=2)


@pytest.mark.parametrize(
    ("changes", "title", "says"),
    [
        ({}, "Money", "took less: about EUR 2,000, against about EUR 90,000"),
        ({"teacher_hours": 30000}, "Money", "the course at home loses"),
        ({"teacher_hours": 5500, "hours_uncertainty": 50}, "Money", "not certain which way takes less"),
        (
            {"teacher_hours": 400},
            "Money of the faculties",
            "For the faculties alone, the course at home loses",
        ),
        ({"administration_hours": 60}, "Money of the faculties", "the course took less: about"),
        ({}, "Money of the faculties", "not certain"),
        ({"teacher_hours": 400}, "Work", "more work"),
        ({"administration_hours": 60}, "Work", "less work"),
        ({}, "Climate", "less CO2: about 18 kg"),
        ({"online_hours": 1000}, "Climate", "not certain which way sets free less CO2"),
        ({}, "Credits", "A stay abroad gives more ECTS credits (20.0 against 3.0)"),
        ({"mobility_ects": 2}, "Credits", "took no more money"),
        ({"teacher_hours": 9000}, "Credits", "measured in credits, it loses"),
        ({"mobility_ects": 2, "teacher_hours": 9000}, "Credits", "for each further credit"),
    ],
)
def test_the_summary_says_plainly_who_loses(changes: dict[str, Any], title: str, says: str) -> None:
    version = Version(
        inputs=asdict(inputs(**changes)), figures=figures_of(inputs(**changes), GROUPS, course_ects=3)
    )

    told = {str(finding.title): finding.text for finding in sentences.findings(version)}

    assert says in told[title]


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ((None, None, None), "does not take less"),
        ((9, None, None), "in the best case it does when the number of learners reaches 9"),
        ((3, 9, None), "reaches 9; in the worst case it never does"),
        ((9, 9, 9), "reaches 9."),
        ((3, 5, 9), "reaches 5 (3 in the best case, 9 in the worst)"),
    ],
)
def test_break_even_is_said_for_every_case(numbers: tuple[Any, Any, Any], says: str) -> None:
    version = Version(figures={"break_even": {"society": numbers, "faculty": numbers}})

    assert all(says in sentence for _who, sentence in sentences.break_even(version))


FORM = {name: value for name, value in asdict(inputs()).items() if value is not None}


def test_an_officer_compares_publishes_and_everybody_reads(client: Client, client_of: Any) -> None:
    course = finished_course()
    officer = client_of(CoordinatorFactory(at=course.host))

    assert "Courses you can compare" in officer.get("/impact/").content.decode()
    assert officer.get(f"/impact/courses/{course.slug}/").status_code == 200
    address = officer.post(f"/impact/courses/{course.slug}/", FORM).url
    assert "Only officers of the institution see this" in officer.get(address).content.decode()
    assert client.get(address).status_code == 404
    assert officer.post(f"{address}publish/").status_code == 302

    page = client.get(address).content.decode()
    assert "took less: about EUR" in page
    assert "Time sheets of both teachers" in page
    assert "erasmusplus.al" in page
    assert course.title in client.get("/impact/").content.decode()
    assert course.title in client.get(f"/search/?q={course.title}").content.decode()


def test_an_earlier_version_stays_readable_and_a_later_draft_inside(client: Client, client_of: Any) -> None:
    version = ComparisonVersionFactory(published=True)
    address = version.comparison.get_absolute_url()
    ComparisonVersionFactory(comparison=version.comparison, number=2, published=True)
    ComparisonVersionFactory(comparison=version.comparison, number=3)

    assert "There is a newer one" in client.get(f"{address}?version=1").content.decode()
    assert client.get(address).context["version"].number == 2
    assert client.get(f"{address}?version=3").status_code == 404
    assert client.get(f"{address}?version=x").status_code == 404
    officer = client_of(CoordinatorFactory(at=version.comparison.institution))
    assert officer.get(address).context["version"].number == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hourly_cost_low": 16}, "The lowest is at most the usual one."),
        ({"hourly_cost_high": 14}, "The highest is at least the usual one."),
        ({"own_low": 900}, "The highest is at least the lowest one."),
        ({"hotel_nights": 121}, "There are no more nights than days."),
        ({"teacher_hours": "many"}, "Enter a number."),
        ({"runs": 0}, "greater than or equal to 1"),
    ],
)
def test_a_wrong_figure_gets_a_clear_sentence_and_keeps_the_rest(
    wrong: dict[str, Any], sentence: str, client_of: Any
) -> None:
    course = finished_course()

    answer = client_of(CoordinatorFactory(at=course.host)).post(
        f"/impact/courses/{course.slug}/", {**FORM, **wrong}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Time sheets of both teachers" in page


def test_others_are_told_who_compares(client: Client, client_of: Any) -> None:
    course = finished_course()

    answer = client_of(TeacherFactory(at=course.host)).get(f"/impact/courses/{course.slug}/")

    assert answer.status_code == 403
    assert "which held the course, can compare it" in answer.content.decode()
    assert client.get(f"/impact/courses/{course.slug}/").status_code == 302
    running = CourseFactory(state=CourseState.RUNNING, host=course.host)
    officer = client_of(CoordinatorFactory(at=course.host))
    assert officer.get(f"/impact/courses/{running.slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(rows: int, client: Client, count_queries: Any) -> None:
    for _row in range(rows):
        ComparisonVersionFactory(published=True)

    with count_queries(3):
        assert client.get("/impact/").status_code == 200


def test_an_empty_list_teaches(client: Client, client_of: Any) -> None:
    assert "No comparison yet" in client.get("/impact/").content.decode()
    assert (
        "No comparison yet"
        in client_of(StudentFactory(at=InstitutionFactory())).get("/impact/").content.decode()
    )
