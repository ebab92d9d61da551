from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.urls import reverse

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.files.models import StoredFile


def open_content(stored: StoredFile) -> File[bytes]:
    """Open the content for reading; close it after use."""
    return default_storage.open(stored.place, "rb")


def download_url(stored: StoredFile) -> str:
    """Return the address of the file; whoever opens it is asked by the rule of its kind."""
    return reverse("files:download", args=[stored.public_id, stored.name])
