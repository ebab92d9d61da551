from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory

from biosint.exchange.models import (
    Activity,
    ActivityWords,
    Application,
    Award,
    Completion,
    Course,
    CourseWords,
    Mark,
    Material,
    Participation,
    Post,
    Product,
    Progress,
    Reminder,
    Requirement,
    Rubric,
    Score,
    SearchWord,
    Teaching,
    Team,
    TeamMember,
    TeamPlan,
)
from biosint.exchange.plans import teams_of
from biosint.exchange.states import ApplicationState, MaterialKind
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.messages import StoredFileFactory
from factories.people import PersonFactory, TeacherFactory


class CourseFactory(factory.django.DjangoModelFactory[Course]):
    """A described draft without teachers; ``tests/exchange/cast.py`` makes whole ones."""

    class Meta:
        model = Course

    title = factory.Sequence(lambda n: f"Shared wards {n + 1}")
    slug = factory.Sequence(lambda n: f"shared-wards-{n + 1}")
    summary = "Patients with infections in four health systems."
    host = factory.SubFactory(InstitutionFactory)
    start_date = (NOON + timedelta(days=30)).date()
    end_date = (NOON + timedelta(days=90)).date()
    apply_until_date = (NOON + timedelta(days=20)).date()
    outcomes = factory.LazyFunction(
        lambda: [{"text": "compare guidelines of four countries", "ioc_dimension": "evidence"}]
    )
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class SearchWordFactory(factory.django.DjangoModelFactory[SearchWord]):
    class Meta:
        model = SearchWord

    course = factory.SubFactory(CourseFactory)
    stem = "war"
    word = "wards"


