"""What exchange hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.exchange import kinds_of_news, queries, room_providers, rules, works
from biosint.exchange.materials import TAKEN, kind_of_upload
from biosint.exchange.models import Application, Course, Post, Team
from biosint.exchange.operations import PRODUCT_FILE, forget
from biosint.exchange.operations.forgetting_plans import forget_plans
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.operations.materials import LIMITS, MATERIAL_FILE
from biosint.exchange.operations.packages import count_result
from biosint.exchange.operations.products import WORK_FILE, WORK_PAD
from biosint.exchange.operations.quizzes import take_result
from biosint.exchange.queries import finding
from biosint.exchange.queries.marking import contributions_of, products_in
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.queries.peer_review import reads_reviewed_file
from biosint.exchange.queries.plan_work import plan_work
from biosint.exchange.queries.products import reads_work_file
from biosint.exchange.queries.quizzes import attachment_of, banks_of_teacher
from biosint.exchange.states import ActivityKind, ApplicationState, CourseState
from biosint.exchange.tools import HOME, ActivityHome
from biosint.exchange.work_pads import access_to_work_pad
from biosint.files import api as files
from biosint.lti import api as lti
from biosint.notices import api as notices
from biosint.packages.events import result_recorded
from biosint.pads import api as pads
from biosint.quizzes import api as quizzes
from biosint.shared import registries
from biosint.shared.registries import Area, Destination, Found, Waiting

if TYPE_CHECKING:
    from datetime import date

    from biosint.files.api import StoredFile
    from biosint.people.api import Person

KINDS = (
    evidence.Kind("exchange.course_run", _("International courses held"), "course"),
    evidence.Kind(
        "exchange.learner_completed", _("Learners who completed an international course"), "person"
    ),
    evidence.Kind("exchange.team_formed", _("International teams formed"), "team"),
)


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(*KINDS)
    for kind in kinds_of_news.KINDS:
        notices.register_kind(kind)
    registries.ERASERS.extend([forget, forget_work, forget_plans])
    works.register(ActivityKind.PRODUCT, products_in)
    works.register(ActivityKind.DISCUSSION, contributions_of)
    quizzes.register(finder=attachment_of, sharer=banks_of_teacher)
    quizzes.attempt_judged.connect(take_result, dispatch_uid="exchange.quizzes")
    room_providers.register()
    lti.register(HOME, ActivityHome())
    registries.DESTINATIONS.extend(
        [
            Destination(
                area=Area.LEARN,
                label=_("My courses"),
                url_name="exchange:mine",
                meaning=_("Your applications, your teams and what you have completed."),
                icon="graduation-cap",
                order=10,
            ),
            Destination(
                area=Area.LEARN,
                label=_("All courses"),
                url_name="exchange:catalogue",
                meaning=_("Find an international course and apply."),
                icon="search",
                order=20,
            ),
            Destination(
                area=Area.TEACH,
                label=_("Courses I teach"),
                url_name="exchange:teaching",
                meaning=_("Prepare a course, admit learners, form teams, give marks."),
                icon="presentation",
                visible=_may_teach,
                order=10,
            ),
            Destination(
                area=Area.TEACH,
                label=_("New course"),
                url_name="exchange:new",
                meaning=_("Start an international course with a teacher from another country."),
                icon="plus",
                visible=_may_teach,
                order=20,
            ),
        ]
    )
    result_recorded.connect(count_result, dispatch_uid="exchange.count_result")
    files.register_reader(PRODUCT_FILE, _reads_work)
    files.register_reader(WORK_FILE, _reads_work)
    files.register_purpose(files.Purpose(WORK_FILE, files.EVERYDAY))
    files.register_purpose(files.Purpose(MATERIAL_FILE, TAKEN, _largest_material))
    pads.register_rule(WORK_PAD, access_to_work_pad)
    registries.WAITING.extend([_waits_for_teacher, _waits_for_learner])
    registries.SEARCHERS.append(found)
    registries.EXPORTERS.extend([("international_courses", personal_records), ("work_in_courses", own_work)])
    registries.PUBLIC_PATHS.append(_public_paths)


def _largest_material(name: str) -> int:
    return LIMITS.get(kind_of_upload(name), settings.UPLOAD_BYTES)


def _reads_work(person: Person | None, stored: StoredFile) -> bool:
    """Whoever may read a work, and whoever reviews it, reads its files."""
    reads = reads_work_file if stored.kind == WORK_FILE else queries.reads_product_file
    return reads(person, stored) or reads_reviewed_file(person, stored)


def _may_teach(person: Person) -> bool:
    return person.holds(*rules.TEACHING_OFFICES)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=UTC)


def _waits_for_teacher(person: Person) -> Iterator[Waiting]:
    # Most people teach nothing: their home asks nothing of the database here.
    if not _may_teach(person):
        return
    for teaching in queries.invitations_of(person):
        yield Waiting(
            title=_("Answer the invitation to teach “%(course)s”") % {"course": teaching.course},
            why=_("%(person)s asks you to teach together.") % {"person": teaching.invited_by},
            url=reverse("exchange:course", args=[teaching.course.slug]),
            icon="mail",
        )
    # A guest who has not proven the address cannot be decided on yet.
    undecided = Application.objects.filter(course=OuterRef("pk"), state=ApplicationState.SUBMITTED).exclude(
        learner__is_guest=True, learner__last_login=None
    )
    unmarked = Application.objects.filter(course=OuterRef("pk"), state=ApplicationState.ADMITTED, mark=None)
    taught = (
        Course.objects.filter(rules.taught_by(person), state__in=(CourseState.OPEN, CourseState.RUNNING))
        .annotate(has_undecided=Exists(undecided), has_unmarked=Exists(unmarked))
        .order_by("start_date", "pk")
    )
    today = timezone.localdate()
    for course in taught:
        if course.state == CourseState.OPEN and course.has_undecided:
            yield Waiting(
                title=_("Decide on applications to “%(course)s”") % {"course": course},
                url=reverse("exchange:applications", args=[course.slug]),
                due_at=_end_of(course.start_date),
                icon="user-check",
            )
        if course.state == CourseState.RUNNING and course.has_unmarked and today >= marks_from(course):
            yield Waiting(
                title=_("Give marks in “%(course)s”") % {"course": course},
                url=reverse("exchange:marks", args=[course.slug]),
                due_at=_end_of(course.end_date),
                icon="pencil",
            )


def marks_from(course: Course) -> date:
    """Return the day from which marks are due: when products are in, or a week before the end."""
    return course.product_due_date or course.end_date - timedelta(days=7)


def _waits_for_learner(person: Person) -> Iterator[Waiting]:
    offers = Application.objects.filter(learner=person, state=ApplicationState.OFFERED)
    for offer in offers.select_related("course").order_by("offered_until", "pk"):
        yield Waiting(
            title=_("Accept your place in “%(course)s”") % {"course": offer.course},
            why=_("You have moved up on the waiting list. The place is kept for you until then."),
            url=reverse("exchange:course", args=[offer.course.slug]),
            due_at=offer.offered_until,
            icon="user-check",
        )
    teams = (
        Team.objects.filter(
            members__application__learner=person,
            course__teams_published_at__isnull=False,
            course__state__in=(CourseState.OPEN, CourseState.RUNNING),
        )
        .select_related("course")
        .annotate(
            versions=Count("products", filter=Q(products__activity=None)),
            has_written=Exists(Post.objects.filter(team=OuterRef("pk"), author=person)),
        )
        .order_by("course__end_date", "pk")
    )
    for team in teams:
        url = reverse("exchange:team", args=[team.course.slug, team.number])
        if not team.has_written:
            yield Waiting(
                title=_("Meet your team in “%(course)s”") % {"course": team.course},
                why=_("Say hello and agree on your first meeting."),
                url=url,
                icon="users",
            )
        if team.course.state == CourseState.RUNNING and not team.versions:
            yield Waiting(
                title=_("Hand in your team’s work in “%(course)s”") % {"course": team.course},
                url=f"{url}work/",
                due_at=_end_of(team.course.product_due_date or team.course.end_date),
                icon="file-up",
            )


def found(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:
    """Courses for the search of the whole site: published ones, and those the person teaches."""
    courses = queries.courses_for(person).filter(title__icontains=words).order_by("-start_date", "-pk")
    for course in courses.prefetch_related(None)[:limit]:
        yield Found(
            title=course.title,
            url=reverse("exchange:course", args=[course.slug]),
            kind=_("International course"),
            text=course.host.name,
        )


def _public_paths() -> Iterable[str]:
    yield reverse("exchange:catalogue")
    for slug in finding.for_sitemap():
        yield reverse("exchange:course", args=[slug])


def personal_records(person: Person) -> Iterable[dict[str, Any]]:
    """Everything exchange keeps about one person, for their own export."""
    for application in queries.applications_of(person):
        mark = getattr(application, "mark", None)
        completion = getattr(application, "completion", None)
        yield {
            "course": application.course.title,
            "applied_at": application.submitted_at,
            "waiting_since": application.waiting_since,
            "place_offered_until": application.offered_until,
            "motivation": application.motivation,
            "answers": application.answers,
            "reason": application.reason,
            "state": application.state,
            "points": mark.points if mark else None,
            "comment": mark.comment if mark else "",
            "completed_at": completion.completed_at if completion else None,
            "grade": completion.grade if completion else "",
            "ects": completion.ects if completion else None,
        }
    for post in Post.objects.filter(author=person).select_related("team__course"):
        yield {"course": post.team.course.title, "posted_at": post.posted_at, "text": post.text}
    for teaching in person.teachings.select_related("course"):
        yield {"course": teaching.course.title, "teacher_since": teaching.accepted_at}
    for team in Team.objects.filter(facilitator=person).select_related("course"):
        yield {"course": team.course.title, "accompanies_team": team.number}
    yield from plan_work(person)
