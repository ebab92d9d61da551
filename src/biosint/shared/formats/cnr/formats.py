"""Montenegrin, as Serbian in Latin letters writes; only what pages use."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
DATE_FORMAT = "j. F Y."
SHORT_DATE_FORMAT = "j.m.Y."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j. F Y. H:i"
