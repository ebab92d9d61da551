"""Form fields for days and moments that a calendar can hold, whatever is typed or sent."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2200


def within_calendar(day: dt.date) -> None:
    """Refuse a year so far away that one more day, or another time zone, could not be reckoned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )


class DayField(forms.DateField):
    default_validators = [within_calendar]


class MomentField(forms.DateTimeField):
    default_validators = [within_calendar]
