"""The only door of audit for other apps."""

from biosint.audit.models import Line
from biosint.audit.operations import forget_name, record
from biosint.audit.queries import lines_by
from biosint.audit.rules import may_read

__all__ = ["Line", "forget_name", "lines_by", "may_read", "record"]