class ParticipationFactory(factory.django.DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    course = factory.SubFactory(CourseFactory)
    institution = factory.SubFactory(InstitutionFactory)
    places = 10


class TeachingFactory(factory.django.DjangoModelFactory[Teaching]):
    """Accepted, and the institution takes part; ``accepted_at=None`` is still an invitation."""

    class Meta:
        model = Teaching
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    institution = factory.SelfAttribute("course.host")
    person = factory.LazyAttribute(lambda own: TeacherFactory(at=own.institution))
    invited_by = factory.SelfAttribute("person")
    invited_at = NOON
    accepted_at = NOON

    @factory.post_generation
    def takes_part(self: Teaching, _create: bool, _given: Any, **_more: Any) -> None:
        if self.accepted_at:
            Participation.objects.get_or_create(
                course=self.course, institution=self.institution, defaults={"places": 10}
            )


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    class Meta:
        model = Activity

    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Step {n + 1}")
    text = "Read **this** first."


class CourseWordsFactory(factory.django.DjangoModelFactory[CourseWords]):
    class Meta:
        model = CourseWords

    course = factory.SubFactory(CourseFactory)
    language = "sr"
    title = "Заједничке визите"
    summary = "Пацијенти у четири здравствена система."
    written_by = factory.SubFactory(TeacherFactory)
    written_at = NOON


class ActivityWordsFactory(factory.django.DjangoModelFactory[ActivityWords]):
    class Meta:
        model = ActivityWords

    activity = factory.SubFactory(ActivityFactory)
    language = "sr"
    title = "Први корак"
    text = "Прво прочитајте **ово**."
    written_by = factory.SubFactory(TeacherFactory)
    written_at = NOON


class ProgressFactory(factory.django.DjangoModelFactory[Progress]):
    class Meta:
        model = Progress

    application = factory.SubFactory("factories.exchange.ApplicationFactory", state="admitted")
    activity = factory.SubFactory(ActivityFactory, course=factory.SelfAttribute("..application.course"))
    done_at = NOON


class ReminderFactory(factory.django.DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    activity = factory.SubFactory("factories.exchange.ActivityFactory")
    application = factory.SubFactory("factories.exchange.ApplicationFactory")
    due_at = NOON


class ScoreFactory(factory.django.DjangoModelFactory[Score]):
    class Meta:
        model = Score

    application = factory.SubFactory("factories.exchange.ApplicationFactory", state="admitted")
    activity = factory.SubFactory(ActivityFactory, course=factory.SelfAttribute("..application.course"))
    points = Decimal(80)
    source = "auto"
    given_at = NOON


class ApplicationFactory(factory.django.DjangoModelFactory[Application]):
    """Of somebody from outside unless ``institution`` is given."""

    class Meta:
        model = Application

    course = factory.SubFactory(CourseFactory)
    learner = factory.SubFactory(PersonFactory)
    submitted_at = NOON


class AdmittedFactory(ApplicationFactory):
    state = ApplicationState.ADMITTED
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = NOON


class TeamPlanFactory(factory.django.DjangoModelFactory[TeamPlan]):
    class Meta:
        model = TeamPlan

    course = factory.SubFactory(CourseFactory)
    asked = factory.LazyFunction(lambda: teams_of(5).as_json())


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    class Meta:
        model = Team

    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: n + 1)
    reasons = factory.LazyFunction(lambda: [{"code": "people", "parameters": {"count": 2}, "people": []}])
    common_slots = factory.LazyFunction(lambda: [64, 65, 66, 67])
    formed_at = NOON


class TeamMemberFactory(factory.django.DjangoModelFactory[TeamMember]):
    class Meta:
        model = TeamMember

    team = factory.SubFactory(TeamFactory)
    application = factory.SubFactory(AdmittedFactory, course=factory.SelfAttribute("..team.course"))


class PostFactory(factory.django.DjangoModelFactory[Post]):
    class Meta:
        model = Post

    team = factory.SubFactory(TeamFactory)
    author = factory.SubFactory(PersonFactory)
    text = "Hello from Kotor!"
    posted_at = NOON


class ProductFactory(factory.django.DjangoModelFactory[Product]):
    """The work of a team for the course as a whole."""

    class Meta:
        model = Product

    team = factory.SubFactory(TeamFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "Our common plan."
    handed_in_by = factory.SubFactory(PersonFactory)
    handed_in_at = NOON


class MarkFactory(factory.django.DjangoModelFactory[Mark]):
    class Meta:
        model = Mark

    application = factory.SubFactory(AdmittedFactory)
    points = 80
    marked_by = factory.SubFactory(PersonFactory)
    marked_at = NOON


class CompletionFactory(factory.django.DjangoModelFactory[Completion]):
    class Meta:
        model = Completion

    application = factory.SubFactory(AdmittedFactory, institution=factory.SubFactory(InstitutionFactory))
    institution = factory.LazyAttribute(
        lambda own: own.application.institution or own.application.course.host
    )
    points = 80
    grade = "C"
    ects = 3
    completed_at = NOON


class RequirementFactory(factory.django.DjangoModelFactory[Requirement]):
    class Meta:
        model = Requirement

    course = factory.SubFactory(CourseFactory)
    kind = "year"
    text = "3"


class MaterialFactory(factory.django.DjangoModelFactory[Material]):
    """A file beside the text of an activity."""

    class Meta:
        model = Material

    activity = factory.SubFactory(ActivityFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = MaterialKind.FILE
    file = factory.SubFactory(StoredFileFactory, kind="exchange.material")
    title = "Reading list"
    added_by = factory.SubFactory(PersonFactory)
    added_at = NOON


class RubricFactory(factory.django.DjangoModelFactory[Rubric]):
    """Two criteria of equal weight with two levels each."""

    class Meta:
        model = Rubric

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"Case report {n + 1}")
    content = factory.LazyFunction(
        lambda: {
            "criteria": [
                {
                    "code": code,
                    "title": code.title(),
                    "weight": "1",
                    "levels": [{"points": "4", "text": "Good"}, {"points": "1", "text": "Weak"}],
                }
                for code in ("question", "evidence")
            ]
        }
    )
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class AwardFactory(factory.django.DjangoModelFactory[Award]):
    class Meta:
        model = Award

    course = factory.SubFactory(CourseFactory)
    eqf_level = 7
    assessment = "Team product, marked by two teachers."
    quality_assurance = "Reviewed each year by the quality board."
