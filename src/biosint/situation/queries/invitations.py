from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from biosint.shared.languages import OWN_NAMES
from biosint.situation.address_lists import Known
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.situation.models import Campaign

# A page shows so many refused addresses; more are a wrong list.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class State:
    """How far the invitations of a campaign have come. It never says who has answered."""

    invited: int
    mailed: int
    waiting: int
    last_mail_date: date | None
    tickets: int
    refused: list[str]  # addresses that the mail server does not know


def state_of(campaign: Campaign) -> State:
    found = campaign.invitations.aggregate(
        invited=Count("pk"),
        mailed=Count("pk", filter=Q(mails__gt=0)),
        waiting=Count("pk", filter=Q(mails=0, is_refused=False)),
        last=Max("last_mail_date"),
    )
    return State(
        invited=found["invited"],
        mailed=found["mailed"],
        waiting=found["waiting"],
        last_mail_date=found["last"],
        refused=list(campaign.invitations.filter(is_refused=True).values_list("address", flat=True)[:SHOWN]),
        tickets=sum(surveys.tickets_by_group(campaign.answer_set).values()),
    )


def addresses_of(campaign: Campaign) -> list[str]:
    """Return every address that is invited."""
    return list(campaign.invitations.values_list("address", flat=True))


def known_words(campaign: Campaign, languages: Sequence[str]) -> Known:
    """Return what the cells of an address list may name, in small letters."""
    institutions: dict[str, int] = {}
    for asked in campaign.answer_set.asked.select_related("institution"):
        place = asked.institution
        institutions.update(
            {word.casefold(): place.pk for word in (place.name, place.short_name, place.slug)}
        )
    groups: dict[tuple[int, str], int] = {}
    for group in surveys.groups_of(campaign.answer_set):
        for word in (group.code, *group.label.values()):
            groups[group.asked.institution_id, word.casefold()] = group.pk
    spoken = {code: code for code in languages}
    spoken.update({OWN_NAMES[code].casefold(): code for code in languages})
    return Known(institutions, groups, spoken, frozenset(place for place, _word in groups))
