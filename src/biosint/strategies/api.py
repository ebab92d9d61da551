"""The only door of strategies for other apps."""

from biosint.strategies.models import Document
from biosint.strategies.operations import adopt, begin, move, write_version
from biosint.strategies.queries import documents_for, supplied_text
from biosint.strategies.states import DocumentKind, DocumentState

__all__ = [
    "Document",
    "DocumentKind",
    "DocumentState",
    "adopt",
    "begin",
    "documents_for",
    "move",
    "supplied_text",
    "write_version",
]
