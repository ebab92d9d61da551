from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import formats
from biosint.files.models import ArrivingFile, StoredFile
from biosint.files.parts import ArrivedFile
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from typing import BinaryIO

    from django.core.files import File

    from biosint.people.models import Person


class FileTooLarge(Fault):
    """The file is larger than allowed here."""


class FileEmpty(Fault):
    """The file holds nothing."""


class FormatRefused(Fault):
    """The file is of no allowed format, or its content is not what its name says."""


class FileUnsafe(Fault):
    """The file unpacks to far more than it seems to hold."""


def clean_name(name: str) -> str:
    """Return a name that is safe on every disk and in every header, as close to the given one as can be."""
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    plain = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in plain)
    plain = re.sub(r'[<>:"/|?*%;\s]+', " ", plain).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        stem, extension = plain, ""
    stem = stem.strip(" .")[: 140 - len(extension)].strip() or "file"
    return f"{stem}.{extension.lower()}" if extension else stem


@transaction.atomic
def store(
    upload: File[bytes],
    *,
    kind: str,
    by: Person | None,
    at: datetime,
    allowed: Collection[str] = formats.EVERYDAY,
    maximum: int | None = None,
) -> StoredFile:
    """Check an upload and keep it. The calling operation decides who may store.

    Args:
        kind: ``app.what_it_is``; a reader must be registered for it, else nobody can download the file.
        allowed: extensions, such as ``files.DOCUMENTS | files.TABLES``.
        maximum: bytes; the site's own limit when left out.

    Raises:
        FileEmpty, FileTooLarge, FormatRefused, FileUnsafe: with a sentence for the person.
    """
    name, size, form = _checked(upload, allowed, maximum)
    checksum = _checksum(upload)
    stored = StoredFile.objects.create(
        kind=kind,
        name=name,
        media_type=form.media_type,
        size=size,
        sha256=checksum,
        place=_keep(upload, checksum, size),
        stored_by=by,
        stored_at=at,
    )
    take(upload, at=at)
    audit.record("files.file.stored", stored, by=by, at=at, size=size, sha256=checksum)
    return stored


def take(upload: File[bytes], *, at: datetime) -> None:
    """Note that an upload has been used, so that no form offers it again; ``store`` does so itself."""
    if isinstance(upload, ArrivedFile):
        ArrivingFile.objects.filter(pk=upload.arrival.pk, taken_at=None).update(taken_at=at)


def check(upload: File[bytes], *, allowed: Collection[str], maximum: int | None = None) -> str:
    """Check an upload that is read at once and not kept, as ``store`` does; return its extension.

    Raises:
        FileEmpty, FileTooLarge, FormatRefused, FileUnsafe: with a sentence for the person.
    """
    return _checked(upload, allowed, maximum)[2].extension


def check_beforehand(name: str, size: int, *, allowed: Collection[str], maximum: int | None = None) -> None:
    """Check what can be told of a file before any of it arrives.

    Raises:
        FileEmpty, FileTooLarge, FormatRefused: with a sentence for the person.
    """
    limit = min(maximum or settings.UPLOAD_BYTES, settings.UPLOAD_BYTES)
    if not size:
        raise FileEmpty(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if size > limit:
        raise FileTooLarge(
            _("“%(name)s” has %(size)s; the limit is %(limit)s. Make it smaller, or share a link instead.")
            % {"name": name, "size": filesizeformat(size), "limit": filesizeformat(limit)}
        )
    _format_named(name, allowed)


def _checked(
    upload: File[bytes], allowed: Collection[str], maximum: int | None
) -> tuple[str, int, formats.Format]:
    name = clean_name(upload.name or "")
    size = upload.size
    check_beforehand(name, size, allowed=allowed, maximum=maximum)
    form = _format_named(name, allowed)
    _check_content(name, form, cast("BinaryIO", upload))
    return name, size, form


def _format_named(name: str, allowed: Collection[str]) -> formats.Format:
    extension = PurePath(name).suffix.removeprefix(".")
    form = formats.FORMATS.get(extension)
    if form is None or extension not in allowed:
        raise FormatRefused(
            _("“%(name)s” cannot be used here. Allowed are files of these formats: %(formats)s.")
            % {"name": name, "formats": ", ".join(sorted(set(allowed) - {"jpeg"}))}
        )
    return form


def _check_content(name: str, form: formats.Format, content: BinaryIO) -> None:
    if not formats.agrees(form, content):
        raise FormatRefused(
            _("“%(name)s” is not really a %(format)s file. Open it in its program and save it as %(format)s.")
            % {"name": name, "format": form.extension}
        )
    if form.package and formats.unpacks_too_far(content):
        raise FileUnsafe(
            _("“%(name)s” unpacks to far more than it seems to hold. Save it anew and try again.")
            % {"name": name}
        )


def _checksum(upload: File[bytes]) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _keep(upload: File[bytes], checksum: str, size: int) -> str:
    """Write the content under its checksum, once. A half-written file of a killed process is not reused."""
    place = f"{checksum[:2]}/{checksum[2:4]}/{checksum}"
    if default_storage.exists(place) and default_storage.size(place) == size:
        return place
    return default_storage.save(place, upload)
