from __future__ import annotations

from django.db.models import Count, QuerySet

from biosint.indicators.models import BankVersion, Dimension, Indicator


def banks() -> QuerySet[BankVersion]:
    """Return every loaded version, newest first."""
    return BankVersion.objects.all()


def current_bank() -> BankVersion | None:
    """Return the newest version, or None where none has been loaded."""
    return BankVersion.objects.first()


def dimensions_of(bank: BankVersion) -> QuerySet[Dimension]:
    return bank.dimensions.annotate(indicator_count=Count("indicators")).order_by("order", "pk")


def indicators_of(bank: BankVersion, *, dimension: str = "") -> QuerySet[Indicator]:
    """Return the indicators of one version in their order, each with its dimension."""
    found = bank.indicators.select_related("dimension", "bank")
    return found.filter(dimension__code=dimension) if dimension else found
