"""Numbers tables and figures through a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.shared import charts


@dataclass(slots=True)
class Numbering:
    """How many tables and figures stand so far."""

    tables: int = 0
    drawings: int = 0

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> papers.Part:
        self.tables += 1
        return papers.table(
            _("Table %(number)s. %(caption)s") % {"number": self.tables, "caption": caption}, head, rows
        )

    def drawing(self, chart: charts.Chart, caption: str = "") -> papers.Part:
        self.drawings += 1
        return papers.drawing(
            chart,
            _("Figure %(number)s. %(caption)s")
            % {"number": self.drawings, "caption": caption or chart.title},
        )
