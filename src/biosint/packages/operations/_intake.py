from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import override

from biosint.audit import api as audit
from biosint.files import api as files
from biosint.jobs import api as jobs
from biosint.packages import archives, shelf
from biosint.packages.models import Package, PackageFile, PackageVersion
from biosint.packages.states import VersionState
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person

# Below these a page may wait for it.
AT_ONCE_BYTES = 8 * 1024 * 1024
AT_ONCE_FILES = 300
ROWS = 200
KEPT_IN_COPY = (
    "standard", "title", "outline", "name", "size", "unpacked_size", "sent_size", "sha256", "state"
)  # fmt: skip
Told = Callable[[int, int], None]


class PackageTooLarge(Fault):
    """The upload is larger than this site takes."""


def hand_in(
    upload: File[bytes], *, place: str, key: UUID, by: Person, at: datetime
) -> tuple[PackageVersion, jobs.Job | None]:
    """Check an upload and make it the newest version at a place. The calling app decides who may.

    A small package is unpacked at once; a larger one by a job, which is returned. Who has begun with an earlier
    version stays with it. The same form sent twice (``key``) is one version.

    Raises:
        PackageTooLarge, archives.PackageRefused, archives.UnpackedElsewise: with a sentence for the person.
    """
    limit = settings.PACKAGE_BYTES
    if (upload.size or 0) > limit:
        raise PackageTooLarge(
            _(
                "“%(name)s” has %(size)s; the limit is %(limit)s. Make its videos smaller, or divide it into several packages."
            )
            % {"name": upload.name, "size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        )
    contents = archives.examine(cast("BinaryIO", upload))
    # Outside the transaction: a large file takes seconds, and nobody shall wait for the lock that long.
    upload.seek(0)
    kept = shelf.keep(upload.chunks())
    version, is_new = _registered(upload, contents, kept, place=place, key=key, by=by, at=at)
    if not is_new:
        return version, None
    if contents.unpacked <= AT_ONCE_BYTES and len(contents.archive.entries) <= AT_ONCE_FILES:
        _unpack(version, contents.archive, told=lambda _done, _total: None)
        version.refresh_from_db()
        return version, None
    job = jobs.enqueue("packages.unpack", by=by, at=at, key=str(version.pk), version_id=version.pk)
    return version, job


@transaction.atomic
def _registered(
    upload: File[bytes],
    contents: archives.Contents,
    kept: shelf.Kept,
    *,
    place: str,
    key: UUID,
    by: Person | None,
    at: datetime,
) -> tuple[PackageVersion, bool]:
    package, _fresh = Package.objects.get_or_create(place=place, defaults={"created_at": at})
    package = Package.objects.select_for_update().get(pk=package.pk)
    same = PackageVersion.objects.filter(key=key).first()
    if same is not None:
        return same, False
    newest = package.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = PackageVersion.objects.create(
        package=package,
        number=newest + 1,
        key=key,
        standard=contents.standard,
        title=contents.title,
        outline=contents.outline,
        name=files.clean_name(upload.name or "package.zip"),
        size=kept.size,
        unpacked_size=contents.unpacked,
        sha256=kept.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    audit.record(
        "packages.version.handed_in",
        version,
        by=by,
        at=at,
        place=place,
        version=version.number,
        sha256=kept.sha256,
    )
    return version, True


def unpack(*, version_id: int, told: Told) -> PackageVersion:
    """Unpack a version that waits for it; done already, nothing happens. ``told(done, total)`` counts files."""
    version = PackageVersion.objects.get(pk=version_id)
    if version.state != VersionState.UNPACKING:
        return version
    with shelf.open_kept(version.sha256) as content:
        contents = archives.examine(cast("BinaryIO", content))
        _unpack(version, contents.archive, told=told)
    version.refresh_from_db()
    return version


def _unpack(version: PackageVersion, archive: archives.Archive, *, told: Told) -> None:
    """Lay every file on the shelf, then name them all at once: a killed process leaves files, never half a version."""
    rows: list[PackageFile] = []
    sent = 0
    try:
        for number, entry in enumerate(archive.entries):
            told(number, len(archive.entries))
            kept = shelf.keep(archive.chunks(entry), shrinks=entry.extension in archives.SHRINKING)
            sent += kept.packed or kept.size
            rows.append(
                PackageFile(
                    version=version,
                    path=entry.path,
                    folded=entry.path.casefold(),
                    sha256=kept.sha256,
                    size=kept.size,
                    media_type=archives.media_type_of(entry.extension),
                    has_packed_copy=kept.packed > 0,
                )
            )
    except archives.UnpackedElsewise as fault:
        with override(None):
            PackageVersion.objects.filter(pk=version.pk).update(
                state=VersionState.BROKEN, failure=str(fault)[:500]
            )
        raise
    with transaction.atomic():
        locked = PackageVersion.objects.select_for_update().get(pk=version.pk)
        if locked.state == VersionState.UNPACKING:
            PackageFile.objects.bulk_create(rows, batch_size=ROWS)
            locked.state = VersionState.READY
            locked.sent_size = sent
            locked.save(update_fields=["state", "sent_size"])


@transaction.atomic
def hand_over(*, from_place: str, to_place: str, by: Person, at: datetime) -> PackageVersion | None:
    """Offer the newest ready version of one place at another, as when a course is copied. Attempts stay behind."""
    newest = (
        PackageVersion.objects.filter(package__place=from_place, state=VersionState.READY)
        .order_by("-number")
        .first()
    )
    if newest is None:
        return None
    package, fresh = Package.objects.get_or_create(place=to_place, defaults={"created_at": at})
    if not fresh and package.versions.exists():
        return package.versions.first()
    kept = {name: getattr(newest, name) for name in KEPT_IN_COPY}
    copy = PackageVersion.objects.create(
        **kept, package=package, number=1, key=uuid4(), uploaded_by=by, uploaded_at=at
    )
    files_of_copy = list(newest.files.all())
    for file in files_of_copy:
        file.pk, file.version = None, copy
    PackageFile.objects.bulk_create(files_of_copy, batch_size=ROWS)
    audit.record("packages.version.handed_in", copy, by=by, at=at, place=to_place, copied_from=from_place)
    return copy
