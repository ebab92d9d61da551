"""Work of situation that the clock begins."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.situation.models import Campaign, Overview
from biosint.situation.operations import campaigns, invitations, overviews, reports
from biosint.situation.queries import overviews as overview_queries
from biosint.situation.queries import results, tables
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


@task("situation.make_report", title=gettext_lazy("Making a situation report"))
def make_report(job: Progress, *, report_id: int) -> Any:
    report = reports.make_paper(
        report_id=report_id,
        by=job.by,
        at=timezone.now(),
        told=lambda share: job.report(round(1000 * share), 1000, _("Working figures out")),
    )
    return {"url": report.get_absolute_url(), "text": _("The report is made. Read it.")}


@task("situation.mail_invitations", title=gettext_lazy("Inviting people to a campaign"), attempts=6)
def mail_invitations(job: Progress, *, campaign_id: int) -> Any:
    invitations.mail_invitations(campaign_id=campaign_id, at=timezone.now(), report_to=job.report)


@task("situation.mail_reminders", title=gettext_lazy("Reminding people of a campaign"), attempts=6)
def mail_reminders(job: Progress, *, campaign_id: int) -> Any:
    invitations.mail_reminders(campaign_id=campaign_id, at=timezone.now(), report_to=job.report)


@task("situation.tend_campaign", title=gettext_lazy("Looking after a campaign"), attempts=6)
def tend_campaign(job: Progress, *, campaign_id: int) -> Any:
    at = timezone.now()
    if invitations.tend(campaign_id=campaign_id, at=at, report_to=job.report):
        campaigns.tend_later(Campaign.objects.get(pk=campaign_id), at=at)


@task("situation.work_out_overview", title=gettext_lazy("Working out all figures"))
def work_out_overview(job: Progress, *, overview_id: int) -> Any:
    overview = Overview.objects.select_related("answer_set").get(pk=overview_id)
    sets = [overview.answer_set, *overview.together_with.order_by("pk")]
    parts = []
    step = _("Reading answers")
    for place, answer_set in enumerate(sets):
        answers = tables.answers_of(
            answer_set, report_to=lambda done, total: job.report(done // 2, total, step)
        )
        smallest = results.smallest_shown(answer_set, answers)
        parts.append((surveys.Option(str(place), {surveys.UNTOLD: answer_set.title}), answers, smallest))
    job.report(1, 2, _("Counting"))
    together = parts[0][1] if len(parts) == 1 else tables.joined([(name, one) for name, one, _least in parts])
    figures = overview_queries.figures_of(
        together,
        overview.groupings,
        about=overview.about,
        smallest=max(least for _name, _one, least in parts),
    )
    overviews.keep_figures(overview_id=overview_id, figures=figures, by=job.by, at=timezone.now())
    return {
        "url": reverse("situation:overview", args=[overview.public_id]),
        "text": _("All figures are worked out."),
    }
