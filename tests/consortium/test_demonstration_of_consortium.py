import pytest

from biosint.consortium.api import current_consortium, members_of
from biosint.evidence import api as evidence
from biosint.portal.demonstration import consortium as chapter
from biosint.portal.demonstration.world import begin


@pytest.mark.django_db
def test_nine_faculties_join_by_letter_and_one_more_stands_at_the_door() -> None:
    world = begin()

    chapter.tell(world)

    project = current_consortium()
    assert project is not None
    assert project.month_of(world.today.date()) == 31
    assert set(members_of(project)) == set(world.institutions.values())
    assert evidence.total(kind="consortium.partner_joined") == 9
    asking = project.memberships.get(state="asked")
    assert not asking.institution.is_listed
    assert asking.asked_by in world.outsiders
