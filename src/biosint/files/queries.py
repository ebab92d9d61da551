from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.urls import reverse

from biosint.files import parts
from biosint.files.models import ArrivingFile

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.files.models import StoredFile
    from biosint.people.api import Person


def open_content(stored: StoredFile) -> File[bytes]:
    """Open the content for reading; close it after use."""
    return default_storage.open(stored.place, "rb")


def download_url(stored: StoredFile) -> str:
    """Return the address of the file; whoever opens it is asked by the rule of its kind."""
    return reverse("files:download", args=[stored.public_id, stored.name])


def whole_arrivals(owner: Person, *, kind: str, subject: str) -> list[ArrivingFile]:
    """Return what has arrived whole for one purpose, also what a form took a moment ago."""
    arrivals = ArrivingFile.objects.filter(owner=owner, kind=kind, subject=subject)
    return [one for one in arrivals if parts.arrived(one.public_id) == one.size]
