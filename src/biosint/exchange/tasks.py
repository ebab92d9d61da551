from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange import operations
from biosint.exchange.models import Course
from biosint.exchange.plans import plan_from
from biosint.jobs.api import Progress, task

PARTS = 1000


@task("exchange.send_guest_letter", title=gettext_lazy("Sending a letter to a guest"), attempts=6)
def send_guest_letter(job: Progress, person_id: int, course_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_guest_letter(person_id=person_id, course_id=course_id, at=timezone.now())


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
