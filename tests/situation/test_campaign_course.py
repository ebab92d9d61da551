"""Starting a campaign with a double press, in a consortium or not, and what may change while it runs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from at_once import at_once
from biosint.shared.verdicts import Refused
from biosint.situation.models import Campaign
from biosint.situation.operations import campaigns
from biosint.surveys import api as surveys
from clock import DAY, NOON
from factories.consortium import ConsortiumFactory, MembershipFactory
from factories.people import CoordinatorFactory, StudentFactory
from factories.situation_campaigns import CampaignFactory
from factories.surveys import VersionFactory


def start(**more: Any) -> Campaign:
    version = more.pop("version", None) or VersionFactory()
    home = version.questionnaire.institution
    wanted = {
        "version": version,
        "title": "Students 2026",
        "purpose": "",
        "owner": home,
        "institutions": [home],
        "opens_at": NOON,
        "closes_at": NOON + 10 * DAY,
        "by": more.pop("by", None) or CoordinatorFactory(at=home),
        "at": NOON,
    }
    return campaigns.start_campaign(**{**wanted, **more})


@pytest.mark.django_db(transaction=True)
def test_a_form_pressed_twice_starts_one_campaign() -> None:
    version, key = VersionFactory(), uuid4()
    by = CoordinatorFactory(at=version.questionnaire.institution)

    pressed = at_once(*(lambda: start(version=version, by=by, key=key) for _press in range(2)))
    again = start(version=version, by=by, key=key)

    assert pressed == [again, again]
    assert Campaign.objects.count() == 1


@pytest.mark.django_db
def test_pairing_codes_need_a_consortium() -> None:
    version = VersionFactory()
    terms = campaigns.Terms(pairing=surveys.Pairing.OPTIONAL)

    with pytest.raises(campaigns.NoConsortium):
        start(version=version, terms=terms)
    consortium = ConsortiumFactory()
    MembershipFactory(consortium=consortium, institution=version.questionnaire.institution)

    assert start(version=version, terms=terms).answer_set.pairs_within == consortium


@pytest.mark.django_db
def test_a_later_end_is_finished_later() -> None:
    campaign = CampaignFactory()
    keeper = CoordinatorFactory(at=campaign.answer_set.owner)
    wanted: dict[str, Any] = {
        "campaign_id": campaign.pk,
        "purpose": "",
        "further": [],
        "smallest_group": 5,
        "mailing": campaigns.Mailing({}, 2, 4, reminds_itself=True),
    }
    end = campaign.answer_set.closes_at
    assert end

    with pytest.raises(surveys.TimesWrong):
        campaigns.change_campaign(**wanted, closes_at=NOON - DAY, by=keeper, at=NOON)
    with pytest.raises(Refused):
        campaigns.change_campaign(
            **wanted, closes_at=end + DAY, by=StudentFactory(at=campaign.answer_set.owner), at=NOON
        )
    campaigns.change_campaign(**wanted, closes_at=end + 5 * DAY, by=keeper, at=NOON)

    assert campaigns.finish_campaign(campaign_id=campaign.pk, at=end + DAY).finished_at is None
    assert campaigns.finish_campaign(campaign_id=campaign.pk, at=end + 6 * DAY).finished_at is not None
    with pytest.raises(Refused, match="has closed"):
        campaigns.change_campaign(**wanted, closes_at=end + 9 * DAY, by=keeper, at=end + 7 * DAY)
