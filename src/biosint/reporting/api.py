"""The only door of reporting for other apps."""

from biosint.reporting.models import Report
from biosint.reporting.operations import begin, finalise, write
from biosint.reporting.queries import reports_for

__all__ = ["Report", "begin", "finalise", "reports_for", "write"]
