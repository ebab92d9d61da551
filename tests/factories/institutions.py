from datetime import timedelta

import factory

from biosint.institutions.models import AcademicTerm, Institution
from clock import NOON

TOWNS = [
    ("Užice", "RS", 43.8586, 19.8488, "Europe/Belgrade"),
    ("Berat", "AL", 40.7086, 19.9437, "Europe/Tirane"),
    ("Mechelen", "BE", 51.0259, 4.4776, "Europe/Brussels"),
    ("Bihać", "BA", 44.8169, 15.8708, "Europe/Sarajevo"),
    ("Kotor", "ME", 42.4247, 18.7712, "Europe/Podgorica"),
    ("Sibiu", "RO", 45.7983, 24.1256, "Europe/Bucharest"),
]


class InstitutionFactory(factory.django.DjangoModelFactory[Institution]):
    """Faculties in towns of six countries, one country after the other."""

    class Meta:
        model = Institution

    class Params:
        town = factory.Sequence(lambda n: TOWNS[n % len(TOWNS)])

    name = factory.Sequence(lambda n: f"Faculty of Medicine {n + 1}")
    short_name = factory.Sequence(lambda n: f"Medicine {n + 1}")
    slug = factory.Sequence(lambda n: f"medicine-{n + 1}")
    city = factory.LazyAttribute(lambda own: own.town[0])
    country = factory.LazyAttribute(lambda own: own.town[1])
    latitude = factory.LazyAttribute(lambda own: own.town[2])
    longitude = factory.LazyAttribute(lambda own: own.town[3])
    time_zone = factory.LazyAttribute(lambda own: own.town[4])
    created_at = NOON


class AcademicTermFactory(factory.django.DjangoModelFactory[AcademicTerm]):
    """Ten weeks of teaching from the moment of the tests on."""

    class Meta:
        model = AcademicTerm

    institution = factory.SubFactory(InstitutionFactory)
    title = "Summer term"
    first_date = NOON.date()
    last_date = (NOON + timedelta(days=69)).date()
