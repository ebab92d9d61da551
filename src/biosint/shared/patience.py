"""How long the same entry of the same person counts as one: an impatient finger, not a second entry."""

from datetime import timedelta

PRESSED_AGAIN = timedelta(minutes=10)
