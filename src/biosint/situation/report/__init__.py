"""Makes the paper of a situation report: from stored analyses, rounds and words to parts and a bundle.

Everything is worked out in the language of the report; the caller has switched to it. It reads and never writes.
"""

from biosint.situation.report.making import Made, make

__all__ = ["Made", "make"]
