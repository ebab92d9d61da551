from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.jobs.api import Progress, task
from biosint.notices import operations


@task("notices.send_mail", title=_("Sending a mail"), attempts=6)
def send_mail(job: Progress, notice_id: int) -> None:  # noqa: ARG001 -- a single step has nothing to report
    operations.send_mail(notice_id=notice_id, at=timezone.now())
