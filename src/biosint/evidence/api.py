"""The only door of evidence for other apps."""

from biosint.evidence.kinds import Kind, declare, kind_of, kinds
from biosint.evidence.models import Item
from biosint.evidence.operations import record, withdraw
from biosint.evidence.queries import items, list_url, total, totals

__all__ = [
    "Item",
    "Kind",
    "declare",
    "items",
    "kind_of",
    "kinds",
    "list_url",
    "record",
    "total",
    "totals",
    "withdraw",
]
