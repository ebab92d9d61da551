"""Maximally diverse grouping: split elements into groups so that distances inside the groups add up to the most.

It owns the instance (distances, size limits), the MDGPLIB file format and the search against the clock. It
does not know people, wishes or rules: see ``iahcalc.teams``, which never builds a table of distances.
"""

from iahcalc.mdgp._instance import ImpossibleLimits, Instance, MdgpFault, UnreadableInstance, read
from iahcalc.mdgp._search import Found, solve

__all__ = ["Found", "ImpossibleLimits", "Instance", "MdgpFault", "UnreadableInstance", "read", "solve"]
