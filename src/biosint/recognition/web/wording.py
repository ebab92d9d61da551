"""Places of an agreement in words, for the table of what has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biosint.recognition.texts import Change

PLACES: dict[tuple[str, ...], Promise] = {
    ("learner", "name"): _("Learner"),
    ("learner", "programme"): _("Programme"),
    ("home", "name"): _("Sending institution"),
    ("host", "name"): _("Receiving institution"),
    ("course", "title"): _("Course"),
    ("course", "language"): _("Language"),
    ("course", "language_level"): _("Level of the language"),
    ("course", "first_day"): _("From"),
    ("course", "last_day"): _("To"),
    ("course", "ects"): _("ECTS credits"),
    ("course", "workload_hours"): _("Hours of work"),
    ("course", "eqf_level"): _("Level of learning (EQF)"),
    ("course", "outcomes"): _("Learning outcomes"),
    ("counts_for", "title"): _("Counts at home for"),
    ("counts_for", "code"): _("Code of the unit at home"),
    ("counts_for", "ects"): _("ECTS credits at home"),
}


def changes_in_words(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """Return (place, before, after) of what a person should see side by side."""
    return [
        (str(PLACES.get(change.path, " – ".join(change.path))), change.before, change.after)
        for change in changes
    ]
