from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.jobs import operations
from biosint.jobs.api import Progress, periodic


@periodic("jobs.sweep", every=timedelta(days=1), title=_("Sweeping old jobs away"))
def sweep(job: Progress) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.sweep(at=timezone.now())
