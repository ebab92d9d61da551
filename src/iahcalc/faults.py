"""What can go wrong in a calculation that was asked for correctly.

    ValueError
      Undefined          the figure has no value for these answers
        TooFewAnswers    because there are not enough of them, or they do not vary

A plain ``ValueError`` means that the call itself was wrong (a shape, a range, a negative count).
"""

from __future__ import annotations

__all__ = ["TooFewAnswers", "Undefined"]


class Undefined(ValueError):
    """The figure asked for has no value for these answers."""


class TooFewAnswers(Undefined):
    """There are not enough answers, or they do not differ enough, to compute the figure."""
