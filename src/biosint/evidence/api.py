"""The only door of evidence for other apps."""

from biosint.evidence.kinds import Kind, declare, kind_of, kinds
from biosint.evidence.models import Item
from biosint.evidence.operations import NotByHand, ProofMissing, record, vouch, withdraw
from biosint.evidence.queries import day_start, items, list_url, total, totals

__all__ = [
    "Item",
    "Kind",
    "NotByHand",
    "ProofMissing",
    "day_start",
    "declare",
    "items",
    "kind_of",
    "kinds",
    "list_url",
    "record",
    "total",
    "totals",
    "vouch",
    "withdraw",
]
