"""Work of situation that the clock begins."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.situation.operations import campaigns
from biosint.situation.queries import tables
from biosint.surveys import api as surveys


@task("situation.finish_campaign", title=gettext_lazy("Counting the answers of a campaign"))
def finish_campaign(_job: Progress, *, campaign_id: int) -> Any:
    campaigns.finish_campaign(campaign_id=campaign_id, at=timezone.now())


@task("situation.prepare_answers", title=gettext_lazy("Reading the answers of a large set"))
def prepare_answers(job: Progress, *, answer_set_id: int, url: str) -> Any:
    answer_set = surveys.AnswerSet.objects.get(pk=answer_set_id)
    step = _("Reading answers")
    tables.answers_of(answer_set, report_to=lambda done, total: job.report(done, total, step))
    return {"url": url, "text": _("All answers are read. Its results open at once now.")}
