"""The only door of pads for other apps.

An app keeps a foreign key to a ``Pad``, makes it with ``create_pad(kind="app.what_it_is", …)``, says in its
``providers.register`` who reads and writes that kind (``register_rule``), and shows it with ``{% load pads %}{% pad … %}``.
"""

from biosint.pads.models import Pad
from biosint.pads.operations import (
    Exchanged,
    PadFull,
    Saved,
    Sent,
    create_pad,
    exchange_updates,
    restore,
    save_text,
)
from biosint.pads.passages import Passage
from biosint.pads.queries import Written, last_written, passages_of, text_at, written_in
from biosint.pads.rules import Access, register_rule
from biosint.pads.wire import Unfit

__all__ = [
    "Access",
    "Exchanged",
    "Pad",
    "PadFull",
    "Passage",
    "Saved",
    "Sent",
    "Unfit",
    "Written",
    "create_pad",
    "exchange_updates",
    "last_written",
    "passages_of",
    "register_rule",
    "restore",
    "save_text",
    "text_at",
    "written_in",
]
