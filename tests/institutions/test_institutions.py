from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from biosint.audit.api import Line
from biosint.institutions import operations
from biosint.institutions.api import Institution, institutions_for, ror_address
from biosint.institutions.rules import may_change, may_view
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.mark.parametrize("known", ["05f950310", "https://ror.org/02nv7yv05", "ror.org/04F7JC139/"])
def test_a_ror_identifier_is_read_with_or_without_its_address(known: str) -> None:
    assert (ror_address(known) or "").startswith("https://ror.org/0")


@pytest.mark.parametrize(
    "wrong", ["05f950311", "5f950310", "https://ror.org/", "05l950310", "", "https://evil.example/05f950310"]
)
def test_what_is_no_ror_identifier_is_none(wrong: str) -> None:
    assert ror_address(wrong) is None


def test_one_changed_letter_never_passes_the_check() -> None:
    good = "05f950310"

    for place in range(1, 7):
        for letter in "0123456789abcdefghjkmnpqrstvwxyz":
            other = good[:place] + letter + good[place + 1 :]
            assert (ror_address(other) is None) is (other != good)


def _facts(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Faculty of Medicine",
        "short_name": "Medicine",
        "country": "RS",
        "city": "Užice",
        "latitude": 43.8586,
        "longitude": 19.8488,
        "time_zone": "Europe/Belgrade",
    } | changes


def test_two_institutions_of_one_short_name_get_addresses_of_their_own() -> None:
    first = operations.register(**_facts(), at=NOON)
    second = operations.register(**_facts(name="Second"), at=NOON)
    first.delete()
    third = operations.register(**_facts(name="Third"), at=NOON)

    assert (first.slug, second.slug) == ("medicine-uzice", "medicine-uzice-2")
    assert third.slug != second.slug


def test_a_name_is_registered_once_and_a_zone_or_identifier_must_exist() -> None:
    operations.register(**_facts(), at=NOON)

    with pytest.raises(operations.InstitutionKnown, match="already registered"):
        operations.register(**_facts(), at=NOON)
    with pytest.raises(operations.TimeZoneUnknown, match="Europe/Belgrade"):
        operations.register(**_facts(name="Other", time_zone="Europe/Nowhere"), at=NOON)
    with pytest.raises(operations.RorUnknown, match=r"ror\.org"):
        operations.register(**_facts(name="Other", ror_id="12345"), at=NOON)


def test_who_keeps_an_institution_changes_its_facts_and_the_trail_says_which() -> None:
    here = InstitutionFactory(name="Old name")

    operations.change_facts(
        institution_id=here.pk, by=CoordinatorFactory(at=here), at=NOON, name="New name", city=here.city
    )

    here.refresh_from_db()
    assert here.name == "New name"
    assert Line.objects.get(action="institutions.institution.changed").details == {"fields": ["name"]}


@pytest.mark.parametrize(
    ("factory", "allowed"),
    [
        (StudentFactory, False),
        (TeacherFactory, False),
        (DeanFactory, False),
        (AdministratorFactory, True),
        (CoordinatorFactory, True),
    ],
)
def test_only_coordinators_and_administrators_change_facts(factory: Any, allowed: bool) -> None:
    here = InstitutionFactory()

    assert bool(may_change(factory(at=here), here)) is allowed
    assert not may_change(factory(), here)
    if not allowed:
        with pytest.raises(Refused):
            operations.change_facts(institution_id=here.pk, by=factory(at=here), at=NOON, city="X")


def test_the_list_says_the_same_as_the_rule() -> None:
    listed, waiting = InstitutionFactory(), InstitutionFactory(is_listed=False)
    readers: list[Person | None] = [
        None,
        PersonFactory(),
        CoordinatorFactory(at=waiting),
        StudentFactory(at=listed),
        SiteAdministratorFactory(),
    ]

    for reader in readers:
        allowed = {one.pk for one in Institution.objects.all() if may_view(reader, one)}
        assert set(institutions_for(reader).values_list("pk", flat=True)) == allowed
    assert not may_view(None, waiting)


def test_the_list_and_the_page_are_public_and_an_unlisted_one_is_not(client: Client) -> None:
    shown = InstitutionFactory(name="Drina Faculty", city="Bihać", ror_id="https://ror.org/05f950310")
    hidden = InstitutionFactory(name="Hidden Faculty", is_listed=False)

    page = client.get("/institutions/", {"q": "bihać"}).content.decode()
    detail = client.get(f"/institutions/{shown.slug}/")

    assert "Drina Faculty" in page
    assert "Hidden Faculty" not in client.get("/institutions/").content.decode()
    assert "https://ror.org/05f950310" in detail.content.decode()
    assert client.get(f"/institutions/{hidden.slug}/").status_code == 404


def test_the_facts_are_changed_by_form_and_a_wrong_identifier_is_explained(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    browser = client_of(CoordinatorFactory(at=here))
    address = f"/institutions/{here.slug}/facts/"

    wrong = browser.post(address, _facts(name="New name", ror_id="05f950311"))
    right = browser.post(address, _facts(name="New name", ror_id="05f950310"))

    assert wrong.status_code == 422
    assert "This is not a ROR identifier" in wrong.content.decode()
    assert right.status_code == 302
    here.refresh_from_db()
    assert (here.name, here.ror_id) == ("New name", "https://ror.org/05f950310")


def test_the_form_of_facts_explains_to_others_why_not(client_of: ClientOf) -> None:
    here = InstitutionFactory()

    refused = client_of(StudentFactory(at=here)).get(f"/institutions/{here.slug}/facts/")

    assert refused.status_code == 403
    assert "can change its facts" in refused.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(client: Client, count_queries: Any, rows: int) -> None:
    for _row in range(rows):
        InstitutionFactory()

    with count_queries(2):
        assert client.get("/institutions/").status_code == 200


def test_the_site_administrator_enters_an_institution_and_others_read_how_to_join(
    client_of: ClientOf,
) -> None:
    administrator = client_of(SiteAdministratorFactory())

    answer = administrator.post("/institutions/new/", _facts(name="Morava Faculty"))
    again = administrator.post("/institutions/new/", _facts(name="Morava Faculty"))
    refused = client_of(CoordinatorFactory()).get("/institutions/new/")

    assert answer.status_code == 302
    assert Institution.objects.get(name="Morava Faculty").is_listed
    assert again.status_code == 422
    assert refused.status_code == 403
    assert "ask to join" in refused.content.decode()
