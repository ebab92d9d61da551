"""The chapter of the demonstration in which teachers seek partners."""

import pytest

from biosint.partnering.models import Contact, Offer
from biosint.partnering.queries.kindred import kindred_offers
from biosint.portal.demonstration import partnering
from biosint.portal.demonstration.world import begin

pytestmark = pytest.mark.django_db


def test_teachers_seek_partners_and_two_have_begun_to_talk() -> None:
    world = begin()

    partnering.tell(world)

    assert Offer.objects.count() == 4
    assert Contact.objects.get().messages.count() == 2
    assert all(kindred_offers(offer, today=world.today.date()) for offer in Offer.objects.all())
