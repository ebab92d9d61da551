from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, periodic
from biosint.partnering.operations import offers


@periodic(
    "partnering.remind_of_ends", every=timedelta(hours=6), title=gettext_lazy("Reminding of offers that end")
)
def remind_of_ends(job: Progress) -> None:  # noqa: ARG001 -- quick, and nobody watches it
    offers.remind_of_ends(today=timezone.localdate(), at=timezone.now())
