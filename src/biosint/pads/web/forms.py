"""What people and their browsers send about a text."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from biosint.pads.operations import Sent

if TYPE_CHECKING:
    from biosint.pads.models import Pad

MOST_UPDATES = 200
LARGEST = 512 * 1024


class TextForm(forms.Form):
    """The whole text, for browsers without script."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pad: Pad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A text may be as long as it was before, so the operation judges; this only keeps out what is absurd.
        text = self.fields["text"]
        assert isinstance(text, forms.CharField)  # noqa: S101 -- declared above
        text.max_length = max(pad.limit, len(pad.text)) * 2
        self.fields["seen"].initial = pad.number
        self.fields["key"].initial = uuid.uuid4


class NotReadable(ValueError):
    """The request holds something else than a page of ours sends."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of an open page."""

    seen: int
    writing: bool
    updates: tuple[Sent, ...]


def asked_in(body: bytes) -> Asked:
    """Read ``{"seen": 12, "writing": true, "updates": [["key", "base64"], …]}``.

    Raises:
        NotReadable: it is anything else, or too large.
    """
    if len(body) > LARGEST * 2:
        raise NotReadable
    try:
        given = json.loads(body)
        updates = [
            Sent(uuid.UUID(key), base64.b64decode(content, validate=True))
            for key, content in given["updates"]
        ]
        seen, writing = given["seen"], given["writing"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as broken:
        raise NotReadable from broken
    if type(seen) is not int or not 0 <= seen < 2**31 or not isinstance(writing, bool):
        raise NotReadable
    if len(updates) > MOST_UPDATES or sum(len(one.content) for one in updates) > LARGEST:
        raise NotReadable
    if len({one.key for one in updates}) < len(updates):
        raise NotReadable
    return Asked(seen, writing, tuple(updates))
