"""Work of situation that the clock begins."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from biosint.jobs.api import Progress, task
from biosint.situation.operations import campaigns


@task("situation.finish_campaign", title=gettext_lazy("Counting the answers of a campaign"))
def finish_campaign(_job: Progress, *, campaign_id: int) -> Any:
    campaigns.finish_campaign(campaign_id=campaign_id, at=timezone.now())
