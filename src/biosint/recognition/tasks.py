from django.utils import timezone
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.recognition.operations import agreements


@task(
    "recognition.remind_of_agreement",
    title=gettext_lazy("Reminding of a learning agreement"),
    attempts=6,
)
def remind_of_agreement(job: Progress, *, agreement_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    agreements.remind(agreement_id=agreement_id, at=timezone.now())
