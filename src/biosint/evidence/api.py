"""The only door of evidence for other apps."""

from biosint.evidence.kinds import Kind, declare, kind_of, kinds
from biosint.evidence.models import Item
from biosint.evidence.operations import NotByHand, ProofMissing, record, vouch, withdraw
from biosint.evidence.queries import day_start, items, list_url, total, totals
from biosint.evidence.rules import may_open_proof

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
    "may_open_proof",
    "record",
    "total",
    "totals",
    "vouch",
    "withdraw",
]
