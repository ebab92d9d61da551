"""The only door of audit for other apps."""

from biosint.audit.models import Line
from biosint.audit.operations import record

__all__ = ["Line", "record"]
