"""Open answers: words that matter and groups of alike answers, found on this machine, nothing sent away.

They are suggestions for people who code answers: words are compared by their spelling, not by their sense.
"""

from __future__ import annotations

from iahcalc.texts._clusters import Cluster, Clusters, clusters
from iahcalc.texts._keywords import Keyword, keywords
from iahcalc.texts._words import LANGUAGES, fold, guess_language, stems_of

__all__ = [
    "LANGUAGES",
    "Cluster",
    "Clusters",
    "Keyword",
    "clusters",
    "fold",
    "guess_language",
    "keywords",
    "stems_of",
]
