"""Pictures, films and files of course pages: what an upload is, and how it is made ready. No database."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange.states import MaterialKind
from biosint.files import api as files
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from typing import BinaryIO

    from django.core.files import File
    from PIL.Image import Image

    from biosint.shared.verdicts import Sentence

# Wider than any column of text on a screen of double density; a photograph then weighs about 150 KB.
LONGEST_SIDE = 1600
MOST_PIXELS = 60_000_000
QUALITY = 80
PICTURE_BYTES = 20 * 1024 * 1024
CAPTION_BYTES = 1024 * 1024
PICTURES = files.IMAGES
TAKEN = PICTURES | files.VIDEOS | files.CAPTIONS | files.DOCUMENTS | files.TABLES


class PictureUnreadable(Fault):
    """The picture is broken, or larger than anybody needs."""


class CaptionsUnreadable(Fault):
    """The captions hold no sentence with its times."""


class PdfBarrier(StrEnum):
    """What keeps people with a screen reader out of a PDF (PDF/UA-1, ISO 14289-1, clauses 7.1 and 7.2)."""

    UNTAGGED = "untagged"
    UNTITLED = "untitled"
    LANGUAGE_UNSAID = "language"
    LOCKED = "locked"


SAYS: dict[PdfBarrier, Sentence] = {
    PdfBarrier.UNTAGGED: gettext_lazy("has no tags, so it cannot be read aloud in order"),
    PdfBarrier.UNTITLED: gettext_lazy("has no title"),
    PdfBarrier.LANGUAGE_UNSAID: gettext_lazy("does not say its language"),
    PdfBarrier.LOCKED: gettext_lazy("is locked against reading programs"),
}


def kind_of_upload(name: str) -> MaterialKind:
    """Return what an upload becomes, by the end of its name; the content is checked when it is stored."""
    extension = PurePath(name.lower()).suffix.removeprefix(".")
    if extension in PICTURES:
        return MaterialKind.PICTURE
    if extension in files.VIDEOS:
        return MaterialKind.VIDEO
    return MaterialKind.CAPTIONS if extension in files.CAPTIONS else MaterialKind.FILE


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: upright, small enough for a weak line, without place and time of the camera."""

    content: File[bytes]
    width: int
    height: int


def picture_from(upload: File[bytes]) -> Picture:
    """Return the picture ready to be kept. Moving pictures stay as they are.

    Raises:
        PictureUnreadable: it cannot be opened, or has more than 60 million pixels.
    """
    from PIL import Image, ImageOps

    upload.seek(0)
    try:
        with Image.open(cast("BinaryIO", upload)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureUnreadable(
                    _("The picture has %(width)s × %(height)s pixels. Make it smaller than 60 megapixels.")
                    % {"width": opened.width, "height": opened.height}
                )
            if getattr(opened, "is_animated", False):
                return Picture(upload, opened.width, opened.height)
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _saved(turned, PurePath(upload.name or "picture").stem)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise PictureUnreadable(
            _("The picture cannot be opened. Open it in its program and save it as PNG or JPEG.")
        ) from broken


def _saved(picture: Image, stem: str) -> Picture:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    # Everything that the camera noted stays behind.
    plain.info = {}
    content = io.BytesIO()
    plain.save(content, "WEBP", quality=QUALITY, method=4)
    return Picture(ContentFile(content.getvalue(), name=f"{stem}.webp"), plain.width, plain.height)


CUE = re.compile(
    r"^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})", re.MULTILINE
)


def captions_from(upload: File[bytes]) -> File[bytes]:
    """Return captions as WebVTT in UTF-8; SubRip (``.srt``) is turned into it.

    Raises:
        CaptionsUnreadable: there is no line of times in it.
    """
    upload.seek(0)
    text = _decoded(upload.read()).replace("\r\n", "\n").replace("\r", "\n")
    if not CUE.search(text):
        raise CaptionsUnreadable(
            _("These captions hold no line with times such as 00:00:01.000 --> 00:00:04.000.")
        )
    if not text.startswith("WEBVTT"):
        text = "WEBVTT\n\n" + CUE.sub(lambda line: line[0].replace(",", "."), text)
    stem = PurePath(upload.name or "captions").stem
    return ContentFile(text.encode(), name=f"{stem}.vtt")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Captions from older programs of the region.
    return content.decode("cp1250", errors="replace")


def transcript_of(captions: str) -> list[str]:
    r"""Return what is said, sentence by sentence, without times and marks.

    >>> transcript_of("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ana>Hello.\n")
    ['Hello.']
    """
    said = []
    for block in re.split(r"\n{2,}", captions):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines) if CUE.match(line)), None)
        if at is not None:
            words = re.sub(r"<[^>]*>", "", " ".join(lines[at + 1 :])).strip()
            if words:
                said.append(words)
    return said


def barriers_of_pdf(upload: File[bytes]) -> list[PdfBarrier]:
    """Return what people with a screen reader would stumble over. A PDF that cannot be read has no known ones."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    upload.seek(0)
    try:
        reader = PdfReader(cast("BinaryIO", upload))
        if reader.is_encrypted:
            return [PdfBarrier.LOCKED]
        root = reader.root_object
        marked = root.get("/MarkInfo")
        found = []
        if "/StructTreeRoot" not in root or not (marked and marked.get_object().get("/Marked")):
            found.append(PdfBarrier.UNTAGGED)
        if not (reader.metadata and reader.metadata.title):
            found.append(PdfBarrier.UNTITLED)
        if not root.get("/Lang"):
            found.append(PdfBarrier.LANGUAGE_UNSAID)
    except (PyPdfError, OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return []
    finally:
        upload.seek(0)
    return found
