from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.exchange import operations
from biosint.jobs.api import Progress, task


@task("exchange.send_guest_letter", title=_("Sending a letter to a guest"), attempts=6)
def send_guest_letter(job: Progress, person_id: int, course_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_guest_letter(person_id=person_id, course_id=course_id, at=timezone.now())
