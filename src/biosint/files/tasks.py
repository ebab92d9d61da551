from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.files import operations
from biosint.jobs.api import Progress, periodic


@periodic("files.sweep", every=timedelta(hours=1), title=_("Dropping files that never arrived whole"))
def sweep(job: Progress) -> None:  # noqa: ARG001 -- quick, and nobody watches it
    operations.sweep(at=timezone.now())
