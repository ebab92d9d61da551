"""Reads of international courses. Lists come with what their pages show, so that cost stays flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, Q, QuerySet

from biosint.exchange import rules
from biosint.exchange.models import (
    Activity,
    Application,
    Course,
    Participation,
    Product,
    Teaching,
    Team,
    TeamMember,
    TeamPlan,
)
from biosint.exchange.plans import proposed
from biosint.exchange.states import ApplicationState, CourseState
from biosint.institutions.api import Institution
from biosint.people.api import OfficeHeld

if TYPE_CHECKING:
    from biosint.files.api import StoredFile
    from biosint.people.api import Person

PLACE_STATES = (ApplicationState.ADMITTED,)


def courses_for(person: Person | None) -> QuerySet[Course]:
    """Return the courses a person (None: a visitor) may see, with their institutions and teachers."""
    return (
        Course.objects.filter(rules.viewable_by(person))
        .select_related("host", "unit")
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("institution")),
            Prefetch("teachings", Teaching.objects.select_related("person", "institution")),
        )
    )


def taught_by(person: Person) -> QuerySet[Course]:
    """Return the courses of which the person is an accepted teacher."""
    return courses_for(person).filter(rules.taught_by(person))


def catalogue(*, state: str = "") -> QuerySet[Course]:
    """Return published courses, the newest first; ``queries.finding`` looks for some of them."""
    found = Course.objects.filter(rules.viewable_by(None)).select_related("host")
    if state:
        found = found.filter(state=state)
    return found.prefetch_related(
        Prefetch("participations", Participation.objects.select_related("institution"))
    ).order_by("-start_date", "-pk")


def application_of(person: Person | None, course: Course) -> Application | None:
    """Return the person's application to the course, if there is one."""
    if person is None:
        return None
    return (
        course.applications.filter(learner=person)
        .select_related("course", "membership__team", "mark", "completion__credential")
        .first()
    )


def applications_of(person: Person) -> QuerySet[Application]:
    """Return the person's applications with their courses, the newest course first."""
    return (
        Application.objects.filter(learner=person)
        .select_related("course__host", "membership__team", "mark", "completion")
        .order_by("-course__start_date", "-pk")
    )


def applications_to(course: Course) -> QuerySet[Application]:
    """Return the applications to a course, undecided ones first."""
    return course.applications.select_related("learner", "institution", "course").order_by(
        # Databases differ in where nothing stands in an order: say it.
        F("decided_at").asc(nulls_first=True),
        "submitted_at",
        "pk",
    )


def learners_of(course: Course) -> QuerySet[Application]:
    """Return the admitted learners of a course by team, with their marks."""
    return (
        course.applications.filter(state=ApplicationState.ADMITTED)
        .select_related("learner", "institution", "membership__team", "mark__marked_by")
        .order_by("membership__team__number", "learner__name", "pk")
    )


def admitted_count(course: Course) -> int:
    return course.applications.filter(state=ApplicationState.ADMITTED).count()


def unmarked_count(course: Course) -> int:
    return course.applications.filter(state=ApplicationState.ADMITTED, mark=None).count()


def teamless_count(course: Course) -> int:
    return course.applications.filter(state=ApplicationState.ADMITTED, membership=None).count()


