from decimal import Decimal

import factory

from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.states import IndicatorKind
from clock import NOON

LEVELS = [{"en": f"Step {level}.", "sr": f"Степен {level}.", "sq": f"Shkalla {level}."} for level in range(5)]


class BankVersionFactory(factory.django.DjangoModelFactory[BankVersion]):
    """A version without dimensions; the supplied one comes from ``load_bank``."""

    class Meta:
        model = BankVersion

    code = factory.Sequence(lambda n: f"test-{n + 1}")
    title = factory.LazyFunction(lambda: {"en": "Indicators for tests"})
    published_on = NOON.date()
    checksum = factory.Sequence(lambda n: f"{n:064d}")
    loaded_at = NOON


class DimensionFactory(factory.django.DjangoModelFactory[Dimension]):
    class Meta:
        model = Dimension

    bank = factory.SubFactory(BankVersionFactory)
    code = factory.Sequence(lambda n: f"side-{n + 1}")
    order = factory.Sequence(lambda n: n + 1)
    weight = Decimal(1)
    title = factory.LazyFunction(lambda: {"en": "Leadership"})
    meaning = factory.LazyFunction(lambda: {"en": "Does the institution want it?"})


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    """A level from 0 to 4; other kinds and counted ones by keyword."""

    class Meta:
        model = Indicator

    dimension = factory.SubFactory(DimensionFactory)
    bank = factory.SelfAttribute("dimension.bank")
    code = factory.Sequence(lambda n: f"X{n + 1}")
    order = factory.Sequence(lambda n: n + 1)
    kind = IndicatorKind.LEVEL
    weight = Decimal(1)
    unit = factory.LazyFunction(lambda: {"en": "level 0 to 4"})
    title = factory.LazyFunction(lambda: {"en": "A strategy that is used"})
    asks = factory.LazyFunction(lambda: {"en": "How far is it?"})
    evidence_asked = factory.LazyFunction(lambda: {"en": "The text."})
    levels = factory.LazyAttribute(lambda own: LEVELS if own.kind == IndicatorKind.LEVEL else [])
