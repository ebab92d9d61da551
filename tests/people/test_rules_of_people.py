import pytest

from biosint.people.api import Affiliation, Office, Person
from biosint.people.rules import may_answer, may_be_met, may_close, may_give, may_keep_people, met_by
from factories import (
    AdministratorFactory,
    AffiliationFactory,
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db

CAST = {
    "student": StudentFactory,
    "teacher": TeacherFactory,
    "administrator": AdministratorFactory,
    "coordinator": CoordinatorFactory,
    "quality_board": QualityBoardFactory,
    "dean": DeanFactory,
}


@pytest.mark.parametrize("office", Office.values)
def test_only_coordinators_and_administrators_keep_the_people_of_their_institution(office: str) -> None:
    here, elsewhere = InstitutionFactory(), InstitutionFactory()
    person = CAST[office](at=here)

    assert bool(may_keep_people(person, here)) is (office in {"coordinator", "administrator"})
    assert not may_keep_people(person, elsewhere)


@pytest.mark.parametrize("office", Office.values)
def test_only_a_coordinator_names_a_coordinator(office: str) -> None:
    here = InstitutionFactory()
    person = CAST[office](at=here)

    assert bool(may_give(person, Office.COORDINATOR, here)) is (office == "coordinator")
    assert bool(may_give(person, Office.TEACHER, here)) is (office in {"coordinator", "administrator"})


def test_the_site_administrator_keeps_all_people() -> None:
    here = InstitutionFactory()

    assert may_keep_people(SiteAdministratorFactory(), here)
    assert may_give(SiteAdministratorFactory(), Office.COORDINATOR, here)


@pytest.mark.parametrize("office", Office.values)
def test_a_request_is_answered_by_who_keeps_the_people_and_only_while_open(office: str) -> None:
    here = InstitutionFactory()
    person = CAST[office](at=here)
    asking = AffiliationFactory(institution=here, confirmed_by=None, confirmed_at=None)
    answered = AffiliationFactory(institution=here)

    assert bool(may_answer(person, asking)) is (office in {"coordinator", "administrator"})
    assert not may_answer(person, answered)


def test_nobody_confirms_their_own_request() -> None:
    here = InstitutionFactory()
    administrator = AdministratorFactory(at=here)
    own = AffiliationFactory(person=administrator, institution=here, confirmed_by=None, confirmed_at=None)

    assert "Somebody else" in str(may_answer(administrator, own).reason)


def test_people_find_those_of_their_own_institutions_and_the_list_says_the_same() -> None:
    here, elsewhere = InstitutionFactory(), InstitutionFactory()
    everybody = [
        StudentFactory(at=here),
        TeacherFactory(at=here),
        StudentFactory(at=elsewhere),
        PersonFactory(),
        SiteAdministratorFactory(),
    ]
    waiting = PersonFactory()
    AffiliationFactory(person=waiting, institution=here, confirmed_by=None, confirmed_at=None)
    everybody.append(waiting)

    for reader in Person.objects.all():
        listed = set(Person.objects.filter(met_by(reader)).values_list("pk", flat=True))
        allowed = {other.pk for other in Person.objects.all() if may_be_met(reader, other)}
        assert listed == allowed
    assert not may_be_met(everybody[0], everybody[2])
    assert not may_be_met(waiting, everybody[0])


def test_the_only_coordinator_cannot_close_the_account_and_a_second_one_can() -> None:
    here = InstitutionFactory()
    coordinator = CoordinatorFactory(at=here)

    assert "only coordinator" in str(may_close(coordinator).reason)

    CoordinatorFactory(at=here)
    assert may_close(Person.objects.get(pk=coordinator.pk))


def test_the_only_site_administrator_cannot_close_the_account() -> None:
    administrator = SiteAdministratorFactory()

    assert not may_close(administrator)

    SiteAdministratorFactory()
    assert may_close(administrator)


def test_a_model_with_a_person_is_read_by_an_exporter() -> None:
    """People's own half of the promise that “your records” is whole."""
    from django.apps import apps

    from biosint.shared.registries import EXPORTERS

    exported = {label for label, _export in EXPORTERS}
    owned = {
        model._meta.label_lower
        for model in apps.get_app_config("people").get_models()
        if any(
            field.is_relation and field.related_model is Person and field.name == "person"
            for field in model._meta.get_fields()
        )
    }
    assert owned | {"people.person"} <= exported
    assert Affiliation._meta.label_lower in exported
