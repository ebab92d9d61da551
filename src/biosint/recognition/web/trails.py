"""Where a page stands: the pages above it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

Trail = list[tuple[str, str]]


def in_records() -> Trail:
    return [(_("My records"), reverse("recognition:mine"))]


def in_recognition() -> Trail:
    return [(_("Recognition"), reverse("recognition:decisions"))]


def in_agreements() -> Trail:
    return [(_("Learning agreements"), reverse("recognition:agreements"))]
