"""Keeps the columns of large sets in files of the data folder, from which all processes of a machine map them.

A file is a copy of what the database holds and may be deleted at any time. It begins with its length of head (8 bytes),
then the head (JSON: what it was made from, names, types and places of the arrays), then the arrays.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings

from biosint.situation.queries.tables._reading import Blocks, Report, nobody_listens, read
from biosint.situation.queries.tables._scoring import with_scores
from biosint.situation.queries.tables._variables import MISSING, as_numbers
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet

log = logging.getLogger(__name__)

# Smaller sets are read from the database faster than anybody notices.
KEPT_FROM = 5_000
# Raised when the meaning of the arrays changes: older files are then made anew.
FORMAT = 1
_ALIGNED = 64


def kept_or_read(
    answer_set: AnswerSet,
    columns: Sequence[surveys.Column],
    *,
    count: int,
    last: int,
    report_to: Report = nobody_listens,
) -> Blocks:
    """Return the columns of a set from its file, reading only the answers that came since; make the file if need be."""
    if count < KEPT_FROM:
        return with_scores(read(answer_set, columns, expected=count, report_to=report_to), answer_set)
    made_from = {"format": FORMAT, "columns": _fingerprint(answer_set, columns), "count": count, "last": last}
    file = _file_of(answer_set)
    head = _head(file)
    if head is not None and head["made_from"] == made_from:
        return _mapped(file, head)
    blocks = None
    if head is not None and head["made_from"] | {"count": count, "last": last} == made_from:
        blocks = _continued(answer_set, columns, _mapped(file, head), head["made_from"], report_to)
    if blocks is None:
        blocks = with_scores(read(answer_set, columns, expected=count, report_to=report_to), answer_set)
    if blocks.n != count:
        # Somebody answered meanwhile; what was read is true now but is not the state it would be kept under.
        return blocks
    try:
        _write(file, blocks, made_from)
    except OSError:
        log.warning("The columns of %s could not be kept in %s.", answer_set.pk, file.parent, exc_info=True)
        return blocks
    kept = _head(file)
    return blocks if kept is None else _mapped(file, kept)


def is_kept(answer_set: AnswerSet, *, count: int, last: int) -> bool:
    """Whether the file of a set holds its answers as they stand now, or all but a few."""
    head = _head(_file_of(answer_set))
    if head is None:
        return False
    columns = _fingerprint(answer_set, answer_set.columns)
    wanted = {"format": FORMAT, "columns": columns, "count": count, "last": last}
    made_from = head["made_from"]
    return bool(
        made_from | {"count": count, "last": last} == wanted and count - made_from["count"] < KEPT_FROM
    )


def _continued(
    answer_set: AnswerSet,
    columns: Sequence[surveys.Column],
    old: Blocks,
    made_from: Mapping[str, int],
    report_to: Report,
) -> Blocks | None:
    """Add the answers that came since a file was made; None where older ones came too, as an import may bring."""
    older = surveys.Submission.objects.filter(answer_set=answer_set, pk__lte=made_from["last"]).count()
    if older != made_from["count"]:
        return None
    fresh = with_scores(
        read(answer_set, columns, expected=1000, after=made_from["last"], report_to=report_to), answer_set
    )
    arrays = {}
    labels: dict[str, Sequence[Any]] = {}
    for name, known in old.arrays.items():
        array, more = known, fresh.arrays[name]
        if name in old.labels:
            labels[name] = list(dict.fromkeys([*old.labels[name], *fresh.labels[name]]))
            place_of = np.array([labels[name].index(word) for word in fresh.labels[name]] + [MISSING])
            more = place_of[more].astype(np.min_scalar_type(-len(labels[name])))
        elif "f" in {array.dtype.kind, more.dtype.kind} and array.dtype != more.dtype:
            array, more = as_numbers(array), as_numbers(more)
        arrays[name] = np.concatenate([array, more])
    texts = {code: number + fresh.texts[code] for code, number in old.texts.items()}
    return Blocks(n=old.n + fresh.n, arrays=arrays, labels=labels, texts=texts)


def _fingerprint(answer_set: AnswerSet, columns: Sequence[surveys.Column]) -> str:
    keys = repr(answer_set.instruments)
    written = json.dumps([keys, *(column.as_json() for column in columns)], sort_keys=True)
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def _file_of(answer_set: AnswerSet) -> Path:
    return Path(settings.DATA_DIR) / "columns" / f"{answer_set.public_id}.columns"


def _head(file: Path) -> dict[str, Any] | None:
    """What a file says about itself; None where there is none, or it cannot be read."""
    try:
        with file.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            head: dict[str, Any] = json.loads(opened.read(length))
    except (OSError, ValueError, MemoryError, OverflowError):
        return None
    return head if head.get("made_from", {}).get("format") == FORMAT else None


def _mapped(file: Path, head: Mapping[str, Any]) -> Blocks:
    whole = np.memmap(file, dtype=np.uint8, mode="r")
    n = head["made_from"]["count"]
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, dtype, start in head["arrays"]:
        kind = np.dtype(dtype)
        # As a plain array: what is cut out of it is an array too, not a map.
        arrays[name] = np.asarray(whole[start : start + n * kind.itemsize]).view(kind)
    return Blocks(n=n, arrays=arrays, labels=head["labels"], texts=head["texts"])


def _write(file: Path, blocks: Blocks, made_from: Mapping[str, Any]) -> None:
    """Write beside and put in place in one step: who reads the old file goes on reading it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    places: list[tuple[str, str, int]] = []
    start = 0
    for name, array in blocks.arrays.items():
        places.append((name, array.dtype.str, start))
        start += -(-array.nbytes // _ALIGNED) * _ALIGNED
    head = {"made_from": made_from, "labels": blocks.labels, "texts": blocks.texts}
    # The places count from the end of the head, whose own length hangs on them: room for it is set aside.
    room = -(-(len(json.dumps({**head, "arrays": places})) + 8 + 24 * len(places)) // _ALIGNED) * _ALIGNED
    placed = [[name, dtype, room + at] for name, dtype, at in places]
    text = json.dumps({**head, "arrays": placed}).encode().ljust(room - 8)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=file.stem)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(len(text).to_bytes(8, "little"))
            opened.write(text)
            for array in blocks.arrays.values():
                opened.write(np.ascontiguousarray(array).data)
                opened.write(bytes(-array.nbytes % _ALIGNED))
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
