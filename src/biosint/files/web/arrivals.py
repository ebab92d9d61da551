"""The server's side of resumable uploads: tus 1.0.0 with creation, expiration and termination.

https://tus.io/protocols/resumable-upload, version 1.0.0. Refusals are plain sentences in the person's language.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from biosint.files import operations, parts
from biosint.files.models import ArrivingFile
from biosint.files.operations.arriving import OffsetDiffers, PartTooLong, expires_at
from biosint.people.api import Person
from biosint.shared.requests import person_of
from biosint.shared.verdicts import Fault

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PART_TYPE = "application/offset+octet-stream"
PIECE = 64 * 1024
REFUSALS: dict[type[Fault], int] = {
    operations.FileTooLarge: 413,
    operations.TooMuchOnTheWay: 413,
    operations.FormatRefused: 415,
    operations.FileUnsafe: 415,
    operations.ArrivalGone: 404,
}


def _answer(status: int, words: str = "", **headers: str | int) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = str(value)
    return answer


def _refusal(fault: Fault) -> HttpResponse:
    return _answer(REFUSALS.get(type(fault), 400), str(fault))


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _method_of(request: HttpRequest) -> str:
    # Some networks let nothing but GET and POST pass.
    return request.headers.get("X-HTTP-Method-Override", request.method or "").upper()


def _spoken(request: HttpRequest, methods: dict[str, Callable[[Person], HttpResponse]]) -> HttpResponse:
    """Check what every request of the protocol has in common, then answer with the method's own view."""
    method = _method_of(request)
    if method == "OPTIONS":
        return _answer(204, Tus_Version=VERSION, Tus_Extension=EXTENSIONS)
    person = person_of(request)
    if person is None:
        return _answer(401, _("You are signed out. Sign in on another tab, then try again here."))
    if method not in methods:
        return _answer(405, Allow=", ".join([*methods, "OPTIONS"]))
    if request.headers.get("Tus-Resumable") != VERSION:
        return _answer(412, Tus_Version=VERSION)
    return methods[method](person)


def arrivals(request: HttpRequest) -> HttpResponse:
    """Announce a file (creation)."""
    return _spoken(request, {"POST": lambda person: _begin(request, person)})


def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask how far a file has come, send more of it, or give it up. Others than its owner learn nothing."""

    def owned(person: Person) -> ArrivingFile:
        return get_object_or_404(ArrivingFile, public_id=public_id, owner=person)

    try:
        return _spoken(
            request,
            {
                "HEAD": lambda person: _told(owned(person)),
                "PATCH": lambda person: _receive(request, owned(person), person),
                "DELETE": lambda person: _drop(owned(person), person),
            },
        )
    except Http404:
        return _answer(404, _("This file is not here any more. Choose it again."))


def _begin(request: HttpRequest, person: Person) -> HttpResponse:
    size = _whole_number(request.headers.get("Upload-Length", ""))
    told = request.headers.get("Upload-Metadata", "")
    described = _described(told)
    if size is None or described is None:
        return _answer(400, _("The announcement of the file could not be read. Reload the page."))
    try:
        begun = operations.begin_arrival(
            name=described.get("filename", ""),
            size=size,
            kind=described.get("kind", ""),
            subject=described.get("subject", "")[:60],
            told=told,
            by=person,
            at=timezone.now(),
        )
    except Fault as fault:
        return _refusal(fault)
    return _answer(
        201, Location=reverse("files:arrival", args=[begun.public_id]), Upload_Expires=_expiry(begun)
    )


def _described(told: str) -> dict[str, str] | None:
    """Read pairs of a name and a value in Base64, separated by commas; None where that is not what came."""
    described = {}
    if len(told) > 1000:
        return None
    for pair in filter(None, (one.strip() for one in told.split(","))):
        name, _space, value = pair.partition(" ")
        try:
            described[name] = base64.b64decode(value, validate=True).decode().replace("\x00", "")
        except (binascii.Error, UnicodeDecodeError):
            return None
    return described


def _told(asked: ArrivingFile) -> HttpResponse:
    return _answer(
        200,
        Upload_Offset=parts.arrived(asked.public_id),
        Upload_Length=asked.size,
        Upload_Metadata=asked.told,
        Upload_Expires=_expiry(asked),
    )


def _receive(request: HttpRequest, begun: ArrivingFile, person: Person) -> HttpResponse:
    offset = _whole_number(request.headers.get("Upload-Offset", ""))
    if offset is None or request.content_type != PART_TYPE:
        return _answer(400 if offset is None else 415)
    try:
        arrived = operations.receive(
            begun,
            offset=offset,
            length=_whole_number(request.headers.get("Content-Length", "")) or 0,
            content=_pieces(request),
            by=person,
            at=timezone.now(),
        )
    except parts.PartBusy:
        return _answer(409, _("This file is being sent already, perhaps in another tab."))
    except OffsetDiffers as elsewhere:
        return _answer(409, Upload_Offset=elsewhere.arrived)
    except PartTooLong:
        return _answer(413, _("More would arrive than the file has. Choose the file again."))
    except Fault as fault:
        return _refusal(fault)
    return _answer(204, Upload_Offset=arrived, Upload_Expires=_expiry(begun))


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    try:
        while piece := request.read(PIECE):
            yield piece
    except UnreadablePostError:
        # The line broke: what came before is kept, and the sender asks how much that is.
        return


def _drop(begun: ArrivingFile, person: Person) -> HttpResponse:
    operations.drop_arrival(begun, by=person, at=timezone.now())
    return _answer(204)


def _expiry(begun: ArrivingFile) -> str:
    return http_date(expires_at(begun).timestamp())
