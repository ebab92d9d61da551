"""Every constraint of the tables, broken once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clock import DAY, NOON
from factories import (
    ActivityFactory,
    ApplicationFactory,
    AwardFactory,
    CompletionFactory,
    CourseFactory,
    MarkFactory,
    ParticipationFactory,
    PersonFactory,
    PostFactory,
    ProductFactory,
    TeachingFactory,
    TeamFactory,
    TeamMemberFactory,
)
from factories.exchange_work import AttendanceFactory, LearnersWorkFactory, WorkFactory, WorkPadFactory

pytestmark = pytest.mark.django_db


def _again(make: Callable[..., Any], **of: str) -> Callable[[], Any]:
    """Make a record, then another that agrees with it in the named fields."""

    def twice() -> None:
        first = make()
        make(**{field: getattr(first, source) for field, source in of.items()})

    return twice


BREAKERS: dict[str, Callable[[], Any]] = {
    "course slug": _again(CourseFactory, slug="slug"),
    "course_ends_after_start": lambda: CourseFactory(end_date=(NOON - DAY).date()),
    "course_pass_mark_in_range": lambda: CourseFactory(pass_mark=101),
    "course_teams_published_by_and_at_together": lambda: CourseFactory(teams_published_at=NOON),
    "participation_once_per_course": _again(ParticipationFactory, course="course", institution="institution"),
    "teaching_once_per_course": _again(TeachingFactory, course="course", person="person"),
    "application_once_per_course": _again(ApplicationFactory, course="course", learner="learner"),
    "application_decided_by_and_at_together": lambda: ApplicationFactory(decided_at=NOON),
    "mark_at_most_100": lambda: MarkFactory(points=101),
    "one mark": _again(MarkFactory, application="application"),
    "one completion": _again(CompletionFactory, application="application"),
    "award_eqf_level_in_range": lambda: AwardFactory(eqf_level=9),
    "team_number_once_per_course": _again(TeamFactory, course="course", number="number"),
    "one team per learner": _again(TeamMemberFactory, application="application"),
    "product_version_once_per_team": _again(ProductFactory, team="team", number="number"),
    "product_of_a_team_or_a_learner": lambda: ProductFactory(application=ApplicationFactory()),
    "product of nobody": lambda: ProductFactory(team=None),
    "product_version_once_per_team_and_activity": _again(
        WorkFactory, activity="activity", team="team", number="number"
    ),
    "product_version_once_per_learner": _again(
        LearnersWorkFactory,
        activity="activity",
        application="application",
        number="number",
    ),
    "work_pad_once_per_team_and_activity": _again(WorkPadFactory, activity="activity", team="team"),
    "attendance_once_per_session": _again(
        AttendanceFactory, activity="activity", application="application", begins_at="begins_at"
    ),
    "product key": _again(ProductFactory, key="key"),
    "post key": _again(PostFactory, key="key"),
}


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAKERS[name]()


def test_records_name_themselves() -> None:
    member = TeamMemberFactory()
    learner, course = member.application.learner, member.team.course

    assert str(member.application) == f"{learner} – {course}"
    assert str(member) == f"{learner} – {course} – {member.team.number}"
    assert str(PostFactory(text="Hello from Kotor!")) == "Hello from Kotor!"
    assert str(ActivityFactory(title="Meet")) == "Meet"
    assert str(PersonFactory(name="Ana Ilić")) == "Ana Ilić"
    assert str(MarkFactory(application=member.application, points=80)) == f"{learner} – {course}: 80"
