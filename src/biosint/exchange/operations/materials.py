"""Teachers put pictures, films and files beside the text of an activity."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.materials import (
    CAPTION_BYTES,
    PICTURE_BYTES,
    TAKEN,
    barriers_of_pdf,
    captions_from,
    kind_of_upload,
    picture_from,
)
from biosint.exchange.models import Activity, Material
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules.design import may_change_activity
from biosint.exchange.states import MaterialKind
from biosint.files import api as files
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person

# Kind of stored files; pages hand them out themselves, so no reader is registered for it.
MATERIAL_FILE = "exchange.material"
MOST_MATERIALS = 60
LIMITS = {MaterialKind.PICTURE: PICTURE_BYTES, MaterialKind.CAPTIONS: CAPTION_BYTES}


class TooManyMaterials(Fault):
    """The activity holds as many materials as a page can bear."""


class NoSuchFilm(Fault):
    """Captions were given without a film they belong to."""


@transaction.atomic
def add_material(
    *,
    activity_id: int,
    upload: File[bytes],
    title: str,
    alternative: str = "",
    language: str = "",
    about: int | None = None,
    by: Person,
    at: datetime,
) -> Material:
    """Put a picture, a film, captions or a file beside the text of an activity.

    The same content added again to the same activity is the same material. ``about``: number of the film to which
    captions belong; ``alternative``: what a picture shows, empty where it only decorates.

    Raises:
        Refused, FileEmpty, FileTooLarge, FormatRefused, FileUnsafe, PictureUnreadable, CaptionsUnreadable,
        TooManyMaterials, NoSuchFilm: with a sentence for the person.
    """
    activity = _locked(activity_id, by)
    kind = kind_of_upload(upload.name or "")
    files.take(upload, at=at)
    # The upload is checked before any other program reads it.
    extension = files.check(upload, allowed=TAKEN, maximum=LIMITS.get(kind))
    material = Material(
        activity=activity, kind=kind, title=title, language=language, added_by=by, added_at=at
    )
    if kind == MaterialKind.PICTURE:
        picture = picture_from(upload)
        upload, material.alternative = picture.content, alternative
        material.width, material.height = picture.width, picture.height
    elif kind == MaterialKind.CAPTIONS:
        upload = captions_from(upload)
        material.about = _film(activity, about)
    elif extension == "pdf":
        material.barriers = [barrier.value for barrier in barriers_of_pdf(upload)]
    material.file = files.store(upload, kind=MATERIAL_FILE, by=by, at=at, allowed=TAKEN)
    same = activity.materials.filter(
        file__sha256=material.file.sha256, removed_at=None, about=material.about
    ).first()
    if same is not None:
        return same
    _number(material)
    material.save()
    audit.record("exchange.material.added", material, by=by, at=at, activity=activity.pk, kind=kind.value)
    return material


def _number(material: Material) -> None:
    numbers = material.activity.materials.aggregate(last=Max("number"))["last"] or 0
    if material.activity.materials.filter(removed_at=None).count() >= MOST_MATERIALS:
        raise TooManyMaterials(
            _("This page holds %(number)s materials already. Remove one, or begin another page.")
            % {"number": MOST_MATERIALS}
        )
    material.number = numbers + 1


def _film(activity: Activity, number: int | None) -> Material:
    film = activity.materials.filter(number=number or 0, kind=MaterialKind.VIDEO, removed_at=None).first()
    if film is None:
        raise NoSuchFilm(_("Add the film first, then choose it here for its captions."))
    return film


@transaction.atomic
def describe_material(
    *, activity_id: int, number: int, title: str, alternative: str, by: Person, at: datetime
) -> Material:
    """Change what a material is called, and what a picture shows."""
    activity = _locked(activity_id, by)
    material = activity.materials.select_related("file").get(number=number, removed_at=None)
    material.title, material.alternative = title, alternative
    material.save(update_fields=["title", "alternative"])
    audit.record("exchange.material.described", material, by=by, at=at, activity=activity.pk)
    return material


@transaction.atomic
def remove_material(*, activity_id: int, number: int, by: Person, at: datetime) -> Material:
    """Take a material off the page, a film with its captions. Pressing twice is once; it can be brought back."""
    return _stand(activity_id, number, removed_at=at, action="exchange.material.removed", by=by, at=at)


@transaction.atomic
def bring_back_material(*, activity_id: int, number: int, by: Person, at: datetime) -> Material:
    """Put a removed material on the page again, under its own number."""
    return _stand(activity_id, number, removed_at=None, action="exchange.material.brought_back", by=by, at=at)


def _stand(
    activity_id: int, number: int, *, removed_at: datetime | None, action: str, by: Person, at: datetime
) -> Material:
    activity = _locked(activity_id, by)
    material = activity.materials.select_related("file").get(number=number)
    if (material.removed_at is None) == (removed_at is None):
        return material
    material.removed_at = removed_at
    material.save(update_fields=["removed_at"])
    audit.record(action, material, by=by, at=at, activity=activity.pk)
    return material


def copy_materials(source: Activity, copy: Activity, *, by: Person, at: datetime) -> None:
    """Give a copied activity the materials of its source, under the same numbers. The content is stored once."""
    fresh: dict[int, Material] = {}
    # Films come before their captions: these were added later, under higher numbers.
    for original in source.materials.filter(removed_at=None).order_by("number"):
        if original.about_id is not None and original.about_id not in fresh:
            continue
        fresh[original.pk] = Material.objects.create(
            activity=copy,
            number=original.number,
            kind=original.kind,
            file_id=original.file_id,
            title=original.title,
            alternative=original.alternative,
            language=original.language,
            about=fresh[original.about_id] if original.about_id is not None else None,
            width=original.width,
            height=original.height,
            barriers=original.barriers,
            added_by=by,
            added_at=at,
        )


def _locked(activity_id: int, by: Person) -> Activity:
    course = locked(Activity.everything.values_list("course_id", flat=True).get(pk=activity_id))
    activity = Activity.everything.get(pk=activity_id)
    activity.course = course
    require(may_change_activity(by, course, activity))
    return activity
