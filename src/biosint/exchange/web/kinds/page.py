"""A page: something to read. Learners tick it when they have read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.web.kinds.base import Kind, Panel

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


def panel(request: SignedIn, place: Place) -> Panel:
    del request
    return Panel("exchange/kinds/page.html", {"place": place})


KIND = Kind(
    icon="file-text",
    explains=_("Text to read, with pictures and links."),
    panel=panel,
    is_marked=False,
    is_ticked=True,
)
FILES = Kind(
    icon="download",
    explains=_("Files to open and keep: slides, articles, tables. Add them under “Materials”."),
    panel=panel,
    is_marked=False,
    is_ticked=True,
)
