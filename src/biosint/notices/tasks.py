from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.jobs.api import Progress, periodic, task
from biosint.notices import operations


@task("notices.send_mail", title=_("Sending a mail"), attempts=6)
def send_mail(job: Progress, notice_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_mail(notice_id=notice_id, at=timezone.now())


@task("notices.send_digest", title=_("Sending a collected mail"), attempts=6)
def send_digest(job: Progress, person_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_digest(person_id=person_id, at=timezone.now())


@periodic("notices.plan_digests", every=timedelta(minutes=15), title=_("Collecting mails"))
def plan_digests(job: Progress) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.plan_digests(at=timezone.now())
