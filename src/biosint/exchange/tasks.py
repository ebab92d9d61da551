from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange import operations
from biosint.exchange.models import Activity, Course
from biosint.exchange.operations import finding, groups, reminders, surveys, waiting
from biosint.exchange.operations.gradebook import tell_released as tell_next
from biosint.exchange.operations.taking_over import AT_ONCE, TakenOver, learners_to_mark, take_over
from biosint.exchange.plans import plan_from
from biosint.jobs.api import Progress, periodic, task

PARTS = 1000


@task("exchange.send_guest_letter", title=gettext_lazy("Sending a letter to a guest"), attempts=6)
def send_guest_letter(job: Progress, person_id: int, course_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_guest_letter(person_id=person_id, course_id=course_id, at=timezone.now())


@task("exchange.send_group_letters", title=gettext_lazy("Sending letters to a group"), attempts=6)
def send_group_letters(job: Progress, course_id: int) -> None:
    """Send what has not left. Stopped or killed, it goes on where it stopped: one letter may come twice, none is lost."""
    waiting = groups.letters_to_send(course_id)
    for done, key in enumerate(waiting, 1):
        groups.send_group_letter(put_forward_id=key, at=timezone.now())
        job.report(done, len(waiting), _("Sending letters"))


@task("exchange.form_teams", title=gettext_lazy("Forming teams"))
def form_teams(job: Progress, course_id: int, plan: dict[str, Any], seed: int, seen_version: int) -> Any:
    """Form the teams of a large course. Stopped or killed, it leaves the teams as they were."""
    assert job.by is not None  # noqa: S101 -- a teacher asks for it

    def told(share: float) -> None:
        # The last step, keeping the teams, is not the search's.
        job.report(round(PARTS * share), PARTS + 1, _("Looking for good teams"))

    told(0)
    try:
        formed = operations.form_teams(
            course_id=course_id,
            plan=plan_from(plan),
            seed=seed,
            seen_version=seen_version,
            job=job.public_id,
            by=job.by,
            at=timezone.now(),
            told=told,
        )
    except operations.TeamsChanged as changed:
        # The job outlives the colleague's account, so its text names nobody.
        raise operations.TeamsChanged(
            _("The teams have changed since you opened this page. Look at them and try again.")
        ) from changed
    slug = Course.objects.values_list("slug", flat=True).get(pk=course_id)
    return {
        "url": reverse("exchange:teams", args=[slug]),
        "text": _("Teams are formed: %(count)s. Only teachers see them until you publish them.")
        % {"count": len(formed)},
    }


@task("exchange.take_over_marks", title=gettext_lazy("Taking over final marks"))
def take_over_marks(job: Progress, course_id: int, replaces: bool, seen_at: str) -> Any:  # noqa: FBT001 -- arguments of a job come by name
    """Write proposed marks as final ones, part by part. Killed and run again, it goes on where marks still differ."""
    assert job.by is not None  # noqa: S101 -- a teacher asks for it
    course = Course.objects.get(pk=course_id)
    whole = max(-(-course.applications.filter(state="admitted").count() // AT_ONCE), 1)
    result, after, part = TakenOver(), 0, 0
    while learners := learners_to_mark(course_id, after=after):
        job.report(min(part, whole - 1), whole, _("Adding up"))
        result += take_over(
            course_id=course_id,
            application_ids=learners,
            replaces=replaces,
            seen_at=datetime.fromisoformat(seen_at),
            by=job.by,
            at=timezone.now(),
        )
        after, part = learners[-1], part + 1
    return {
        "url": reverse("exchange:gradebook", args=[course.slug]),
        "text": _(
            "Taken over: %(given)s. Left as they stand, because they differ: %(kept)s. Still undecided: %(undecided)s."
        )
        % {"given": result.given, "kept": result.kept, "undecided": result.undecided},
    }


@task("exchange.tell_released", title=gettext_lazy("Telling learners about their marks"), attempts=6)
def tell_released(job: Progress, activity_id: int) -> None:
    slug = Activity.everything.values_list("course__slug", flat=True).get(pk=activity_id)
    url, told = reverse("exchange:my_marks", args=[slug]), 0
    while now_told := tell_next(activity_id=activity_id, url=url, at=timezone.now()):
        told += now_told
        job.report(told, told + 1, _("Telling"))


@periodic(
    "exchange.index_words", every=timedelta(days=1), title=gettext_lazy("Bringing the search up to date")
)
def index_words(job: Progress) -> None:  # noqa: ARG001 -- quick, and nobody watches it
    finding.index_all()


@periodic("exchange.tend_surveys", every=timedelta(days=1), title=gettext_lazy("Tidying surveys of courses"))
def tend_surveys(job: Progress) -> None:  # noqa: ARG001 -- nobody watches it
    surveys.tend_surveys(at=timezone.now())


@periodic("exchange.remind", every=timedelta(minutes=15), title=gettext_lazy("Reminding of what is due"))
def remind(job: Progress) -> None:  # noqa: ARG001 -- nobody watches it
    reminders.remind(at=timezone.now())


@periodic(
    "exchange.lapse", every=timedelta(minutes=5), title=gettext_lazy("Passing on places nobody accepted")
)
def lapse(job: Progress) -> None:  # noqa: ARG001 -- nobody watches it
    waiting.lapse_all(at=timezone.now())
