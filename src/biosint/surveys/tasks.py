"""Work of surveys that takes longer than a page may."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.files import api as files
from biosint.jobs.api import Progress, task
from biosint.people.api import Person
from biosint.shared.verdicts import Refused, refused
from biosint.surveys.operations import exporting, importing


def _somebody(job: Progress) -> Person:
    if job.by is None:
        raise Refused(refused(_("This work belongs to a person.")))
    return job.by


@task("surveys.check_intake", title=gettext_lazy("Reading a file of answers"))
def check_intake(job: Progress, *, intake_id: int) -> Any:
    importing.check(intake_id=intake_id, by=_somebody(job), report_to=job.report)
    return {
        "url": reverse("surveys:intake", args=[intake_id]),
        "text": _("The file is read. See what was found."),
    }


@task("surveys.write_intake", title=gettext_lazy("Importing answers"))
def write_intake(job: Progress, *, intake_id: int) -> Any:
    answer_set = importing.write(
        intake_id=intake_id, by=_somebody(job), at=timezone.now(), report_to=job.report
    )
    return {"url": reverse("surveys:imported", args=[answer_set.pk]), "text": _("The answers are imported.")}


@task("surveys.export_answers", title=gettext_lazy("Writing a file of answers"))
def export_answers(job: Progress, *, answer_set_id: int, kind: str, language: str) -> Any:
    stored = exporting.keep_file(
        answer_set_id=answer_set_id,
        kind=exporting.Kind(kind),
        language=language,
        by=_somebody(job),
        at=timezone.now(),
        report_to=job.report,
    )
    return {"url": files.download_url(stored), "text": _("The file is ready.")}
