"""What campaigns and analyses hand to the registries below: evidence, menu, what waits, search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.operations.campaigns import ANALYSIS_PUBLISHED, ANSWERS_COLLECTED, recount
from biosint.situation.queries import campaigns
from biosint.surveys import api as surveys

CLOSES_SOON = timedelta(days=7)
QUIET_FOR = timedelta(days=3)
FEW = 20


def waiting(person: Person) -> Iterable[registries.Waiting]:
    """Campaigns of the person's institution that close soon, or that hardly anybody has answered: remind people."""
    homes = person.institutions_as(*surveys.KEEPERS)
    if not homes:
        return
    now = timezone.now()
    for running in campaigns.open_at(homes, at=now):
        closes_soon = running.closes_at <= now + CLOSES_SOON
        if not closes_soon and (running.answers >= FEW or running.opens_at > now - QUIET_FOR):
            continue
        title = _("“%(title)s” closes soon") if closes_soon else _("Few people have answered “%(title)s”")
        yield registries.Waiting(
            title=title % {"title": running.title},
            url=reverse("situation:campaign", args=[running.campaign_id]),
            why=_("See who has answered, and remind the others."),
            due_at=running.closes_at,
            icon="clipboard-list",
        )


def changes(person: Person) -> Iterable[registries.Change]:
    """Analyses that were published of late."""
    if not person.offices:
        return
    since = timezone.now() - timedelta(days=60)
    for analysis in campaigns.analyses_for(None).filter(published_at__gte=since)[:5]:
        assert analysis.published_at is not None  # noqa: S101 -- the filter says so
        yield registries.Change(
            title=_("Analysis published: “%(title)s”") % {"title": analysis.title},
            url=reverse("situation:analysis", args=[analysis.public_id]),
            at=analysis.published_at,
        )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for analysis in campaigns.analyses_for(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=analysis.title,
            url=reverse("situation:analysis", args=[analysis.public_id]),
            kind=_("Analysis"),
        )
    if person is None:
        return
    for answer_set in surveys.answer_sets_for(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=answer_set.title,
            url=reverse("situation:results", args=[answer_set.pk]),
            kind=_("Answers"),
        )


def _count_again(event: surveys.AnswersAdded, **_more: Any) -> None:
    by = Person.objects.filter(pk=event.by_id).first() if event.by_id else None
    recount(answer_set_id=event.answer_set_id, at=event.at, by=by)


def register() -> None:
    evidence.declare(
        evidence.Kind(
            code=ANSWERS_COLLECTED,
            label=gettext_lazy("Answers collected in the situation analysis"),
            unit="answer",
        ),
        evidence.Kind(
            code=ANALYSIS_PUBLISHED,
            label=gettext_lazy("Analysis of the situation published"),
            unit="analysis",
        ),
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.INSTITUTION,
            label=gettext_lazy("Situation analysis"),
            url_name="situation:list",
            meaning=gettext_lazy("Ask people, see what they answered, compare, and publish what you found."),
            icon="chart-bar",
            visible=lambda person: person.is_staff or person.holds(*surveys.READERS),
            order=10,
        )
    )
    registries.WAITING.append(waiting)
    registries.CHANGES.append(changes)
    registries.SEARCHERS.append(search)
    surveys.answers_added.connect(_count_again, dispatch_uid="situation.count_again")