def places_taken(course: Course) -> dict[int | None, int]:
    """Return how many are admitted per institution (key; None: no institution)."""
    rows = (
        course.applications.filter(state=ApplicationState.ADMITTED)
        .order_by()
        .values_list("institution_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def team_plan_of(course: Course) -> TeamPlan:
    """Return what is asked of the teams of a course; where nothing was asked yet, a proposal that is not kept."""
    kept = TeamPlan.objects.filter(course=course).select_related("changed_by").first()
    return kept or TeamPlan(course=course, asked=proposed(admitted_count(course)).as_json())


def team_cards(course: Course, *, worst_first: bool = False, broken_only: bool = False) -> QuerySet[Team]:
    """Return the teams of a course with who is in them, for the teachers' desk."""
    members = TeamMember.objects.select_related("application__learner", "application__institution")
    found = course.teams.select_related("facilitator").prefetch_related(Prefetch("members", members))
    if broken_only:
        found = found.filter(broken_rules__gt=0)
    return found.order_by("-broken_rules", "score", "number") if worst_first else found


def without_team(course: Course) -> QuerySet[Application]:
    """Return the admitted learners who have no team, by name."""
    return (
        course.applications.filter(state=ApplicationState.ADMITTED, membership=None)
        .select_related("learner", "institution")
        .order_by("learner__name", "pk")
    )


def who_left(kept: TeamPlan) -> list[Application]:
    """Return those who have left a team since the teams were formed or repaired, by name."""
    keys = [one["application"] for one in kept.left]
    return (
        list(Application.objects.filter(pk__in=keys).select_related("learner").order_by("learner__name"))
        if keys
        else []
    )


def earlier_courses(course: Course, *, person: Person) -> QuerySet[Course]:
    """Return a teacher's other courses with teams in which at least two of these learners took part, the newest first.

    Only courses the person teaches: who was with whom in the others is not theirs to know.
    """
    here = course.applications.filter(state=ApplicationState.ADMITTED).values("learner")
    return (
        Course.objects.filter(
            rules.taught_by(person),
            teams_published_at__isnull=False,
            applications__learner__in=here,
            applications__membership__isnull=False,
        )
        .exclude(pk=course.pk)
        .annotate(known=Count("applications", distinct=True))
        .filter(known__gte=2)
        .order_by("-start_date", "-pk")
    )


def teams_for(person: Person) -> QuerySet[Team]:
    """Return the teams the person may see, with course, teachers and members."""
    return with_members(Team.objects.filter(rules.teams_viewable_by(person)))


def with_members(teams: QuerySet[Team]) -> QuerySet[Team]:
    members = TeamMember.objects.select_related("application__learner", "application__institution")
    return teams.select_related("course__host", "facilitator").prefetch_related(
        Prefetch("members", members),
        Prefetch("course__teachings", Teaching.objects.select_related("person", "institution")),
    )


def activities_of(course: Course) -> QuerySet[Activity]:
    """Return what learners see of the activities of a course, without the texts."""
    return course.activities.filter(is_hidden=False).defer("text")


def takes_part(person: Person, course: Course) -> bool:
    """Whether the person reads the pages of the course: its teachers, and its admitted learners."""
    return (
        rules.teaches(person, course)
        or course.applications.filter(learner=person, state=ApplicationState.ADMITTED).exists()
    )


def invitations_of(person: Person) -> QuerySet[Teaching]:
    """Return invitations to teach that wait for the person's answer."""
    return Teaching.objects.filter(
        person=person,
        accepted_at=None,
        course__state__in=(CourseState.DRAFT, CourseState.OPEN, CourseState.RUNNING),
    ).select_related("course", "invited_by", "institution")


def teachers() -> QuerySet[OfficeHeld]:
    """Return who teaches where now, by name."""
    return (
        OfficeHeld.objects.filter(
            office__in=[office.value for office in rules.TEACHING_OFFICES], until_date=None
        )
        .select_related("person", "institution")
        .order_by("person__name", "institution__name", "pk")
    )


def teachers_to_invite(course: Course, words: str) -> QuerySet[OfficeHeld]:
    """Return teachers who are not in the course yet.

    ``words`` must all occur in the name or the institution, or be the whole address.
    """
    found = teachers().exclude(person__in=course.teachings.values("person"))
    for word in words.split()[:8]:
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(person__email__iexact=word)
            | Q(institution__name__icontains=word)
            | Q(institution__short_name__icontains=word)
            | Q(institution__city__icontains=word)
        )
    return found


def institutions_to_add(course: Course) -> QuerySet[Institution]:
    return Institution.objects.exclude(pk__in=course.participations.values("institution"))


def reads_product_file(person: Person | None, stored: StoredFile) -> bool:
    """Whether a person may download a file handed in by a team: its members and teachers may."""
    return (
        person is not None
        and Team.objects.filter(rules.teams_viewable_by(person), products__files=stored).exists()
    )


def product_versions(team: Team) -> QuerySet[Product]:
    """Return what a team handed in to the course as a whole; works of its activities are another list."""
    return team.products.filter(activity=None).select_related("handed_in_by").prefetch_related("files")
