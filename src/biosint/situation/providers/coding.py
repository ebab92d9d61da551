"""What the coding desk hands to the registries below: what waits for a coder, a person's own records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.models import Coder, Quote
from biosint.situation.queries import coding, tables


def waiting(person: Person) -> Iterable[registries.Waiting]:
    """Open answers that the person was asked to read."""
    for coder in coding.codebooks_coded_by(person):
        yield registries.Waiting(
            title=_("Code open answers of “%(answers)s”") % {"answers": coder.codebook.answer_set.title},
            url=reverse("situation:codebook", args=[coder.codebook_id]),
            why=_("You are one of the two coders."),
            icon="book-open",
        )


def _coded(person: Person) -> Iterable[dict[str, object]]:
    """How many answers the person coded, question by question; not which, for they are not theirs."""
    for coder in Coder.objects.filter(person=person).select_related("codebook").annotate(n=Count("codings")):
        yield {
            "question": coder.codebook.question,
            "named_at": coder.named_at.isoformat(),
            "answers": coder.n,
        }


def _released(person: Person) -> Iterable[dict[str, object]]:
    """Quotes that the person released."""
    for quote in Quote.objects.filter(released_by=person):
        yield {"quote": quote.text, "released_at": quote.released_at.isoformat()}


def register() -> None:
    tables.FURTHER.append(coding.coded_variables)
    registries.WAITING.append(waiting)
    registries.EXPORTERS.extend([("situation.coder", _coded), ("situation.quote", _released)])
